"""Teams that begin one after another: all teams and waves together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.between_teams import EFFECT, Estimate, estimate_of
from lerend.evidence.effects.by_lot import LotTest, lot_test
from lerend.evidence.effects.measured import Measured
from lerend.evidence.power.variance import Spread, mean_covariance
from lerend.statistics.regression.cluster_robust import cluster_robust
from lerend.statistics.regression.least_squares import least_squares


@dataclass(frozen=True, slots=True, eq=False)
class Stepping:
    """Means of teams at waves, turned so that under the assumed spread they vary alike and apart from each other.

    Attributes:
        teams, waves: (N) of each mean.
        outcome: (N) turned, in standard deviations.
        levels: (N, W) a level for each wave, turned.
        turning: per team its rows, and the inverse of the root of their covariance.
    """

    teams: NDArray[np.int64]
    waves: NDArray[np.int64]
    outcome: NDArray[np.float64]
    levels: NDArray[np.float64]
    turning: tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]

    def turned(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Any (N, ...) values, turned like the outcome."""
        return _turned(values, self.turning)


def stepping_of(measured: Measured, spread: Spread, *, deviation: float) -> Stepping:
    """Means where people answered, with the spread that was assumed before the start.

    The spread only decides how much a mean counts, and may be wrong: errors come from how teams really vary (CR2), and the
    test from the lot. Fixed beforehand, it leaves that test exact.

    Args:
        deviation: points of the scale per standard deviation.
    """
    there = measured.people > 0
    teams, waves = np.nonzero(there)
    covariance = mean_covariance(spread, np.zeros_like(there), measured.people)
    turning = []
    for team in np.unique(teams):
        seen = there[team]
        root = np.linalg.cholesky(covariance[team][np.ix_(seen, seen)])
        turning.append((np.flatnonzero(teams == team), np.linalg.inv(root)))
    outcome = measured.mean[there] / deviation
    levels = np.eye(measured.waves)[waves][:, there.any(axis=0)]
    pieces = tuple(turning)
    return Stepping(teams, waves, _turned(outcome, pieces), _turned(levels, pieces), pieces)


def stepped_effect(cells: Stepping, treated: NDArray[np.bool_], *, level: float = 0.95) -> Estimate:
    """The effect by generalised least squares with a level for each wave, errors by team (CR2).

    Args:
        treated: (T, W) whether a team works with the approach.

    Raises:
        CannotBeFitted: the plan cannot tell the effect from time.
    """
    effect = cells.turned(treated[cells.teams, cells.waves].astype(np.float64))
    names = (EFFECT, *(f"wave {wave}" for wave in range(cells.levels.shape[1])))
    fit = least_squares(cells.outcome, np.column_stack([effect, cells.levels]), names=names)
    robust = cluster_robust(fit, cells.teams)
    return estimate_of(
        float(robust.estimate[0]), float(robust.standard_error[0]), float(robust.degrees_of_freedom[0]), level
    )


def stepped_lot_test(cells: Stepping, lots: NDArray[np.int64]) -> LotTest:
    """The lot as the test of the same effect.

    Args:
        lots: (L, T) the wave at which each team would begin; the real lot first.
    """
    treated = (lots[:, cells.teams] <= cells.waves).astype(np.float64)
    return lot_test(cells.outcome, cells.levels, np.ascontiguousarray(cells.turned(treated.T).T))


def _turned(
    values: NDArray[np.float64], turning: tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]
) -> NDArray[np.float64]:
    found = np.empty_like(values)
    for rows, inverse in turning:
        found[rows] = inverse @ values[rows]
    return found
