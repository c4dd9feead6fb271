"""All that a mixed model needs to know of rows: sums of products per group, whatever the number of rows.

Columns of the design are first made orthonormal, and the outcome replaced by what ordinary least squares leaves of
it. That changes no estimate but keeps rounding small; `to_estimates` undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.least_squares import refuse_collinear
from lerend.statistics.regression.problems import as_codes, as_design, cannot_be_fitted
from lerend.wording import say

Floats: TypeAlias = NDArray[np.float64]
_WELL_APART: Final = 1e-5
"""Columns this far from being a sum of others can be taken from the sums of products; else from the rows."""
_NOTHING: Final = 1e-11
"""An outcome of which this share is left is explained completely: the rest is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Outcome and design, ready to be summed.

    Attributes:
        columns: (rows, p + 1) orthonormal columns of the design, then the residual of the outcome.
        products: (p + 1, p + 1) their products.
        triangle: (p, p) R; the design is the orthonormal columns times R.
        shift: (p,) coefficients by ordinary least squares, which were taken out of the outcome.
        names: of the p coefficients.
    """

    columns: Floats
    products: Floats
    triangle: Floats
    shift: Floats
    names: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(self.columns)

    @property
    def log_determinant(self) -> float:
        """Of the design's X'X."""
        return float(2 * np.log(np.abs(np.diag(self.triangle))).sum())


def prepared(outcome: ArrayLike, design: ArrayLike, names: Sequence[str] | None) -> Prepared:
    """Raises: CannotBeFitted for values that are missing, columns that are sums of others, or too few rows."""
    y, x, columns = as_design(outcome, design, None if names is None else tuple(names))
    if len(y) <= x.shape[1] + 1:
        what = say("{rows} rows cannot carry {columns} coefficients and variances.", rows=len(y), columns=x.shape[1])
        raise cannot_be_fitted("rows", what, say("Take fewer columns, or more rows."))
    triangle = _triangle(x)
    if triangle is None:
        triangle = np.asarray(np.linalg.qr(x)[1], dtype=np.float64)
        refuse_collinear(triangle, columns)
    inverse = np.asarray(np.linalg.inv(triangle), dtype=np.float64)
    both = np.empty((len(y), x.shape[1] + 1))
    np.matmul(x, inverse, out=both[:, :-1])
    pull = both[:, :-1].T @ y
    both[:, -1] = y - both[:, :-1] @ pull
    if not np.linalg.norm(both[:, -1]) > _NOTHING * np.linalg.norm(y):
        what = say("The design explains every difference of the outcome, so there is no variance to divide.")
        raise cannot_be_fitted("outcome", what, say("Take fewer columns."))
    return Prepared(both, both.T @ both, triangle, inverse @ pull, columns)


def _triangle(x: Floats) -> Floats | None:
    """R from the products of the columns; None where that would not be exact enough."""
    products = x.T @ x
    lengths = np.sqrt(np.diag(products))
    if not (lengths > 0).all():
        return None
    try:
        lower = np.linalg.cholesky(products / lengths / lengths[:, np.newaxis])
    except np.linalg.LinAlgError:
        return None
    if np.diag(lower).min() <= _WELL_APART:
        return None
    return np.asarray(lower.T * lengths, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class GroupedSums:
    """Sums for effects that differ between the groups of one level.

    Attributes:
        inner: (G, q, q) products of the columns that have random effects, Z'Z.
        outer: (G, q, p + 1) products of those with design and outcome, Z'[X y].
        products: (p + 1, p + 1) of design and outcome.
        rows: how many.
        size: (G,) rows per group.
    """

    inner: Floats
    outer: Floats
    products: Floats
    rows: int
    size: Floats


@dataclass(frozen=True, slots=True, eq=False)
class NestedSums:
    """Sums for intercepts of inner groups (teams) that lie within outer groups (companies).

    Attributes:
        size: (T,) rows per inner group.
        outer: (T, p + 1) sums of design and outcome per inner group.
        parent: (T,) outer group of each inner group; ascending.
        parents: how many outer groups.
        products: (p + 1, p + 1).
        rows: how many.
    """

    size: Floats
    outer: Floats
    parent: NDArray[np.int64]
    parents: int
    products: Floats
    rows: int


def grouped_sums(ready: Prepared, random: Floats, groups: NDArray[np.int64]) -> GroupedSums:
    """Sums per group; `random` holds the (rows, q) columns with random effects, `groups` codes from 0 on.

    Raises:
        CannotBeFitted: one group only, or no group with two rows.
    """
    count = int(groups.max()) + 1
    size = np.bincount(groups, minlength=count).astype(np.float64)
    refuse_groups(size, "groups")
    q, m = random.shape[1], ready.columns.shape[1]
    # Groups next to each other in memory: what is done to all groups is then done in long runs.
    inner, outer = np.empty((count, q, q), order="F"), np.empty((count, q, m), order="F")
    constant = [bool((column == 1).all()) for column in random.T]
    for a in range(q):
        for b in range(a, q):
            product = size if constant[a] and constant[b] else _summed(random[:, a] * random[:, b], groups, count)
            inner[:, a, b] = inner[:, b, a] = product
        for column in range(m):
            values = ready.columns[:, column]
            outer[:, a, column] = _summed(values if constant[a] else values * random[:, a], groups, count)
    return GroupedSums(inner, outer, ready.products, ready.rows, size)


def nested_sums(ready: Prepared, inner: NDArray[np.int64], outer: NDArray[np.int64]) -> NestedSums:
    """Sums for two levels; an inner group is a pair of labels, so that team 1 of two companies is two teams.

    Raises:
        CannotBeFitted: one outer group only, every inner group of one row, or as many inner as outer groups.
    """
    pair, parent = _pairs(inner, outer)
    size = np.bincount(pair).astype(np.float64)
    parents = int(parent.max()) + 1
    refuse_groups(size, "inner groups")
    refuse_groups(np.bincount(parent).astype(np.float64), "outer groups")
    columns = np.column_stack([_summed(column, pair, len(size)) for column in ready.columns.T])
    return NestedSums(size, columns, parent, parents, ready.products, ready.rows)


def labelled(labels: ArrayLike, rows: int, where: str) -> NDArray[np.int64]:
    """Codes of groups; raises as `as_codes`."""
    return as_codes(labels, rows, where)


def refuse_groups(size: Floats, where: str) -> None:
    """Raises: CannotBeFitted for one group only, or where every group has one member."""
    if len(size) < 2:
        what = say("There is one group only, so nothing tells how groups differ.")
        raise cannot_be_fitted(where, what, say("Use a model without random effects for it."))
    if size.max() < 2:
        what = say("Every group has one member, so differences between and within groups cannot be told apart.")
        raise cannot_be_fitted(where, what, say("Choose a larger unit as group, or leave this level out."))


def _pairs(inner: NDArray[np.int64], outer: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows,) number of each pair, ordered by outer group, and (pairs,) outer group of each."""
    width = int(inner.max()) + 1
    pair = as_codes(outer * width + inner, len(inner), "groups")
    parent = np.empty(int(pair.max()) + 1, dtype=np.int64)
    parent[pair] = outer
    return pair, parent


def _summed(values: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    return np.asarray(np.bincount(groups, values, count), dtype=np.float64)
