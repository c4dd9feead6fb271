"""The mixture of columns that lies nearest to a target: weights of at least 0 that add up to 1.

As the weights add up to 1, the target can be taken off every column first: what is asked for is then the point of a convex
hull that lies nearest to zero (Wolfe 1976, Mathematical Programming 11). With P those columns, the weights u of at least 0
with the smallest |Pu|² + (1 − Σu)² lie in the same direction, for along a direction w the best length leaves
|Pw|² / (1 + |Pw|²), which ascends with |Pw|. So Lawson and Hanson's active set for least squares without negative weights
finds them in a finite number of steps, also where there are more columns than rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import EffectCannotBeEstimated, no_effect
from lerend.wording import say

Floats = NDArray[np.float64]
_OPTIMAL: Final = 1e-13
"""Share of the squared length of the longest column that may be left of the gap."""
_EXACT: Final = 1e-6
"""Distance, as share of that length, that counts as none."""
_TIED: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The nearest mixture.

    Attributes:
        weight: (columns,) at least 0, adding up to 1.
        gap: how far the conditions of Karush, Kuhn and Tucker are from being met, as share of the squared length of the
            longest column; no mixture has half a squared distance that is smaller by more than this.
        exact: whether the mixture repeats the target.
        unique: whether no other mixture lies as near.
    """

    weight: Floats
    gap: float
    exact: bool
    unique: bool


def nearest_mixture(columns: Floats, target: Floats, *, ridge: float = 0.0, level: bool = False) -> Mixture:
    """Weights w with the smallest |columns w (+ level) − target|² + ridge |w|².

    Args:
        columns: (rows, n).
        target: (rows,).
        ridge: at least 0; above it the weights are always unique.
        level: whether a constant may be added to the mixture.

    Raises:
        EffectCannotBeEstimated: the conditions of an optimum are not met by the weights that were found.
    """
    away = columns - target[:, np.newaxis]
    away = away - away.mean(axis=0) if level else away
    points = np.vstack([away, np.sqrt(ridge) * np.eye(columns.shape[1])]) if ridge > 0 else away
    longest = float(np.sqrt((points**2).sum(axis=0).max()))
    if longest == 0:
        even = np.full(columns.shape[1], 1 / columns.shape[1])
        return Mixture(even, 0.0, exact=True, unique=columns.shape[1] == 1)
    points = points / longest
    weight = _towards_zero(points)
    nearest = points @ weight
    steepness = points.T @ nearest
    gap = max(float(weight @ steepness - steepness.min()), 0.0)
    if not gap <= _OPTIMAL:
        raise _not_found()
    tied = np.vstack([points, np.ones(points.shape[1])])[:, steepness <= steepness.min() + _TIED]
    unique = ridge > 0 or int(np.linalg.matrix_rank(tied, tol=_TIED)) == tied.shape[1]
    return Mixture(weight, gap, exact=float(np.linalg.norm(away @ weight)) <= _EXACT * longest, unique=unique)


def _towards_zero(points: Floats) -> Floats:
    from scipy.optimize import nnls  # noqa: PLC0415 -- SciPy costs half a second to import

    stacked = np.vstack([points, np.ones(points.shape[1])])
    goal = np.zeros(len(stacked))
    goal[-1] = 1.0
    try:
        found = np.asarray(nnls(stacked, goal, maxiter=100 * points.shape[1])[0], dtype=np.float64)
    except RuntimeError:
        raise _not_found() from None
    return np.asarray(found / found.sum(), dtype=np.float64)


def _not_found() -> EffectCannotBeEstimated:
    return no_effect(
        say("The weights of the mixture were not found: they do not meet the conditions of an optimum."),
        say("Give outcomes on a scale without very large numbers, or leave out units that are nearly the same."),
    )
