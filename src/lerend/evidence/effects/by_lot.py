"""The lot as the test: how often another lot would have shown as much, had the approach done nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.interval import Interval

_TIE: Final = 1e-10
"""Two lots this close show the same: the real one always comes back among those that could have been drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class LotTest:
    """Which effects each lot does not contradict: those for which it would show at least as much as the real lot.

    Were the effect e for every team, then without it the outcome would be the outcome minus e where teams began. Each lot
    agrees with the effects of one closed interval around the estimate, so p falls on either side of it.

    Attributes:
        low, high: (L) ends of these intervals, ascending each; infinite where a lot can contradict nothing.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def p(self, effect: float = 0.0) -> float:
        """Two-sided: the share of the lots that show at least as much, were this the effect."""
        near = _TIE * max(1.0, abs(effect))
        outside = int(np.count_nonzero(self.low > effect + near) + np.count_nonzero(self.high < effect - near))
        return (len(self.low) - outside) / len(self.low)

    def interval(self, level: float) -> Interval:
        """All effects with a p above 1 - level; without an end where too few lots were possible to give one."""
        rejected = floor((1 - level) * len(self.low) + 1e-9)
        return Interval(float(self.low[rejected]), float(self.high[-1 - rejected]))


def lot_test(outcome: NDArray[np.float64], nuisance: NDArray[np.float64], lots: NDArray[np.float64]) -> LotTest:
    """The test of the lot that was drawn, and of every other effect than none.

    What is compared is the absolute partial correlation of having begun with the outcome, which orders lots as the t of a
    regression does. With u the part of a lot that the nuisance leaves free, at length 1, and z that of the real lot, a lot
    agrees with e where |u'(y - ez)| is at least |y'z - ez'z|/|z|: between the two e at which both are equal.

    Args:
        outcome: (N) values, one for each team (or team and wave).
        nuisance: (N, q) columns that a lot does not change: level, mean before, blocks, waves.
        lots: (L, N) whether a row would have been with the approach; the real lot first.

    Source: Fisher (1935); Gail, Mark, Carroll, Green & Pee (1996) for groups of people; Rosenbaum (2002) on inversion.
    """
    basis, triangle = np.linalg.qr(nuisance)
    basis = basis[:, np.abs(np.diag(triangle)) > 1e-9 * np.abs(triangle).max()]
    left = outcome - basis @ (basis.T @ outcome)
    freed = lots - (lots @ basis) @ basis.T
    size = np.linalg.norm(freed, axis=1)
    unit = np.divide(freed, size[:, None], out=np.zeros_like(freed), where=size[:, None] > 1e-9)
    shown, shared = unit @ left, unit @ freed[0]
    ends = [_equal(shown[0] - sign * shown, shared[0] - sign * shared, size[0]) for sign in (1, -1)]
    silent = np.isnan(ends[0]) | np.isnan(ends[1])
    low, high = np.minimum(*ends), np.maximum(*ends)
    return LotTest(np.sort(np.where(silent, -np.inf, low)), np.sort(np.where(silent, np.inf, high)))


def _equal(shown: NDArray[np.float64], shared: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """The effect at which a lot shows as much as the real one; NaN for the real one and its mirror image."""
    apart = shared > 1e-9 * max(float(size), 1e-9)
    found: NDArray[np.float64] = np.divide(shown, shared, out=np.full(len(shown), np.nan), where=apart)
    return found
