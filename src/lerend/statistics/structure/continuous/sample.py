"""Measurements of one group, ready for factor analysis: a mean and a matrix for each pattern of missing values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import (
    ModelCannotBeFitted,
    nobody_answered_both,
    too_few_categories,
    too_few_people,
)
from lerend.wording import say

LEAST_PEOPLE: Final = 10
_LEAST_TOGETHER: Final = 5
"""People who must have answered both items of a pair: below this its covariance is a guess."""
_SINGULAR: Final = 1e-10
"""Smallest eigenvalue of a matrix of correlations at which items count as one."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """People who lack the same items.

    Attributes:
        seen: (k,) the items they do have.
        rows: where they stand in `ContinuousSample.values`.
        people: how many they are.
        mean: (k,); 0 where nothing was seen.
        scatter: (k, k) squares around the mean over people; 0 where nothing was seen.
    """

    seen: NDArray[np.bool_]
    rows: slice
    people: int
    mean: NDArray[np.float64]
    scatter: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ContinuousSample:
    """One group of people, k items.

    Attributes:
        items: in the order of every item axis.
        values: (n, k) pattern by pattern; 0 where nothing was seen. No rows where only sums are known (`sums`).
        patterns: one where nothing is missing.
        mean: (k,) and
        covariance: (k, k) over n: as counted, or by maximum likelihood where values are missing.
        left_out: people left out, for one missing value, or for having none.
    """

    items: tuple[str, ...]
    values: NDArray[np.float64]
    patterns: tuple[Pattern, ...]
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    left_out: int

    @property
    def people(self) -> int:
        return sum(pattern.people for pattern in self.patterns)

    @property
    def has_rows(self) -> bool:
        """Whether the values of people are known, which robust errors and tests need."""
        return len(self.values) == self.people

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return len(self.patterns) == 1 and bool(self.patterns[0].seen.all())

    @property
    def correlations(self) -> NDArray[np.float64]:
        """(k, k)."""
        deviation = np.sqrt(self.covariance.diagonal())
        return np.asarray(self.covariance / np.outer(deviation, deviation))


def continuous_sample(
    values: NDArray[np.float64], items: Sequence[str], *, use_incomplete: bool = False, group: str = "people"
) -> ContinuousSample:
    """The sums of one group.

    Args:
        values: (people, k) numbers; NaN where one is missing.
        items: ids of the k columns.
        use_incomplete: whether people who lack a value take part with what they have (full information), which is right
            where what is missing depends only on what was seen.
        group: what the group is called when something is wrong with it.

    Raises:
        ModelCannotBeFitted: a value without end, hardly more people than items, an item without spread, items that
            follow from one another, two items that hardly anybody answered both.
    """
    endless = np.atleast_1d(np.isinf(values).any(axis=0))
    if endless.any():
        raise _without_end([item for item, found in zip(items, endless, strict=True) if found])
    known = np.asarray(~np.isnan(values))
    taking_part = np.atleast_1d(known.any(axis=1) if use_incomplete else known.all(axis=1))
    values, known = np.asarray(values[taking_part], dtype=np.float64), known[taking_part]
    least = max(LEAST_PEOPLE, len(items) + 2)
    if len(values) < least:
        raise too_few_people(len(values), least, group)
    _refuse_poor(values, known, items)
    filled, patterns = _patterns(values, known)
    mean, covariance = _moments(values, patterns)
    sample = ContinuousSample(
        tuple(items), filled, patterns, mean, covariance, int(len(taking_part) - taking_part.sum())
    )
    refuse_singular(sample)
    return sample


def part_of(sample: ContinuousSample, rows: Sequence[int]) -> ContinuousSample:
    """Some of the items, of everybody who answered one of them."""
    values = sample.values.copy()
    for pattern in sample.patterns:
        values[pattern.rows, ~pattern.seen] = np.nan
    values = values[:, list(rows)]
    known = np.asarray(~np.isnan(values))
    taking_part = np.atleast_1d(known.any(axis=1))
    values, known = values[taking_part], known[taking_part]
    filled, patterns = _patterns(values, known)
    mean, covariance = _moments(values, patterns)
    left_out = sample.left_out + int(len(taking_part) - taking_part.sum())
    return ContinuousSample(tuple(sample.items[row] for row in rows), filled, patterns, mean, covariance, left_out)


def _refuse_poor(values: NDArray[np.float64], known: NDArray[np.bool_], items: Sequence[str]) -> None:
    flat = [
        item
        for item, column, there in zip(items, values.T, known.T, strict=True)
        if not there.any() or np.ptp(column[there]) == 0
    ]
    if flat:
        raise too_few_categories(flat)
    together = known.T.astype(np.float64) @ known
    few = [(items[one], items[other]) for one, other in np.argwhere(np.triu(together < _LEAST_TOGETHER, 1))]
    if few:
        raise nobody_answered_both(few)


def _patterns(values: NDArray[np.float64], known: NDArray[np.bool_]) -> tuple[NDArray[np.float64], tuple[Pattern, ...]]:
    packed = np.ascontiguousarray(np.packbits(known, axis=1))
    words = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, which, counts = np.unique(words, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(np.asarray(which).ravel(), kind="stable")
    filled = np.where(known, values, 0.0)[order]
    found, start = [], 0
    for seen, end in zip(known[first], np.cumsum(counts), strict=True):
        rows = filled[start:end]
        mean = rows.mean(axis=0)
        centred = (rows - mean) * seen
        found.append(Pattern(seen, slice(start, int(end)), len(rows), mean, centred.T @ centred / len(rows)))
        start = int(end)
    return filled, tuple(found)


def _moments(
    values: NDArray[np.float64], patterns: Sequence[Pattern]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if len(patterns) == 1:
        return patterns[0].mean, patterns[0].scatter
    from lerend.statistics.response.missing import incomplete_moments  # noqa: PLC0415 -- only where values are missing

    found = incomplete_moments(values)
    return found.mean, found.covariance


def refuse_singular(sample: ContinuousSample) -> None:
    """Raise where items follow from one another.

    Raises:
        ModelCannotBeFitted: naming them.
    """
    size, axes = np.linalg.eigh(sample.correlations)
    if size[0] < _SINGULAR:
        weight = np.abs(axes[:, 0])
        raise _follow_from_one_another([sample.items[row] for row in np.flatnonzero(weight > 0.3 * weight.max())])


def _without_end(items: Sequence[str]) -> ModelCannotBeFitted:
    """Items with a value that is no number to count with."""
    what, mend = say("It holds a value without end."), say("Leave the cell empty instead.")
    return ModelCannotBeFitted([Problem(item, what, mend) for item in items])


def _follow_from_one_another(items: Sequence[str]) -> ModelCannotBeFitted:
    """Items of which each can be worked out from the others."""
    return ModelCannotBeFitted(
        [
            Problem(
                ", ".join(items),
                say("These items follow from one another: who knows all but one knows the last."),
                say("Leave one of them out; a sum of items is no item."),
            )
        ]
    )
