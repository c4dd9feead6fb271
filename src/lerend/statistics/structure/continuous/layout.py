"""Layouts of factor models of means and covariances, for one group or several that share some of their numbers.

The first group has factor means 0 and, where factors get variance 1, that too. In later groups the variance becomes
unknown once loadings are shared, and the mean once intercepts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.layout import FIXED, GroupLayout, Layout, Places
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.starting import starting_values

ORDER: Final[tuple[Shared, ...]] = ("loadings", "intercepts", "residuals")
"""What groups may have in common: metric, scalar, strict."""
_LEAST_APART: Final = 0.1
"""Smallest eigenvalue of the correlations of factors to begin with."""
_LEAST_LEFT: Final = 0.1
"""Share of an item's variance that factors leave to begin with, at least."""


class _Counter:
    """Hands out numbers of unknowns with their starting values; the same key gets the same number."""

    def __init__(self) -> None:
        self.start: list[float] = []
        self.known: dict[tuple[object, ...], int] = {}

    def __call__(self, start: float, *key: object) -> int:
        if key not in self.known:
            self.known[key] = len(self.start)
            self.start.append(float(start))
        return self.known[key]


@dataclass(frozen=True, slots=True, eq=False)
class _Beginning:
    """Standardised loadings and factor correlations to begin with, and the units of one group."""

    specification: Specification
    loading: NDArray[np.float64]
    between: NDArray[np.float64]
    sample: ContinuousSample
    sharing: Sharing
    group: int

    @property
    def deviation(self) -> NDArray[np.float64]:
        return np.asarray(np.sqrt(self.sample.covariance.diagonal()))

    def of_factor(self) -> NDArray[np.float64]:
        """(m,) standard deviation of each factor to begin with: its marker's loading, or 1."""
        if self.specification.identification == "unit":
            return np.ones(len(self.specification.factors))
        marker = [self.specification.items.index(factor.items[0]) for factor in self.specification.factors]
        return np.asarray((self.loading * self.deviation[:, np.newaxis])[marker, np.arange(len(marker))])

    def owner(self, what: Shared, item: str) -> object:
        """Whose number it is: everybody's where it is shared, else the group's."""
        return "all" if self.sharing.holds(what, item) else self.group


def continuous_layout(
    specification: Specification, samples: Sequence[ContinuousSample], sharing: Sharing | None = None
) -> Layout:
    """The layout of all groups, with a starting point."""
    people = np.array([sample.people for sample in samples])
    pooled = np.einsum("g,gij->ij", people / people.sum(), np.stack([sample.correlations for sample in samples]))
    loading, guessed = starting_values(specification, pooled)
    between = _possible(guessed)
    count = _Counter()
    groups = []
    for group, sample in enumerate(samples):
        begin = _Beginning(specification, loading, between, sample, sharing or Sharing(), group)
        groups.append(_group(count, begin))
    return Layout(tuple(groups), len(count.start), np.array(count.start))


def _possible(between: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlations of factors drawn towards none until people could have them: guessed two by two, they may clash."""
    least = float(np.linalg.eigvalsh(between)[0])
    kept = 1.0 if least >= _LEAST_APART else (1 - _LEAST_APART) / (1 - least)
    return kept * between + (1 - kept) * np.eye(len(between))


def saturated_layout(items: int) -> Layout:
    """A model of one group in which every mean and covariance is a number of its own; it has no factors."""
    count = _Counter()
    intercept = np.array([count(0.0, "mean", item) for item in range(items)], dtype=np.intp)
    residual = np.full((items, items), FIXED, dtype=np.intp)
    for one in range(items):
        for other in range(one + 1):
            residual[one, other] = residual[other, one] = count(0.0, one, other)
    group = GroupLayout(
        loading=_fixed(np.zeros((items, 0))),
        covariance=_fixed(np.zeros((0, 0))),
        residual=Places(np.zeros((items, items)), residual),
        scale=_fixed(np.ones(items)),
        intercept=Places(np.zeros(items), intercept),
        mean=_fixed(np.zeros(0)),
        threshold=_fixed(np.zeros((items, 0))),
    )
    return Layout((group,), len(count.start), np.array(count.start))


def _group(count: _Counter, begin: _Beginning) -> GroupLayout:
    items = len(begin.specification.items)
    return GroupLayout(
        loading=_loadings(count, begin),
        covariance=_covariances(count, begin),
        residual=_residuals(count, begin),
        scale=_fixed(np.ones(items)),
        intercept=_intercepts(count, begin),
        mean=_means(count, begin),
        threshold=_fixed(np.zeros((items, 0))),
    )


def _fixed(values: NDArray[np.float64]) -> Places:
    return Places(values, np.full(values.shape, FIXED, dtype=np.intp))


def _loadings(count: _Counter, begin: _Beginning) -> Places:
    model = begin.specification
    made = _fixed(np.zeros(begin.loading.shape))
    start = begin.loading * begin.deviation[:, np.newaxis] / begin.of_factor()
    for column, factor in enumerate(model.factors):
        for place, item in enumerate(factor.items):
            row = model.items.index(item)
            if place == 0 and model.identification == "marker":
                made.values[row, column] = 1.0
            else:
                made.unknown[row, column] = count(
                    start[row, column], "loading", begin.owner("loadings", item), row, column
                )
    return made


def _covariances(count: _Counter, begin: _Beginning) -> Places:
    model = begin.specification
    m = len(model.factors)
    made = _fixed(np.eye(m))
    start = begin.between * np.outer(begin.of_factor(), begin.of_factor())
    for one in range(m):
        if model.identification == "marker" or (begin.group > 0 and "loadings" in begin.sharing.shared):
            made.unknown[one, one] = count(start[one, one], "covariance", begin.group, one, one)
        for other in range(one if model.correlated else 0):
            number = count(start[one, other], "covariance", begin.group, one, other)
            made.unknown[one, other] = made.unknown[other, one] = number
    return made


def _residuals(count: _Counter, begin: _Beginning) -> Places:
    items = begin.specification.items
    made = _fixed(np.zeros((len(items), len(items))))
    common = np.einsum("im,mn,in->i", begin.loading, begin.between, begin.loading)
    start = np.maximum(1 - common, _LEAST_LEFT) * begin.deviation**2
    for row, item in enumerate(items):
        made.unknown[row, row] = count(start[row], "residual", begin.owner("residuals", item), row)
    for first, second in begin.specification.residual_covariances:
        one, other = items.index(first), items.index(second)
        made.unknown[one, other] = made.unknown[other, one] = count(0.0, "residual", begin.group, one, other)
    return made


def _intercepts(count: _Counter, begin: _Beginning) -> Places:
    items = begin.specification.items
    made = _fixed(np.zeros(len(items)))
    for row, item in enumerate(items):
        made.unknown[row] = count(begin.sample.mean[row], "intercept", begin.owner("intercepts", item), row)
    return made


def _means(count: _Counter, begin: _Beginning) -> Places:
    made = _fixed(np.zeros(len(begin.specification.factors)))
    if begin.group > 0 and "intercepts" in begin.sharing.shared:
        for column in range(len(made.values)):
            made.unknown[column] = count(0.0, "mean", begin.group, column)
    return made
