"""The normal likelihood of people in groups under a factor model within groups and one between them.

A group of n people is n - 1 contrasts with the covariances within, and its mean times root n, whose covariances are those
within plus n times those between (McDonald & Goldstein 1989; Muthén 1994). Only sums by size of group are needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from lerend.statistics.structure.layout import GroupLayout
from lerend.statistics.structure.two_level.sample import TwoLevelSample

_LOG_CIRCLE: Final = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, eq=False)
class LevelLayout:
    """Where the unknowns of both levels stand (q in all), and where a search may begin; means stand between groups.

    Attributes:
        within, between: on all k items.
        varying: rows of the items that differ within groups.
    """

    within: GroupLayout
    between: GroupLayout
    unknowns: int
    start: NDArray[np.float64]
    varying: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Rows that share implied covariances: contrasts within groups (size 0), or means of groups of one size.

    Attributes:
        count: rows.
        size: people in the group of a mean.
        items: that have a row in the covariances.
        inverse: (k, k) of the implied covariances of these; 0 elsewhere.
        log_size: log determinant of these.
        apart: (k,) inverse times root size times the distance from the implied mean.
        squares: (k, k) around the implied mean.
    """

    count: int
    size: int
    items: int
    inverse: NDArray[np.float64]
    log_size: float
    apart: NDArray[np.float64]
    squares: NDArray[np.float64]

    @property
    def around(self) -> NDArray[np.float64]:
        return self.inverse @ self.squares @ self.inverse


class TwoLevelAt:
    """Both levels at an estimate (q,) of the unknowns."""

    def __init__(self, sample: TwoLevelSample, layout: LevelLayout, estimate: NDArray[np.float64]) -> None:
        self.sample, self.layout, self.estimate = sample, layout, estimate
        self.within, self.between = layout.within.filled(estimate), layout.between.filled(estimate)
        self.within_covariance: NDArray[np.float64] = self.within.common + self.within.residual
        self.between_covariance: NDArray[np.float64] = self.between.common + self.between.residual
        self.mean: NDArray[np.float64] = self.between.intercept + self.between.loading @ self.between.factor_means

    @cached_property
    def parts(self) -> tuple[_Part, ...] | None:
        """Contrasts first, then means by size of group; None where covariances are not those of any people."""
        sample = self.sample
        nothing = np.zeros(len(self.mean))
        contrasts = sample.people - len(sample.sizes)
        found = [_part(contrasts, 0, self.within_covariance, nothing, sample.within, self.layout.varying)]
        everything = np.arange(len(self.mean))
        for one in sample.classes:
            distance = np.sqrt(one.size) * (one.mean - self.mean)
            squares = one.size * one.scatter + np.outer(distance, distance)
            covariance = self.within_covariance + one.size * self.between_covariance
            found.append(_part(len(one.which), one.size, covariance, distance, squares, everything))
        known = tuple(part for part in found if part is not None)
        return known if len(known) == len(found) else None

    @cached_property
    def known(self) -> tuple[_Part, ...]:
        """The same, where they are known to be there."""
        if self.parts is None:
            raise ValueError("the implied covariances are not positive definite")
        return self.parts

    @cached_property
    def elements(self) -> tuple[Elements, Elements]:
        """Within and between groups."""
        return elements_of(self.layout.within, self.within), elements_of(self.layout.between, self.between)

    def log_likelihood(self) -> float:
        """-inf where the implied covariances are not positive definite."""
        if self.parts is None:
            return -np.inf
        each = [
            part.count * (part.items * _LOG_CIRCLE + part.log_size + float((part.inverse * part.squares).sum()))
            for part in self.parts
        ]
        once = len(self.mean) - len(self.layout.varying)  # Of these a group has one value, not its mean times root n.
        return (once * float(np.log(self.sample.sizes).sum()) - float(sum(each))) / 2

    def slope(self) -> NDArray[np.float64]:
        found = np.zeros(self.layout.unknowns)
        for elements, (leftover, pull) in zip(self.elements, self._leftover(), strict=True):
            along = elements.weight * np.einsum("ke,kl,le->e", elements.one, leftover, elements.other, optimize=True)
            found += elements.merged((along - elements.mean.T @ pull)[np.newaxis], self.layout.unknowns)[0]
        return found

    def expected(self) -> NDArray[np.float64]:
        found = np.zeros((self.layout.unknowns,) * 2)
        for part in self.known:
            elements = self._moving(part.size)
            information = part.count * expected_information(elements, part.inverse)
            found += elements.merged_both(information, self.layout.unknowns)
        return found

    def observed(self) -> NDArray[np.float64]:
        found = np.zeros((self.layout.unknowns,) * 2)
        for part in self.known:
            elements = self._moving(part.size)
            information = part.count * observed_information(elements, part.inverse, part.around, part.apart)
            found += elements.merged_both(information, self.layout.unknowns)
        for elements, at, (leftover, pull) in zip(
            self.elements, (self.within, self.between), self._leftover(), strict=True
        ):
            found += elements.merged_both(bending(elements, at, leftover, pull), self.layout.unknowns)
        return found

    def scores(self) -> NDArray[np.float64]:
        """(J, q) how the log likelihood of each group moves."""
        contrasts, *means = self.known
        within = self.elements[0]
        moved = contrasts.inverse @ self.sample.scatters @ contrasts.inverse
        along = np.einsum("ke,jke->je", within.one, moved @ within.other, optimize=True)
        still = np.einsum("ke,kl,le->e", within.one, contrasts.inverse, within.other, optimize=True)
        along = within.weight * (along - (self.sample.sizes - 1)[:, np.newaxis] * still)
        found = within.merged(along, self.layout.unknowns)
        for one, part in zip(self.sample.classes, means, strict=True):
            elements = self._moving(one.size)
            apart = np.sqrt(one.size) * (self.sample.means[one.which] - self.mean) @ part.inverse
            size = np.einsum("ke,kl,le->e", elements.one, part.inverse, elements.other, optimize=True)
            each = elements.weight * ((apart @ elements.one) * (apart @ elements.other) - size)
            found[one.which] += elements.merged(each + apart @ elements.mean, self.layout.unknowns)
        return found

    def _moving(self, size: int) -> Elements:
        """How contrasts (size 0), or means of groups of this size times its root, move."""
        within, between = self.elements
        if size == 0:
            return within
        return replace(
            within,
            unknown=np.concatenate([within.unknown, between.unknown]),
            weight=np.concatenate([within.weight, size * between.weight]),
            one=np.hstack([within.one, between.one]),
            other=np.hstack([within.other, between.other]),
            mean=np.hstack([within.mean, np.sqrt(size) * between.mean]),
        )

    def _leftover(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """For each level the sums over rows of A - A T A and of A times the distance; see `bending`."""
        left = [part.count * (part.inverse - part.around) for part in self.known]
        within = np.sum(left, axis=0)
        between = np.sum([part.size * one for part, one in zip(self.known, left, strict=True)], axis=0)
        pull = np.sum([part.count * np.sqrt(part.size) * part.apart for part in self.known], axis=0)
        return [(within, np.zeros(len(self.mean))), (between, pull)]


def _part(
    count: int,
    size: int,
    covariance: NDArray[np.float64],
    distance: NDArray[np.float64],
    squares: NDArray[np.float64],
    rows: NDArray[np.intp],
) -> _Part | None:
    try:
        root = np.linalg.cholesky(covariance[np.ix_(rows, rows)])
    except np.linalg.LinAlgError:
        return None
    half, inverse = np.linalg.inv(root), np.zeros(covariance.shape)
    inverse[np.ix_(rows, rows)] = half.T @ half
    log_size = 2 * float(np.log(root.diagonal()).sum())
    return _Part(count, size, len(rows), inverse, log_size, inverse @ distance, squares)
