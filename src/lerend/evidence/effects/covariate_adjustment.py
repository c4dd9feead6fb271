"""A difference of two groups of people or teams, made sharper by what was measured before: four ways that aim at the same.

With a lot all four are right on average. The measurement before only takes away noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.between_teams import EFFECT, Estimate, estimate_of
from lerend.statistics.regression.cluster_robust import cluster_robust
from lerend.statistics.regression.least_squares import LeastSquares, least_squares

Adjustment: TypeAlias = Literal["none", "covariate", "interacted", "cuped"]
"""None; before as covariate (ANCOVA); with a slope for each group (Lin 2013); before taken out beforehand (Deng et al. 2013)."""
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A difference of two groups.

    Attributes:
        estimate: with errors that allow for unequal spread (HC2) and Satterthwaite's degrees of freedom.
        plain_error: standard error where all rows are taken to be spread alike.
        slopes: of the outcome on what was measured before, where it was taken out beforehand; else empty.
        less_variance: share of the variance of the outcome that taking it out removes; 0 for the other ways.
    """

    estimate: Estimate
    plain_error: float
    slopes: tuple[float, ...] = ()
    less_variance: float = 0.0


def adjusted_difference(
    outcome: Floats, begun: NDArray[np.bool_], before: Floats, how: Adjustment = "covariate", *, level: float = 0.95
) -> Adjusted:
    """Those that began minus the others.

    Args:
        outcome: (n,) one for each unit of the lot: teams where teams were drawn, people only where people were.
        begun: (n,).
        before: (n, q) known before the lot.

    Raises:
        CannotBeFitted: too few rows, or a column that is a sum of others.
    """
    centred = before - before.mean(axis=0)
    if how == "none":
        return _told(_fit(outcome, begun, np.empty((len(outcome), 0))), level)
    if how == "interacted":
        return _told(_fit(outcome, begun, np.column_stack([centred, centred * begun[:, None]])), level)
    if how == "covariate":
        return _told(_fit(outcome, begun, centred), level)
    slopes = _slopes(outcome, centred)
    cleaned = outcome - centred @ slopes
    found = _told(_fit(cleaned, begun, np.empty((len(outcome), 0))), level)
    less = 1 - float(cleaned.var() / outcome.var())
    return Adjusted(found.estimate, found.plain_error, tuple(slopes.tolist()), less)


def _slopes(outcome: Floats, centred: Floats) -> Floats:
    names = ("level", *(f"before {place + 1}" for place in range(centred.shape[1])))
    return least_squares(outcome, np.column_stack([np.ones(len(outcome)), centred]), names=names).estimate[1:]


def _fit(outcome: Floats, begun: NDArray[np.bool_], columns: Floats) -> LeastSquares:
    names = ("level", EFFECT, *(f"before {place + 1}" for place in range(columns.shape[1])))
    return least_squares(outcome, np.column_stack([np.ones(len(outcome)), begun, columns]), names=names)


def _told(fit: LeastSquares, level: float) -> Adjusted:
    robust = cluster_robust(fit, np.arange(fit.rows))
    estimate = estimate_of(
        float(robust.estimate[1]), float(robust.standard_error[1]), float(robust.degrees_of_freedom[1]), level
    )
    return Adjusted(estimate, float(fit.standard_error[1]))
