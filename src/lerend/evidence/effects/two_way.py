"""Regressions with levels for units and times: what they give, and which comparisons they are made of.

With staggered starts such a regression also compares late starters with early ones that already changed. `comparisons`
shows all pairs with their weights (Goodman-Bacon 2021); `event_study` keeps to comparisons with units that never begin
(Sun & Abraham 2021). For the product's own pilots `lerend.evidence.effects.group_time` is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.between_teams import Estimate, estimate_of
from lerend.evidence.effects.group_time import Mean
from lerend.evidence.effects.measured import no_effect
from lerend.evidence.effects.panel import Panel
from lerend.statistics.regression.least_squares import LeastSquares, least_squares
from lerend.wording import say

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One pair of groups in a two-way regression.

    Attributes:
        treated: when the one begins.
        untreated: when the other does; infinite for never.
        value: the plain difference in differences of both.
        weight: its share in the regression.
    """

    treated: float
    untreated: float
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by time since the start, and their mean over all units and times since the start."""

    by: tuple[Mean, ...]
    overall: Mean


def two_way(panel: Panel, *, level: float = 0.95) -> Estimate:
    """Outcome on whether a unit has begun, with levels for units and times, errors by unit.

    The small-sample factor is G/(G − 1) · (n − 1)/(n − k), where k does not count the levels of units (they lie inside
    the clusters); t has G − 1 degrees of freedom.

    Raises:
        CannotBeFitted: everybody begins at the same time.
    """
    unit, time = _rows(panel)
    begun = (panel.times[None, :] >= panel.first[:, None]).astype(np.float64).ravel()
    fit = least_squares(panel.outcome.ravel(), begun[:, None], names=("effect",), absorb=[unit, time])
    covariance = _by_unit(fit, unit, 1 + len(panel.times))
    return estimate_of(float(fit.estimate[0]), float(np.sqrt(covariance[0, 0])), panel.units - 1.0, level)


def event_study(panel: Panel) -> EventStudy:
    """Effects by time since the start, from one regression with a coefficient for each group and time since its start.

    The time just before the start is the base. Groups are averaged by their number of units; that share is taken as given.

    Raises:
        EffectCannotBeEstimated: no unit never begins.
    """
    if not np.isinf(panel.first).any():
        raise no_effect(
            say("Everybody begins at some time."), say("Use effects by group and time, without the last group.")
        )
    unit, time = _rows(panel)
    since = (panel.times[None, :] - panel.first[:, None]).ravel()
    first = panel.first[unit]
    base = -float(np.diff(panel.times).min())
    cells = sorted({(float(s), float(g)) for s, g in zip(since, first, strict=True) if np.isfinite(g) and s != base})
    design = np.column_stack([((since == s) & (first == g)).astype(np.float64) for s, g in cells])
    names = tuple(f"{g:g} at {s:g}" for s, g in cells)
    fit = least_squares(panel.outcome.ravel(), design, names=names, absorb=[unit, time])
    covariance = _by_unit(fit, unit, len(cells) + len(panel.times))
    size = design.sum(axis=0)
    moments = np.array([s for s, _ in cells])
    by = tuple(_averaged(fit, covariance, np.where(moments == s, size, 0.0), float(s)) for s in np.unique(moments))
    return EventStudy(by, _averaged(fit, covariance, np.where(moments >= 0, size, 0.0), 0.0))


def comparisons(panel: Panel) -> tuple[Comparison, ...]:
    """All pairs of groups; the weighted sum of their values is what `two_way` gives. Covariates are not used.

    Goodman-Bacon (2021), Journal of Econometrics 225, equations 10: the weight of a pair is the square of its share of
    all units and times, times the variance of having begun within it, over the variance of the whole regression.
    """
    groups = np.unique(panel.first)
    found = []
    for treated in panel.groups:
        for other in groups:
            if treated == other or other <= panel.times[0]:
                continue
            times = panel.times < other if treated < other else panel.times >= other
            found.append(_pair(panel, float(treated), float(other), times))
    total = sum(weight for *_, weight in found)
    return tuple(Comparison(treated, other, value, weight / total) for treated, other, value, weight in found)


def _pair(panel: Panel, treated: float, other: float, times: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    one, two = panel.first == treated, panel.first == other
    after = panel.times[times] >= treated
    if not after.any() or after.all():
        return treated, other, 0.0, 0.0
    means = [panel.outcome[rows][:, times].mean(axis=0) for rows in (one, two)]
    gap = means[0] - means[1]
    value = float(gap[after].mean() - gap[~after].mean())
    units, share = one.sum() + two.sum(), one.sum() / (one.sum() + two.sum())
    spread = share * (1 - share) * after.mean() * (1 - after.mean())
    return treated, other, value, float(units**2 * times.sum() ** 2 * spread)


def _averaged(fit: LeastSquares, covariance: Floats, size: Floats, at: float) -> Mean:
    weight = size / size.sum()
    return Mean(at, float(weight @ fit.estimate), float(np.sqrt(weight @ covariance @ weight)))


def _by_unit(fit: LeastSquares, unit: NDArray[np.int64], columns: int) -> Floats:
    """What the residuals of each unit add, without a correction within units, which would take all their levels."""
    sums = np.zeros((int(unit.max()) + 1, len(fit.names)))
    np.add.at(sums, unit, fit.basis * fit.residual[:, None])
    scores = np.linalg.solve(fit.triangle, sums.T).T
    groups, rows = len(scores), fit.rows
    factor = groups / (groups - 1) * (rows - 1) / (rows - columns)
    return np.asarray(scores.T @ scores * factor, dtype=np.float64)


def _rows(panel: Panel) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    units, times = panel.outcome.shape
    return np.repeat(np.arange(units), times), np.tile(np.arange(times), units)
