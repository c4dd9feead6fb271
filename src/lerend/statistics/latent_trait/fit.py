"""Whether one trait accounts for how items go together: C2 (Cai & Monroe 2014), from answers by one and by two items.

Whole patterns are too many to compare with. C2 compares how often each answer was given, and the mean product of each
two items; for items with two answers it is M2 (Maydeu-Olivares & Joe 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.functioning.adjusted import upper_tail
from lerend.statistics.latent_trait.curves import ItemCurve
from lerend.statistics.latent_trait.likelihood import Grid
from lerend.statistics.latent_trait.patterns import Patterns
from lerend.statistics.structure.indices import Indices, indices_of

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TraitFit:
    """How well one trait fits.

    Attributes:
        statistic: C2, a chi-square where the model holds.
        degrees: of freedom.
        p: of this or more where the model holds; with many people it is always small.
        indices: RMSEA, and CFI and TLI against items that do not go together at all.
        srmr: root mean square of what is left of the correlations of items.
    """

    statistic: float
    degrees: int
    p: float
    indices: Indices
    srmr: float


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """Expected by the model: of (U,) answers reached, and after them of (pairs,) products.

    Attributes:
        expected: (U + pairs,).
        covariance: of one person's.
        slopes: (U + pairs, unknowns).
    """

    expected: Values
    covariance: Values
    slopes: Values


def trait_fit(patterns: Patterns, curves: Sequence[ItemCurve], grid: Grid) -> TraitFit | None:
    """C2 of people who answered everything; None without degrees of freedom, or where moments follow from each other."""
    unknowns = sum(1 + len(curve.intercepts) for curve in curves)
    seen, products = _seen(patterns)
    degrees, pairs = len(seen) - unknowns, len(curves) * (len(curves) - 1) // 2
    if degrees < 1:
        return None
    model = _moments(curves, grid)
    statistic = _distance(seen, model, patterns.total)
    alone = [ItemCurve(0.0, np.log(above / (1 - above))) for above in _above(patterns)]
    base_model = _moments(alone, Grid(np.zeros(1), np.ones(1)))
    base = _distance(seen, base_model, patterns.total)
    if statistic is None or base is None:
        return None
    return TraitFit(
        statistic=statistic,
        degrees=degrees,
        p=upper_tail(statistic, degrees),
        indices=indices_of(statistic, degrees, base, pairs, int(patterns.total) - 1, 1),
        srmr=_left_of_correlations(products, curves, grid),
    )


def _above(patterns: Patterns) -> list[Values]:
    """(S,) share of people who gave each answer or a higher one, for each item."""
    return [1 - np.cumsum(counts)[:-1] / counts.sum() for counts in patterns.counts()]


def _seen(patterns: Patterns) -> tuple[Values, Values]:
    """The moments as they are, and (k + 1, k + 1) mean products of answers with a one before them."""
    answers = np.hstack([np.ones((len(patterns.answers), 1)), patterns.answers])
    products = (answers * patterns.people[:, np.newaxis]).T @ answers / patterns.total
    first, second = np.triu_indices(len(patterns.items), 1)
    return np.concatenate([*_above(patterns), products[1 + first, 1 + second]]), products


def _distance(seen: Values, model: _Moments, people: float) -> float | None:
    """What no change of the unknowns can bring nearer, in units of chance (Maydeu-Olivares & Joe 2006, eq. 4)."""
    try:
        root = np.linalg.cholesky(model.covariance)
    except np.linalg.LinAlgError:
        return None
    apart = np.linalg.solve(root, seen - model.expected)
    basis, corner = np.linalg.qr(np.linalg.solve(root, model.slopes))
    if np.abs(corner.diagonal()).min() < 1e-10 * np.abs(corner.diagonal()).max():
        return None
    left = apart - basis @ (basis.T @ apart)
    return float(people * (left @ left))


def _moments(curves: Sequence[ItemCurve], grid: Grid) -> _Moments:
    reached = [curve.reached(grid.places) for curve in curves]
    mean = np.column_stack([part.sum(axis=1) for part in reached])
    first, second = np.triu_indices(len(curves), 1)
    each = np.hstack([*reached, mean[:, first] * mean[:, second]])
    expected = grid.shares @ each
    between = (each * grid.shares[:, np.newaxis]).T @ each - np.outer(expected, expected)
    within = _within(reached, mean, grid)
    return _Moments(expected, between + within, _slopes(curves, reached, mean, grid))


def _within(reached: Sequence[Values], mean: Values, grid: Grid) -> Values:
    """Covariance of the moments of people at the same place: only those that share an item have any."""
    begin = np.cumsum([0, *(part.shape[1] for part in reached)])
    items, above = len(reached), int(begin[-1])
    pair = _pair_numbers(items) + above
    found = np.zeros((above + items * (items - 1) // 2,) * 2)
    spread = np.column_stack([part @ (2 * np.arange(part.shape[1]) + 1) for part in reached]) - mean**2
    for item, part in enumerate(reached):
        others = np.delete(np.arange(items), item)
        own, pairs = np.arange(begin[item], begin[item + 1]), pair[item, others]
        higher = np.maximum.outer(np.arange(len(own)), np.arange(len(own)))
        weighed = part * grid.shares[:, np.newaxis]
        found[np.ix_(own, own)] = weighed.sum(axis=0)[higher] - weighed.T @ part
        # The value of an answer times having reached step c is c for reaching it, and one for each step beyond.
        from_here = np.cumsum(part[:, ::-1], axis=1)[:, ::-1] + np.arange(len(own)) * part
        shared = from_here * grid.shares[:, np.newaxis] - mean[:, item : item + 1] * weighed
        found[np.ix_(own, pairs)] = shared.T @ mean[:, others]
        found[np.ix_(pairs, own)] = found[np.ix_(own, pairs)].T
        weighted = mean[:, others] * (grid.shares * spread[:, item])[:, np.newaxis]
        found[np.ix_(pairs, pairs)] += weighted.T @ mean[:, others]
        found[pairs, pairs] += grid.shares @ (spread[:, item : item + 1] * spread[:, others]) / 2
    return found


def _slopes(curves: Sequence[ItemCurve], reached: Sequence[Values], mean: Values, grid: Grid) -> Values:
    """(moments, unknowns) by slope and intercepts; without the slopes for items that have none."""
    begin = np.cumsum([0, *(part.shape[1] for part in reached)])
    items, above = len(curves), int(begin[-1])
    pair = _pair_numbers(items) + above
    columns = []
    for item, part in enumerate(reached):
        dense = part * (1 - part)
        steps = part.shape[1]
        turned = [dense[:, [step]] * np.eye(steps)[step] for step in range(steps)]
        if curves[item].slope != 0:
            turned.insert(0, dense * grid.places[:, np.newaxis])
        others = np.delete(np.arange(items), item)
        for change in turned:
            column = np.zeros(above + items * (items - 1) // 2)
            column[begin[item] : begin[item + 1]] = grid.shares @ change
            column[pair[item, others]] = (grid.shares * change.sum(axis=1)) @ mean[:, others]
            columns.append(column)
    return np.column_stack(columns)


def _pair_numbers(items: int) -> NDArray[np.intp]:
    """(k, k) place of each pair among all pairs."""
    found = np.zeros((items, items), dtype=np.intp)
    first, second = np.triu_indices(items, 1)
    found[first, second] = found[second, first] = np.arange(len(first))
    return found


def _left_of_correlations(products: Values, curves: Sequence[ItemCurve], grid: Grid) -> float:
    reached = [curve.reached(grid.places) for curve in curves]
    mean = np.column_stack([part.sum(axis=1) for part in reached])
    square = np.array([grid.shares @ (part @ (2 * np.arange(part.shape[1]) + 1)) for part in reached])
    model = (mean * grid.shares[:, np.newaxis]).T @ mean
    np.fill_diagonal(model, square)
    middle = grid.shares @ mean
    both = [_correlations(model - np.outer(middle, middle))]
    both.append(_correlations(products[1:, 1:] - np.outer(products[0, 1:], products[0, 1:])))
    left = (both[0] - both[1])[np.triu_indices(len(curves), 1)]
    return float(np.sqrt((left**2).mean()))


def _correlations(covariance: Values) -> Values:
    spread = np.sqrt(covariance.diagonal())
    return np.asarray(covariance / np.outer(spread, spread))
