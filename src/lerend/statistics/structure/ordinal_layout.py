"""Layouts of factor models of ordinal answers, for one group or several that share some of their numbers.

Identification follows Wu & Estabrook (2016): the first group has scale 1, intercepts 0 and factor means 0. In later
groups a scale and an intercept become unknown for an item once its thresholds are shared, the factor variance once
loadings are shared, and the factor mean once intercepts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.normal import BEYOND
from lerend.statistics.structure.layout import FIXED, GroupLayout, Layout, Places, held
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.specification import Specification

Shared: TypeAlias = Literal["thresholds", "loadings", "intercepts", "residuals"]
"""What groups may have in common, in this order: none without those before it."""
ORDER: tuple[Shared, ...] = ("thresholds", "loadings", "intercepts", "residuals")


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the groups share, and which items do not take part in it.

    Attributes:
        shared: any first part of `ORDER`.
        released: for each of them the items that keep numbers of their own; an item released from one is also released
            from those after it.
    """

    shared: tuple[Shared, ...] = ()
    released: tuple[tuple[Shared, tuple[str, ...]], ...] = field(default=())

    def holds(self, what: Shared, item: str) -> bool:
        """Whether the groups share this for the item."""
        before = ORDER[: ORDER.index(what) + 1]
        return what in self.shared and not any(item in items for kind, items in self.released if kind in before)

    def without(self, what: Shared, item: str) -> Sharing:
        """The same, with one item more released from this."""
        known = dict(self.released)
        known[what] = (*known.get(what, ()), item)
        return Sharing(self.shared, tuple(known.items()))


class _Counter:
    """Hands out numbers of unknowns with their starting values; the same key gets the same number."""

    def __init__(self) -> None:
        self.start: list[float] = []
        self.known: dict[tuple[object, ...], int] = {}

    def __call__(self, start: float, *key: object) -> int:
        if key not in self.known:
            self.known[key] = len(self.start)
            self.start.append(start)
        return self.known[key]


def ordinal_layout(
    specification: Specification,
    thresholds: Sequence[NDArray[np.float64]],
    loading: NDArray[np.float64],
    between: NDArray[np.float64],
    *,
    sharing: Sharing,
    parameterisation: Parameterisation,
    with_thresholds: bool,
) -> Layout:
    """The layout of all groups.

    Args:
        thresholds: (k, T) of each group, as estimated: where the search begins.
        loading: (k, m) loadings of standardised items to begin with.
        between: (m, m) correlations of the factors to begin with.
        with_thresholds: False leaves thresholds fixed at their estimates, since nothing restrains them.
    """
    count = _Counter()
    groups = []
    for group, own in enumerate(thresholds):
        begin = _Beginning(specification, loading, between, own, parameterisation)
        groups.append(_group(count, group, begin, sharing, with_thresholds=with_thresholds))
    return Layout(tuple(groups), len(count.start), np.array(count.start))


@dataclass(frozen=True, slots=True, eq=False)
class _Beginning:
    specification: Specification
    loading: NDArray[np.float64]
    between: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    parameterisation: Parameterisation

    def of_item(self) -> NDArray[np.float64]:
        """(k,) standard deviation of the variable behind each answer, to begin with."""
        if self.parameterisation == "delta":
            return np.ones(len(self.loading))
        common = np.einsum("im,mn,in->i", self.loading, self.between, self.loading)
        return np.asarray(1 / np.sqrt(np.maximum(1 - common, 0.05)), dtype=np.float64)

    def of_factor(self) -> NDArray[np.float64]:
        """(m,) standard deviation of each factor, to begin with: its marker's loading, or 1."""
        if self.specification.identification == "unit":
            return np.ones(len(self.specification.factors))
        marker = [self.specification.items.index(factor.items[0]) for factor in self.specification.factors]
        loading = self.loading * self.of_item()[:, np.newaxis]
        return loading[marker, np.arange(len(marker))]


def _group(count: _Counter, group: int, begin: _Beginning, sharing: Sharing, *, with_thresholds: bool) -> GroupLayout:
    residual, scale = _residuals(count, group, begin, sharing)
    return GroupLayout(
        loading=_loadings(count, group, begin, sharing),
        path=held(np.zeros((len(begin.specification.factors),) * 2)),
        covariance=_covariances(count, group, begin, sharing),
        residual=residual,
        scale=scale,
        intercept=_intercepts(count, group, begin, sharing),
        mean=_means(count, group, begin, sharing),
        threshold=_thresholds(count, group, begin, sharing, with_thresholds=with_thresholds),
    )


def _owner(group: int, what: Shared, item: str, sharing: Sharing) -> object:
    """Whose number it is: everybody's where it is shared, else the group's."""
    return "all" if sharing.holds(what, item) else group


def _loadings(count: _Counter, group: int, begin: _Beginning, sharing: Sharing) -> Places:
    model = begin.specification
    values = np.zeros(begin.loading.shape)
    unknown = np.full(values.shape, FIXED, dtype=np.intp)
    start = begin.loading * begin.of_item()[:, np.newaxis] / begin.of_factor()
    for column, factor in enumerate(model.factors):
        for place, item in enumerate(factor.items):
            row = model.items.index(item)
            if place == 0 and model.identification == "marker":
                values[row, column] = 1.0
            else:
                owner = _owner(group, "loadings", item, sharing)
                unknown[row, column] = count(start[row, column], "loading", owner, row, column)
    return Places(values, unknown)


def _covariances(count: _Counter, group: int, begin: _Beginning, sharing: Sharing) -> Places:
    model = begin.specification
    m = len(model.factors)
    values, unknown = np.eye(m), np.full((m, m), FIXED, dtype=np.intp)
    start = begin.between * np.outer(begin.of_factor(), begin.of_factor())
    for one in range(m):
        if model.identification == "marker" or (group > 0 and "loadings" in sharing.shared):
            unknown[one, one] = count(start[one, one], "covariance", group, one, one)
        for other in range(one):
            if model.correlated:
                number = count(start[one, other], "covariance", group, one, other)
                unknown[one, other] = unknown[other, one] = number
    return Places(values, unknown)


def _residuals(count: _Counter, group: int, begin: _Beginning, sharing: Sharing) -> tuple[Places, Places]:
    """Residual covariances with, in theta, residual variances; and, in delta, scales."""
    items = begin.specification.items
    values, unknown = np.zeros((len(items),) * 2), np.full((len(items),) * 2, FIXED, dtype=np.intp)
    for first, second in begin.specification.residual_covariances:
        one, other = items.index(first), items.index(second)
        number = count(0.0, "residual", group, one, other)
        unknown[one, other] = unknown[other, one] = number
    scale = np.full(len(items), FIXED, dtype=np.intp)
    for row, item in enumerate(items):
        free = group > 0 and sharing.holds("thresholds", item) and not sharing.holds("residuals", item)
        if free and begin.parameterisation == "delta":
            scale[row] = count(1.0, "scale", group, row)
        elif free:
            unknown[row, row] = count(1.0, "residual", group, row, row)
        if begin.parameterisation == "theta":
            values[row, row] = 1.0
    return Places(values, unknown), Places(np.ones(len(items)), scale)


def _intercepts(count: _Counter, group: int, begin: _Beginning, sharing: Sharing) -> Places:
    items = begin.specification.items
    unknown = np.full(len(items), FIXED, dtype=np.intp)
    for row, item in enumerate(items):
        if group > 0 and sharing.holds("thresholds", item) and not sharing.holds("intercepts", item):
            unknown[row] = count(0.0, "intercept", group, row)
    return Places(np.zeros(len(items)), unknown)


def _means(count: _Counter, group: int, begin: _Beginning, sharing: Sharing) -> Places:
    m = len(begin.specification.factors)
    unknown = np.full(m, FIXED, dtype=np.intp)
    if group > 0 and "intercepts" in sharing.shared:
        for column in range(m):
            unknown[column] = count(0.0, "mean", group, column)
    return Places(np.zeros(m), unknown)


def _thresholds(count: _Counter, group: int, begin: _Beginning, sharing: Sharing, *, with_thresholds: bool) -> Places:
    items = begin.specification.items
    unknown = np.full(begin.thresholds.shape, FIXED, dtype=np.intp)
    deviation = begin.of_item()[:, np.newaxis]
    if with_thresholds:
        for row, step in zip(*np.nonzero(begin.thresholds < BEYOND), strict=True):
            owner = _owner(group, "thresholds", items[row], sharing)
            start = begin.thresholds[row, step] * float(deviation[row, 0])
            unknown[row, step] = count(start, "threshold", owner, int(row), int(step))
    return Places(begin.thresholds * np.where(begin.thresholds < BEYOND, deviation, 1.0), unknown)
