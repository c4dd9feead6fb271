"""Response quality of groups: how many gave notable answers, in steps, never who, and never so few that one could guess.

For everybody's sake the public result has no rows: of each index a group's share beyond a cut, left out for small
groups. Nobody is left out of any sum for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.response.indices import (
    NoIndex,
    Values,
    agreement_over_pairs,
    average_string,
    even_odd,
    longest_string,
    mahalanobis,
    pairs_alike,
    pairs_opposed,
    person_total,
    variability,
)

LEAST_IN_A_GROUP: Final = 20
STEP: Final = 0.05
"""Shares are told in steps of this size or wider, and of k people or more: the middle of the step."""
RARE: Final = 0.001
"""How seldom careful, normal answers lie as far out as the cut of the Mahalanobis distance."""


class Index(Enum):
    """What was looked at."""

    LONGEST_STRING = "longest string"
    AVERAGE_STRING = "average string"
    VARIABILITY = "variability"
    MAHALANOBIS = "mahalanobis"
    EVEN_ODD = "even-odd"
    SYNONYMS = "synonyms"
    ANTONYMS = "antonyms"
    PERSON_TOTAL = "person-total"


class Amount(Enum):
    """How many of a group lie beyond the cut, when a share would say too much."""

    FEW = "few"
    """Fewer than k people, none among them."""
    NEARLY_ALL = "nearly all"
    """All but fewer than k."""
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many of a group lie beyond a cut.

    Attributes:
        share: the middle of its step; None unless `amount` is a share.
        interval: of the share (Wilson), for every count in the step, so that it tells nothing more.
    """

    amount: Amount
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class GroupResponse:
    """One group.

    Attributes:
        people: rows without an empty cell; the indices stand on them.
        beyond: by index, those that could be had.
    """

    group: str
    people: int
    beyond: Mapping[Index, Beyond]


@dataclass(frozen=True, slots=True)
class ResponseQuality:
    """Everybody together, and each group that is large enough.

    Attributes:
        all: None with fewer people than a group needs.
        left_out: rows with an empty cell.
        too_small: how many groups are not told.
        not_had: indices that these items do not allow.
    """

    all: GroupResponse | None
    groups: tuple[GroupResponse, ...]
    left_out: int
    too_small: int
    not_had: tuple[Index, ...]


def response_quality(
    answers: Values,
    groups: NDArray[np.int64],
    names: Sequence[str],
    *,
    k: int,
    scales: Sequence[Sequence[int]] = (),
    turned: Values | None = None,
    least: int = LEAST_IN_A_GROUP,
) -> ResponseQuality:
    """How groups answered, without anything about a person.

    Args:
        answers: (rows, items) as they stood on the form, in its order; NaN where there is none.
        groups: (rows,) place among `names`; -1 for none.
        k: the smallest number of people that anything is said about.
        scales: columns of each scale, for the even-odd index.
        turned: (rows, items) the same with reversed items turned; `answers` when left out.
        least: the smallest group that is told.
    """
    whole = ~np.isnan(answers).any(axis=1)
    flags: dict[Index, NDArray[np.bool_]] = {}
    not_had = []
    for index, look in _looks(answers[whole], (answers if turned is None else turned)[whole], scales).items():
        try:
            flags[index] = look()
        except NoIndex:
            not_had.append(index)
    member = groups[whole]
    told, too_small = [], 0
    for place, name in enumerate(names):
        inside = member == place
        if inside.sum() >= max(least, 3 * k):
            told.append(_group(name, inside, flags, k))
        else:
            too_small += 1
    everybody = np.ones(len(member), dtype=np.bool_)
    all_ = _group("", everybody, flags, k) if len(member) >= max(least, 3 * k) else None
    return ResponseQuality(all_, tuple(told), int((~whole).sum()), too_small, tuple(not_had))


def _looks(
    answers: Values, turned: Values, scales: Sequence[Sequence[int]]
) -> dict[Index, Callable[[], NDArray[np.bool_]]]:
    """Of each index whom it calls notable; cuts are those of the literature, as shares where it names none."""
    half = answers.shape[1] / 2
    return {
        Index.LONGEST_STRING: lambda: longest_string(answers) >= half,
        Index.AVERAGE_STRING: lambda: average_string(answers) >= answers.shape[1] / 4,
        Index.VARIABILITY: lambda: variability(answers) < 0.5,
        Index.MAHALANOBIS: lambda: mahalanobis(turned) > _cut(turned.shape[1]),
        Index.EVEN_ODD: lambda: even_odd(turned, scales) > -0.30,
        Index.SYNONYMS: lambda: agreement_over_pairs(turned, pairs_alike(turned)) < 0.0,
        Index.ANTONYMS: lambda: agreement_over_pairs(answers, pairs_opposed(answers)) > 0.0,
        Index.PERSON_TOTAL: lambda: person_total(answers) < 0.0,
    }


def _group(name: str, inside: NDArray[np.bool_], flags: Mapping[Index, NDArray[np.bool_]], k: int) -> GroupResponse:
    people = int(inside.sum())
    return GroupResponse(
        name, people, {index: beyond_cut(int(flag[inside].sum()), people, k) for index, flag in flags.items()}
    )


def beyond_cut(count: int, people: int, k: int, *, level: float = 0.95) -> Beyond:
    """So many of so many people, as coarsely as can be told."""
    if count < k:
        return Beyond(Amount.FEW, None, None)
    if people - count < k:
        return Beyond(Amount.NEARLY_ALL, None, None)
    fewest, most = _told_alike(count, people, k)
    share = round((fewest + most) / 2 / people, 4)
    low, high = _wilson(fewest / people, people, level), _wilson(most / people, people, level)
    return Beyond(Amount.SHARE, share, Interval(low.low, high.high))


def _told_alike(count: int, people: int, k: int) -> tuple[int, int]:
    """The step that a count is in: from k to all but k in equal steps, each of k counts or more if there are so many."""
    counts = people - 2 * k + 1
    steps = max(counts // max(ceil(STEP * people), k), 1)
    place = (count - k) * steps // counts
    first, after = (-(-at * counts // steps) for at in (place, place + 1))
    return k + first, k + after - 1


def _wilson(share: float, people: int, level: float) -> Interval:
    z = normal_quantile(level)
    middle = (share + z**2 / (2 * people)) / (1 + z**2 / people)
    half = z / (1 + z**2 / people) * float(np.sqrt(share * (1 - share) / people + z**2 / (4 * people**2)))
    return Interval(max(middle - half, 0.0), min(middle + half, 1.0))


def _cut(items: int) -> float:
    from scipy.special import chdtri  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(chdtri(items, RARE))
