"""Layouts of factor models of means and covariances, for one group or several that share some of their numbers.

Measured columns that take part in paths are factors of one item, with loading 1 and nothing left; they are counted from
their mean over everybody, so that intercepts of items and of outcomes are those of people in the middle.

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
from lerend.statistics.structure.layout import FIXED, GroupLayout, Layout, Places, held
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.specification import Factor, Specification
from lerend.statistics.structure.starting import starting_paths, starting_values

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
    """Standardised loadings and factor correlations to begin with, and the units of one group.

    Attributes:
        path, left: (m, m) standardised paths, and covariances of what they leave of the factors.
        middle: (k,) of everybody: what measured columns are counted from.
    """

    specification: Specification
    loading: NDArray[np.float64]
    between: NDArray[np.float64]
    path: NDArray[np.float64]
    left: NDArray[np.float64]
    sample: ContinuousSample
    sharing: Sharing
    group: int
    middle: NDArray[np.float64]

    @property
    def deviation(self) -> NDArray[np.float64]:
        return np.asarray(np.sqrt(self.sample.covariance.diagonal()))

    @property
    def measured(self) -> frozenset[str]:
        """Items that are measured columns of paths."""
        return frozenset(factor.name for factor in self.specification.factors if factor.measured)

    def of_factor(self) -> NDArray[np.float64]:
        """(m,) standard deviation of each factor to begin with: its marker's loading, or 1 of what paths leave of it."""
        factors = self.specification.factors
        marker = [self.specification.items.index(factor.items[0]) for factor in factors]
        by_marker = (self.loading * self.deviation[:, np.newaxis])[marker, np.arange(len(marker))]
        if self.specification.identification == "marker":
            return np.asarray(by_marker)
        measured = [factor.measured for factor in factors]
        return np.where(measured, by_marker, 1 / np.sqrt(self.left.diagonal()))

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
    path, left = starting_paths(specification, between)
    middle = np.average([sample.mean for sample in samples], axis=0, weights=people)
    count = _Counter()
    groups = []
    for group, sample in enumerate(samples):
        begin = _Beginning(specification, loading, between, path, left, sample, sharing or Sharing(), group, middle)
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
        loading=held(np.zeros((items, 0))),
        path=held(np.zeros((0, 0))),
        covariance=held(np.zeros((0, 0))),
        residual=Places(np.zeros((items, items)), residual),
        scale=held(np.ones(items)),
        intercept=Places(np.zeros(items), intercept),
        mean=held(np.zeros(0)),
        threshold=held(np.zeros((items, 0))),
    )
    return Layout((group,), len(count.start), np.array(count.start))


def _group(count: _Counter, begin: _Beginning) -> GroupLayout:
    items = len(begin.specification.items)
    return GroupLayout(
        loading=_loadings(count, begin),
        path=_paths(count, begin),
        covariance=_covariances(count, begin),
        residual=_residuals(count, begin),
        scale=held(np.ones(items)),
        intercept=_intercepts(count, begin),
        mean=_means(count, begin),
        threshold=held(np.zeros((items, 0))),
    )


def _loadings(count: _Counter, begin: _Beginning) -> Places:
    model = begin.specification
    made = held(np.zeros(begin.loading.shape))
    start = begin.loading * begin.deviation[:, np.newaxis] / begin.of_factor()
    for column, factor in enumerate(model.factors):
        for place, item in enumerate(factor.items):
            row = model.items.index(item)
            if place == 0 and (factor.measured or model.identification == "marker"):
                made.values[row, column] = 1.0
            else:
                made.unknown[row, column] = count(
                    start[row, column], "loading", begin.owner("loadings", item), row, column
                )
    return made


def _paths(count: _Counter, begin: _Beginning) -> Places:
    names = [factor.name for factor in begin.specification.factors]
    made = held(np.zeros((len(names), len(names))))
    start = begin.path * begin.of_factor()[:, np.newaxis] / begin.of_factor()
    for path in begin.specification.paths:
        one, other = (names.index(name) for name in path)
        made.unknown[one, other] = count(start[one, other], "path", begin.group, one, other)
    return made


def _covariances(count: _Counter, begin: _Beginning) -> Places:
    model = begin.specification
    made = held(np.eye(len(model.factors)))
    start = begin.left * np.outer(begin.of_factor(), begin.of_factor())
    for one, factor in enumerate(model.factors):
        for other in range(one):
            if _together(model, factor, model.factors[other]):
                number = count(start[one, other], "covariance", begin.group, one, other)
                made.unknown[one, other] = made.unknown[other, one] = number
        free = model.identification == "marker" or factor.measured
        if free or (begin.group > 0 and "loadings" in begin.sharing.shared):
            made.unknown[one, one] = count(start[one, one], "covariance", begin.group, one, one)
    return made


def _together(model: Specification, one: Factor, other: Factor) -> bool:
    """Whether what paths leave of two factors may go together."""
    if any({one.name, other.name} == set(pair) for pair in model.factor_covariances):
        return True
    if one.name in model.outcomes or other.name in model.outcomes:
        return False
    return model.correlated or (one.measured and other.measured)


def _residuals(count: _Counter, begin: _Beginning) -> Places:
    items = begin.specification.items
    made = held(np.zeros((len(items), len(items))))
    common = np.einsum("im,mn,in->i", begin.loading, begin.between, begin.loading)
    start = np.maximum(1 - common, _LEAST_LEFT) * begin.deviation**2
    for row, item in enumerate(items):
        if item not in begin.measured:
            made.unknown[row, row] = count(start[row], "residual", begin.owner("residuals", item), row)
    for first, second in begin.specification.residual_covariances:
        one, other = items.index(first), items.index(second)
        made.unknown[one, other] = made.unknown[other, one] = count(0.0, "residual", begin.group, one, other)
    return made


def _intercepts(count: _Counter, begin: _Beginning) -> Places:
    items = begin.specification.items
    made = held(np.where([item in begin.measured for item in items], begin.middle, 0.0))
    for row, item in enumerate(items):
        if item not in begin.measured:
            made.unknown[row] = count(begin.sample.mean[row], "intercept", begin.owner("intercepts", item), row)
    return made


def _means(count: _Counter, begin: _Beginning) -> Places:
    made = held(np.zeros(len(begin.specification.factors)))
    later = begin.group > 0 and "intercepts" in begin.sharing.shared
    for column, factor in enumerate(begin.specification.factors):
        if factor.measured:
            row = begin.specification.items.index(factor.name)
            start = begin.sample.mean[row] - begin.middle[row]
            made.unknown[column] = count(start, "mean", begin.group, column)
        elif later:
            made.unknown[column] = count(0.0, "mean", begin.group, column)
    return made


def of_predictors(layout: Layout, specification: Specification, predictors: Sequence[str]) -> NDArray[np.intp]:
    """Unknowns that are means and covariances of these measured predictors, of which the model says nothing."""
    names = [factor.name for factor in specification.factors]
    columns = [names.index(name) for name in predictors]
    found = [
        np.concatenate([group.covariance.unknown[np.ix_(columns, columns)].ravel(), group.mean.unknown[columns]])
        for group in layout.groups
    ]
    return np.unique(np.concatenate(found))
