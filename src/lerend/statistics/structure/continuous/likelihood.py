"""The normal likelihood of incomplete rows under a factor model: value, slope, information and casewise scores.

Everything runs over patterns of missing values, not over people, apart from the scores. Where an item was not seen the
inverse of the implied covariances holds zeros, so that one set of formulas serves every pattern (Arbuckle 1996).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.bending import bending
from lerend.statistics.structure.continuous.elements import (
    Elements,
    elements_of,
    expected_information,
    observed_information,
)
from lerend.statistics.structure.continuous.sample import ContinuousSample, Pattern
from lerend.statistics.structure.layout import GroupLayout, Layout, Matrices

_ROWS_AT_A_TIME: Final = 4096
_LOG_CIRCLE: Final = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One pattern at an estimate.

    Attributes:
        pattern: the people.
        inverse: (k, k) of the implied covariances of what was seen; 0 elsewhere.
        log_size: log determinant of these.
        distance: (k,) observed minus implied mean; 0 where nothing was seen.
        around: (k, k) inverse, times squares around the implied mean, times inverse.
    """

    pattern: Pattern
    inverse: NDArray[np.float64]
    log_size: float
    distance: NDArray[np.float64]
    around: NDArray[np.float64]


class GroupAt:
    """One group at an estimate of its matrices."""

    def __init__(self, sample: ContinuousSample, layout: GroupLayout, at: Matrices, unknowns: int) -> None:
        self.sample, self.layout, self.matrices, self.unknowns = sample, layout, at, unknowns
        self.covariance: NDArray[np.float64] = at.common + at.residual
        self.mean: NDArray[np.float64] = at.intercept + at.loading @ at.factor_means

    @cached_property
    def seen(self) -> tuple[Seen, ...] | None:
        """Each pattern; None where the implied covariances are not those of any people."""
        found = [self._seen(pattern) for pattern in self.sample.patterns]
        whole = tuple(part for part in found if part is not None)
        return whole if len(whole) == len(found) else None

    @cached_property
    def parts(self) -> tuple[Seen, ...]:
        """The same, where they are known to be there."""
        if self.seen is None:
            raise ValueError("the implied covariances are not positive definite")
        return self.seen

    @cached_property
    def elements(self) -> Elements:
        return elements_of(self.layout, self.matrices)

    def log_likelihood(self) -> float:
        """-inf where the implied covariances are not positive definite."""
        if self.seen is None:
            return -np.inf
        total = 0.0
        for part in self.seen:
            squares = float((part.inverse * part.pattern.scatter).sum())
            squares += float(part.distance @ part.inverse @ part.distance)
            total += part.pattern.people * (part.pattern.seen.sum() * _LOG_CIRCLE + part.log_size + squares)
        return -float(total) / 2

    def slope(self) -> NDArray[np.float64]:
        """(q,) of minus the log likelihood."""
        elements, leftover, pull = self.elements, *self.leftover()
        along = elements.weight * np.einsum("ke,kl,le->e", elements.one, leftover, elements.other, optimize=True)
        return np.asarray(elements.merged((along - elements.mean.T @ pull)[np.newaxis], self.unknowns)[0])

    def leftover(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(k, k) sum of A - A T A, and (k,) of A times the distance, over people."""
        left = sum(part.pattern.people * (part.inverse - part.around) for part in self.parts)
        pull = sum(part.pattern.people * (part.inverse @ part.distance) for part in self.parts)
        return np.asarray(left), np.asarray(pull)

    def expected(self) -> NDArray[np.float64]:
        """(q, q) expected information of all people of the group, given which values are missing."""
        total = sum(part.pattern.people * expected_information(self.elements, part.inverse) for part in self.parts)
        return self.elements.merged_both(np.asarray(total), self.unknowns)

    def observed(self) -> NDArray[np.float64]:
        """(q, q) second derivatives of minus the log likelihood."""
        total = bending(self.elements, self.matrices, *self.leftover())
        for part in self.parts:
            apart = part.inverse @ part.distance
            total += part.pattern.people * observed_information(self.elements, part.inverse, part.around, apart)
        return self.elements.merged_both(total, self.unknowns)

    def scores(self, mean: NDArray[np.float64] | None = None) -> Iterator[NDArray[np.float64]]:
        """(rows, q) how each person's log likelihood moves, some rows at a time, in the order of the sample.

        Args:
            mean: (k,) to take distances from, in place of the implied one.
        """
        elements, middle = self.elements, self.mean if mean is None else mean
        for part in self.parts:
            size = np.einsum("ke,kl,le->e", elements.one, part.inverse, elements.other, optimize=True)
            rows = part.pattern.rows
            for start in range(rows.start, rows.stop, _ROWS_AT_A_TIME):
                values = self.sample.values[start : min(start + _ROWS_AT_A_TIME, rows.stop)]
                apart = ((values - middle) * part.pattern.seen) @ part.inverse
                each = (apart @ elements.one) * (apart @ elements.other) - size
                each *= elements.weight
                each += apart @ elements.mean
                yield elements.merged(each, self.unknowns)

    def squared_scores(self) -> NDArray[np.float64]:
        """(q, q) sum over people of the products of their scores."""
        total = np.zeros((self.unknowns, self.unknowns))
        for scores in self.scores():
            total += scores.T @ scores
        return total

    def moment_scores(self) -> NDArray[np.float64]:
        """(q, q) the same from the fourth-order moments around what was observed; nothing may be missing."""
        total, summed = np.zeros((self.unknowns, self.unknowns)), np.zeros(self.unknowns)
        for scores in self.scores(self.sample.mean):
            total += scores.T @ scores
            summed += scores.sum(axis=0)
        return total - np.outer(summed, summed) / self.sample.people

    def _seen(self, pattern: Pattern) -> Seen | None:
        (which,) = np.nonzero(pattern.seen)
        whole = len(which) == len(self.mean)
        covariance = self.covariance if whole else self.covariance[np.ix_(which, which)]
        try:
            root = np.linalg.cholesky(covariance)
        except np.linalg.LinAlgError:
            return None
        if not np.isfinite(root).all():
            return None
        half = np.linalg.inv(root)
        inverse = half.T @ half
        if not whole:
            spread = np.zeros(self.covariance.shape)
            spread[np.ix_(which, which)] = inverse
            inverse = spread
        distance = (pattern.mean - self.mean) * pattern.seen
        around = inverse @ (pattern.scatter + np.outer(distance, distance)) @ inverse
        return Seen(pattern, inverse, 2 * float(np.log(root.diagonal()).sum()), distance, around)


@dataclass(frozen=True, slots=True, eq=False)
class At:
    """All groups at an estimate (q,) of the unknowns."""

    layout: Layout
    estimate: NDArray[np.float64]
    groups: tuple[GroupAt, ...]

    def log_likelihood(self) -> float:
        return sum(group.log_likelihood() for group in self.groups)

    def slope(self) -> NDArray[np.float64]:
        return np.asarray(sum(group.slope() for group in self.groups))

    def expected(self) -> NDArray[np.float64]:
        return np.asarray(sum(group.expected() for group in self.groups))

    def observed(self) -> NDArray[np.float64]:
        return np.asarray(sum(group.observed() for group in self.groups))


def at_estimate(samples: Sequence[ContinuousSample], layout: Layout, estimate: NDArray[np.float64]) -> At:
    """The likelihood of all groups there; nothing is computed before it is asked for."""
    groups = zip(samples, layout.groups, strict=True)
    return At(
        layout,
        estimate,
        tuple(GroupAt(sample, group, group.filled(estimate), layout.unknowns) for sample, group in groups),
    )
