"""All sets of up to four factors, and how well each predicts the effects: evidence in closed form, nothing sampled.

y ~ N(μ + Xβ, v + τ²), μ ~ N(m, s²), β_j ~ N(0, b²) on standardised factors, τ on four points of its prior. With V⁻¹ = Z'WZ + D
and c = Z'W(y − m): log evidence = ½c'Vc − ½log|V⁻¹| + ½log|D| + ½Σlog w − ½Σw(y − m)² (Kass & Raftery 1995 for the use).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from lerend.evidence.pooling.priors import SpreadPrior
from lerend.evidence.pooling.problems import Numbers

MOST_AT_ONCE: Final = 4
_SPREAD_POINTS: Final = 4


@dataclass(frozen=True, slots=True)
class FactorPrior:
    """What is held likely before.

    Attributes:
        mean, mean_deviation: of the effect of an average pilot.
        slope_deviation: of what one standard deviation of a factor changes.
        inclusion: chance that a factor matters at all.
        spread: between pilots, beyond the factors.
    """

    mean: float = 0.0
    mean_deviation: float = 0.5
    slope_deviation: float = 0.2
    inclusion: float = 0.25
    spread: SpreadPrior = field(default_factory=SpreadPrior)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the evidence needs, for any leading shape (…): (…, t, m + 1, m + 1) Z'WZ + D, (…, t, m + 1) c, (…, t) the rest."""

    inner: Numbers
    right: Numbers
    rest: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class SpreadGrid:
    """(t,) points of tau and what the prior gives them."""

    at: Numbers
    weights: Numbers


def spread_grid(prior: FactorPrior) -> SpreadGrid:
    """Four points of tau, by Gauss–Legendre in the prior's own distribution."""
    nodes, weights = np.polynomial.legendre.leggauss(_SPREAD_POINTS)
    return SpreadGrid(prior.spread.quantile(0.5 * (nodes + 1)), 0.5 * weights)


@cache
def sets_of(factors: int) -> tuple[npt.NDArray[np.intp], ...]:
    """Per size 0 to 4 the (n, size + 1) places in Z of the constant and of the factors of each set."""
    most = min(MOST_AT_ONCE, factors)
    return tuple(
        np.array([(0, *(1 + j for j in chosen)) for chosen in combinations(range(factors), size)], dtype=np.intp)
        for size in range(most + 1)
    )


@cache
def members_of(factors: int) -> npt.NDArray[np.bool_]:
    """(models, factors) which factors each model holds, in the order of `sets_of`."""
    rows = [
        np.array([[(1 + j) in row for j in range(factors)] for row in sets.tolist()]).reshape(len(sets), factors)
        for sets in sets_of(factors)
    ]
    return np.vstack(rows)


def sums_of(y: Numbers, v: Numbers, X: Numbers, grid: SpreadGrid, prior: FactorPrior) -> Sums:
    """The sums over all pilots."""
    Z, w, r = _parts(y, v, X, grid, prior)
    inner = np.einsum("tk,ki,kj->tij", w, Z, Z) + np.diag(_precisions(X.shape[1], prior))
    return Sums(inner, (w * r) @ Z, 0.5 * (np.log(w).sum(axis=1) - (w * r**2).sum(axis=1)))


def sums_without_each(whole: Sums, y: Numbers, v: Numbers, X: Numbers, grid: SpreadGrid, prior: FactorPrior) -> Sums:
    """(k, …) the sums with each pilot left out once, by taking its part off the whole."""
    Z, w, r = _parts(y, v, X, grid, prior)
    inner = whole.inner - np.einsum("tk,ki,kj->ktij", w, Z, Z)
    right = whole.right - np.einsum("tk,k,ki->kti", w, r, Z)
    rest = whole.rest - 0.5 * (np.log(w) - w * r**2).T
    return Sums(inner, right, rest)


def log_evidence(sums: Sums, factors: int, prior: FactorPrior) -> Numbers:
    """(…, t, models) log evidence plus log prior of each model."""
    precisions = np.log(_precisions(factors, prior))
    found = []
    for size, sets in enumerate(sets_of(factors)):
        fit = _quadratic_and_determinant(sums, sets)
        chance = size * np.log(prior.inclusion) + (factors - size) * np.log1p(-prior.inclusion)
        constant = 0.5 * (precisions[0] + size * precisions[-1]) + chance
        found.append(fit + constant)
    return np.asarray(np.concatenate(found, axis=-1) + sums.rest[..., None])


def _quadratic_and_determinant(sums: Sums, sets: npt.NDArray[np.intp]) -> Numbers:
    """(…, t, n) ½c'Vc − ½log|V⁻¹| by a Cholesky factor that is written out, for all models at once."""
    width = sets.shape[1]
    factor: list[list[Numbers]] = [[] for _ in range(width)]
    solved: list[Numbers] = []
    total = np.zeros((*sums.rest.shape, len(sets)))
    for i in range(width):
        for j in range(i):
            entry = sums.inner[..., sets[:, i], sets[:, j]]
            for before in range(j):
                entry = entry - factor[i][before] * factor[j][before]
            factor[i].append(entry / factor[j][j])
        pivot = sums.inner[..., sets[:, i], sets[:, i]]
        right = sums.right[..., sets[:, i]]
        for before in range(i):
            pivot = pivot - factor[i][before] ** 2
            right = right - factor[i][before] * solved[before]
        root = np.sqrt(pivot)
        factor[i].append(root)
        solved.append(right / root)
        total += 0.5 * solved[i] ** 2 - np.log(root)
    return total


def _parts(
    y: Numbers, v: Numbers, X: Numbers, grid: SpreadGrid, prior: FactorPrior
) -> tuple[Numbers, Numbers, Numbers]:
    return np.hstack([np.ones((len(y), 1)), X]), 1 / (v + grid.at[:, None] ** 2), y - prior.mean


def _precisions(factors: int, prior: FactorPrior) -> Numbers:
    return np.concatenate([[prior.mean_deviation**-2], np.full(factors, prior.slope_deviation**-2)])
