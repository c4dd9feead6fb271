"""Effect sizes of very many drawn plots at once; everything in the unit square, so that a zone is an effect size.

A drawn plot is what is highest at each value of the factor (and how often): all that a ceiling depends on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.corner import Scope, Values

Codes = NDArray[np.int32]
_STEEPER: Final = 1e-11
"""Breaks the tie between edges of a hull that meet exactly at the mean of the peers."""


@dataclass(frozen=True, slots=True, eq=False)
class Highest:
    """What is highest at each value of the factor, in many draws.

    Attributes:
        top: (values of the factor, draws) the highest outcome at that value or below it, as place among the levels.
        count: (values of the factor, draws) how many points lie exactly there; None where that is always one.
    """

    top: Codes
    count: NDArray[np.int32] | None


def effect_sizes(
    highest: Highest, x: Values, levels: Values, kinds: Sequence[CeilingKind]
) -> dict[CeilingKind, Values]:
    """(draws,) effect size of each draw, for each ceiling.

    Args:
        x: (values of the factor,) ascending, as share of the scope.
        levels: (levels of the outcome,) ascending, as share of the scope.
    """
    sizes: dict[CeilingKind, Values] = {}
    if CeilingKind.CE_FDH in kinds:
        widths = np.diff(np.append(x, 1.0))
        sizes[CeilingKind.CE_FDH] = x[0] + widths @ (1.0 - levels)[highest.top]
    if set(kinds) - {CeilingKind.CE_FDH}:
        steps = _steps(highest, x, levels)
        if CeilingKind.CR_FDH in kinds:
            sizes[CeilingKind.CR_FDH] = _above_regression(steps)
        if CeilingKind.C_LP in kinds:
            sizes[CeilingKind.C_LP] = _above_tightest(steps)
    return sizes


def as_shares(values: Values, low: float, high: float) -> Values:
    """Values as share of the way from low to high."""
    return (values - low) / (high - low)


def unit_scope(x: Values, y: Values, scope: Scope) -> tuple[Values, Values]:
    """Both coordinates as shares of the scope."""
    return as_shares(x, scope.x_low, scope.x_high), as_shares(y, scope.y_low, scope.y_high)


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """All peers of all draws, in one row.

    Attributes:
        draw, x, y, count: (peers of all draws,).
        draws: how many.
    """

    draw: NDArray[np.int64]
    x: Values
    y: Values
    count: Values
    draws: int


def _steps(highest: Highest, x: Values, levels: Values) -> _Steps:
    values, draws = highest.top.shape
    rises = np.empty((values, draws), dtype=np.bool_)
    rises[0] = True
    np.greater(highest.top[1:], highest.top[:-1], out=rises[1:])
    places = np.flatnonzero(rises)
    value, draw = np.divmod(places, draws)
    count = np.ones(len(places)) if highest.count is None else highest.count.ravel()[places].astype(np.float64)
    return _Steps(draw, x[value], levels[highest.top.ravel()[places]], count, draws)


def _above_regression(steps: _Steps) -> Values:
    n = np.bincount(steps.draw, weights=steps.count, minlength=steps.draws)
    mean_x = np.bincount(steps.draw, weights=steps.count * steps.x, minlength=steps.draws) / n
    mean_y = np.bincount(steps.draw, weights=steps.count * steps.y, minlength=steps.draws) / n
    x, y = steps.x - mean_x[steps.draw], steps.y - mean_y[steps.draw]
    weighted = steps.count * x
    spread = np.bincount(steps.draw, weights=weighted * x, minlength=steps.draws)
    together = np.bincount(steps.draw, weights=weighted * y, minlength=steps.draws)
    lined = np.bincount(steps.draw, minlength=steps.draws) > 1
    slope = np.divide(together, spread, out=np.ones(steps.draws), where=lined)
    return np.where(lined, _above(slope, mean_y - slope * mean_x), 0.0)


def _above_tightest(steps: _Steps) -> Values:
    order = np.argsort(steps.draw, kind="stable")
    draw, x, y = steps.draw[order], steps.x[order], steps.y[order]
    peers = np.bincount(draw, minlength=steps.draws)
    within = np.arange(len(draw)) - np.repeat(np.cumsum(peers) - peers, peers)
    middle = np.bincount(draw, weights=x, minlength=steps.draws) / peers
    wide = np.full((2, steps.draws, max(int(peers.max()), 2)), np.nan)
    wide[0, draw, within], wide[1, draw, within] = x, y
    left = np.where(wide[0] <= middle[:, None], wide, np.nan)[:, :, :, None]
    right = np.where(wide[0] > middle[:, None], wide, np.nan)[:, :, None, :]
    slope = (right[1] - left[1]) / (right[0] - left[0])
    height = left[1] + (middle[:, None, None] - left[0]) * slope
    best = np.nan_to_num((height + _STEEPER * slope).reshape(steps.draws, -1), nan=-np.inf).argmax(axis=1)
    rows = np.arange(steps.draws)
    slope, height = slope.reshape(steps.draws, -1)[rows, best], height.reshape(steps.draws, -1)[rows, best]
    lined = peers > 1
    slope = np.where(lined, slope, 1.0)
    return np.where(lined, _above(slope, np.where(lined, height - slope * middle, 0.0)), 0.0)


def _above(slope: Values, intercept: Values) -> Values:
    """The area of the unit square above a rising line."""
    start = np.clip(-intercept / slope, 0.0, 1.0)
    stop = np.clip((1.0 - intercept) / slope, 0.0, 1.0)
    left = 1.0 - (intercept + slope * start)
    right = 1.0 - (intercept + slope * stop)
    area: Values = start + (stop - start) * (left + right) / 2
    return area
