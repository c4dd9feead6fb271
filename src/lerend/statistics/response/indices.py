"""Indices of careless answering, of each row: the file route, for a researcher on a file; nothing of a row is ever shown.

Conventions are those of the R package careless: squared Mahalanobis distances, standard deviations over n − 1, an even-odd
value that is higher for less consistent answers. Everything shown goes through `lerend.statistics.response.groups`.

Curran (2016), Journal of Experimental Social Psychology 66; Meade & Craig (2012), Psychological Methods 17; Dunn, Heggestad,
Shanock & Theilgard (2018) for the intra-individual variability.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say

Values = NDArray[np.float64]
SYNONYMS: Final = 0.60
"""Correlation from which two items are taken to ask the same."""
ANTONYMS: Final = 0.40
"""Strength of a negative correlation from which two items are taken to ask the opposite."""
_LEAST: Final = -1 + 1e-9
"""Keeps the stepping up finite; everything near it is told as no consistency at all."""


class NoIndex(LerendError):
    """Answers of which an index cannot be had."""


def longest_string(answers: Values) -> Values:
    """(rows,) the longest run of the same answer, in the order of the form. Items must not be turned."""
    ends = _ends_of_runs(answers)
    k = answers.shape[1]
    since = np.where(ends, np.arange(1, k + 1), 0)
    before = np.concatenate([np.zeros((len(answers), 1), dtype=np.int64), since[:, :-1]], axis=1)
    lengths = np.where(ends, since - np.maximum.accumulate(before, axis=1), 0)
    longest: Values = lengths.max(axis=1).astype(np.float64)
    return longest


def average_string(answers: Values) -> Values:
    """(rows,) the mean length of runs of the same answer."""
    average: Values = answers.shape[1] / _ends_of_runs(answers).sum(axis=1)
    return average


def variability(answers: Values) -> Values:
    """(rows,) the standard deviation of a row's answers (IRV); NaN with fewer than two."""
    known = ~np.isnan(answers)
    n = known.sum(axis=1)
    total = np.where(known, answers, 0.0).sum(axis=1)
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    squares = np.where(known, answers - mean[:, None], 0.0) ** 2
    spread: Values = np.sqrt(np.divide(squares.sum(axis=1), n - 1, out=np.full(len(n), np.nan), where=n > 1))
    return spread


def mahalanobis(answers: Values) -> Values:
    """(rows,) the squared distance from the mean answers, in standard deviations of all directions.

    Raises:
        NoIndex: a missing answer, no more rows than items, or items that say the same.
    """
    _whole(answers)
    n, k = answers.shape
    centred = answers - answers.mean(axis=0)
    if n <= k or np.linalg.matrix_rank(centred) < k:
        raise _none(
            say("Some items follow from the others, or there are no more rows than items."),
            say("Leave out items that say the same."),
        )
    root = np.linalg.qr(centred)[1]
    scaled = np.linalg.solve(root.T, centred.T)
    distance: Values = (n - 1) * (scaled**2).sum(axis=0)
    return distance


def even_odd(answers: Values, scales: Sequence[Sequence[int]]) -> Values:
    """(rows,) how badly the halves of scales agree, items in odd and in even place: −1 is full consistency, 1 none.

    It is the negative of their correlation stepped up to whole scales (Spearman–Brown), held between −1 and 1. NaN where
    either half has the same mean in all scales.

    Args:
        answers: items turned so that all of a scale point the same way.
        scales: columns of each; those with a single item are not used.

    Raises:
        NoIndex: fewer than three scales of two items or more.
    """
    used = [list(scale) for scale in scales if len(scale) > 1]
    if len(used) < 3:
        raise _none(
            say("Halves can be compared over three scales or more."), say("Give more scales of two items or more.")
        )
    odd = np.column_stack([_mean(answers[:, scale[0::2]]) for scale in used])
    even = np.column_stack([_mean(answers[:, scale[1::2]]) for scale in used])
    r = np.maximum(_correlation_of_rows(odd, even), _LEAST)
    stepped: Values = -np.clip(2 * r / (1 + r), -1.0, 1.0)
    return stepped


def pairs_alike(answers: Values, *, from_: float = SYNONYMS) -> NDArray[np.int64]:
    """(pairs, 2) items that correlate this much or more."""
    return _pairs(answers, from_, 1)


def pairs_opposed(answers: Values, *, from_: float = ANTONYMS) -> NDArray[np.int64]:
    """(pairs, 2) items that correlate this much or more below zero."""
    return _pairs(answers, from_, -1)


def agreement_over_pairs(answers: Values, pairs: NDArray[np.int64]) -> Values:
    """(rows,) correlation of a row's answers over pairs: psychometric synonyms, or antonyms.

    NaN where a row answered all first (or all second) items alike.

    Raises:
        NoIndex: fewer than three pairs.
    """
    if len(pairs) < 3:
        raise _none(
            say("Fewer than three pairs of items go together this much."),
            say("Ask for a lower correlation, or skip it."),
        )
    return _correlation_of_rows(answers[:, pairs[:, 0]], answers[:, pairs[:, 1]])


def person_total(answers: Values, *, without_self: bool = True) -> Values:
    """(rows,) correlation of a row with the mean answers of everybody (else).

    Args:
        without_self: leave the row out of the mean it is compared with.

    Raises:
        NoIndex: a missing answer, or fewer than two rows.
    """
    _whole(answers)
    n = len(answers)
    if n < 2:
        raise _none(say("There is nobody to compare with."), say("Give two rows or more."))
    total = answers.sum(axis=0)
    others = (total - answers) / (n - 1) if without_self else np.broadcast_to(total / n, answers.shape)
    return _correlation_of_rows(answers, others)


def _ends_of_runs(answers: Values) -> NDArray[np.bool_]:
    _whole(answers)
    ends = np.ones(answers.shape, dtype=np.bool_)
    ends[:, :-1] = answers[:, 1:] != answers[:, :-1]
    return ends


def _pairs(answers: Values, from_: float, sign: int) -> NDArray[np.int64]:
    _whole(answers)
    centred = answers - answers.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    unit = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
    strong = np.triu(sign * (unit.T @ unit) >= from_, 1)
    return np.argwhere(strong)


def _mean(answers: Values) -> Values:
    known = ~np.isnan(answers)
    total = np.where(known, answers, 0.0).sum(axis=1)
    n = known.sum(axis=1)
    mean: Values = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    return mean


def _correlation_of_rows(first: Values, second: Values) -> Values:
    """(rows,) over the places where both are known; NaN where either does not vary."""
    known = ~(np.isnan(first) | np.isnan(second))
    n = np.maximum(known.sum(axis=1), 1)[:, None]
    parts = []
    for side in (first, second):
        filled = np.where(known, side, 0.0)
        parts.append(np.where(known, side - filled.sum(axis=1, keepdims=True) / n, 0.0))
    across = (parts[0] * parts[1]).sum(axis=1)
    spread = np.sqrt((parts[0] ** 2).sum(axis=1) * (parts[1] ** 2).sum(axis=1))
    r: Values = np.divide(across, spread, out=np.full(len(across), np.nan), where=spread > 1e-12)
    return r


def _whole(answers: Values) -> None:
    if answers.ndim != 2 or not answers.size or np.isnan(answers).any():
        raise _none(say("An answer is missing."), say("Leave out rows with an empty cell first."))


def _none(what: Message, mend: Message) -> NoIndex:
    return NoIndex([Problem("answers", what, mend)])
