"""Comparing teams: regressions on means of teams, with errors that are right for few of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.statistics.interval import Interval
from lerend.statistics.regression.cluster_robust import cluster_robust, parts_of
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.tails import t_quantile, t_tail
from lerend.wording import say

EFFECT: Final = "effect"
_NOTHING: Final = 1e-12
"""Share of the effect that a standard error this small is rounding only."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error, degrees of freedom, interval and two-sided p (t distribution)."""

    value: float
    se: float
    df: float
    interval: Interval
    p: float


def team_ancova(
    after: NDArray[np.float64],
    begun: NDArray[np.bool_],
    covariates: NDArray[np.float64],
    *,
    weights: NDArray[np.float64] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Means after on whether a team began, with covariates (its mean before, motivation, blocks).

    Every team counts the same unless weights are given. CR2 errors with Satterthwaite's degrees of freedom (Bell &
    McCaffrey 2002), a team being one cluster of one row: they hold for few teams and for groups that spread unequally.

    Args:
        after: (T) means.
        begun: (T) whether the team began.
        covariates: (T, q), any scale.

    Raises:
        CannotBeFitted: too few teams, or a column that is a sum of others.
    """
    centred = covariates - covariates.mean(axis=0)
    design = np.column_stack([np.ones(len(after)), begun.astype(np.float64), centred])
    names = ("level", EFFECT, *(f"covariate {place + 1}" for place in range(centred.shape[1])))
    fit = least_squares(after, design, names=names, weights=weights)
    robust = cluster_robust(fit, np.arange(len(after)))
    place = fit.place(EFFECT)
    return estimate_of(
        float(robust.estimate[place]),
        float(robust.standard_error[place]),
        float(robust.degrees_of_freedom[place]),
        level,
    )


def change_difference(
    before: NDArray[np.float64], after: NDArray[np.float64], begun: NDArray[np.bool_], *, level: float = 0.95
) -> Estimate:
    """What teams that began changed more than the others: difference in differences on means of teams.

    Raises:
        CannotBeFitted: fewer than two teams on a side.
    """
    return team_ancova(after - before, begun, np.empty((len(after), 0)), level=level)


def mean_change(before: NDArray[np.float64], after: NDArray[np.float64], *, level: float = 0.95) -> Estimate:
    """The mean change of teams, from whatever cause.

    Raises:
        CannotBeFitted: fewer than two teams.
    """
    fit = least_squares(after - before, np.ones((len(after), 1)), names=(EFFECT,))
    return estimate_of(float(fit.estimate[0]), float(fit.standard_error[0]), fit.degrees_of_freedom, level)


def invited_effect(
    after: NDArray[np.float64],
    invited: NDArray[np.bool_],
    began: NDArray[np.bool_],
    covariates: NDArray[np.float64],
    *,
    level: float = 0.95,
) -> Estimate:
    """The effect on teams that began because they were invited: effect of the invitation over its effect on beginning.

    The interval is Anderson and Rubin's (1949): all effects that the invitation does not contradict. It stays right where
    few follow the invitation, and is infinite where it cannot be told apart from nothing.

    Raises:
        CannotBeFitted: as `team_ancova`.
    """
    centred = covariates - covariates.mean(axis=0)
    design = np.column_stack([np.ones(len(after)), invited.astype(np.float64), centred])
    names = ("level", EFFECT, *(f"covariate {place + 1}" for place in range(centred.shape[1])))
    teams = np.arange(len(after))
    fits = [least_squares(outcome, design, names=names) for outcome in (after, began.astype(np.float64))]
    on_score, on_beginning = (float(fit.estimate[1]) for fit in fits)
    parts = np.column_stack([parts_of(fit, teams, "CR2").scores[:, 1] for fit in fits])
    spread = parts.T @ parts
    df = float(cluster_robust(fits[0], teams).degrees_of_freedom[1])
    ratio = on_score / on_beginning if on_beginning else np.nan
    variance = spread[0, 0] - 2 * ratio * spread[0, 1] + ratio**2 * spread[1, 1]
    se = float(np.sqrt(variance) / abs(on_beginning)) if on_beginning else np.nan
    interval = _not_contradicted(on_score, on_beginning, spread, t_quantile(level, df))
    p = float(t_tail(on_score / np.sqrt(spread[0, 0]), df))
    return Estimate(ratio, se, df, interval, p)


def estimate_of(value: float, se: float, df: float, level: float = 0.95) -> Estimate:
    """With interval and p from the t distribution.

    Raises:
        EffectCannotBeEstimated: teams say nothing about how sure it is: there is one of a kind, or they differ in nothing.
    """
    if not (se > _NOTHING * max(1.0, abs(value)) and df > 0):
        raise no_effect(
            say("How sure the effect is cannot be told from these teams."),
            say("Find more teams of each group, or leave out a covariate."),
        )
    reach = t_quantile(level, df) * se
    return Estimate(value, se, df, Interval(value - reach, value + reach), float(t_tail(value / se, df)))


def columns_of(parts: Sequence[NDArray[np.float64]], teams: int) -> NDArray[np.float64]:
    """(T, q) covariates next to each other; none where there are none."""
    return np.column_stack([np.empty((teams, 0)), *parts]) if parts else np.empty((teams, 0))


def _not_contradicted(score: float, beginning: float, spread: NDArray[np.float64], limit: float) -> Interval:
    """Effects e with (score - e · beginning)² at most limit² times its variance."""
    square = beginning**2 - limit**2 * spread[1, 1]
    linear = -2 * (score * beginning - limit**2 * spread[0, 1])
    rest = score**2 - limit**2 * spread[0, 0]
    under = linear**2 - 4 * square * rest
    if square <= 0 or under < 0:
        return Interval(-np.inf, np.inf)
    return Interval(float((-linear - np.sqrt(under)) / (2 * square)), float((-linear + np.sqrt(under)) / (2 * square)))
