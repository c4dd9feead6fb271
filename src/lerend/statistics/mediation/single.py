"""Mediation among people who are unrelated: two regressions and a product."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.mediation.columns import columns_of
from lerend.statistics.mediation.model import Mediation, Path, cautions_of, part_of, path_of
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.problems import cannot_be_fitted
from lerend.wording import say

_EXPLAINED: Final = 1 - 1e-12


def mediation(
    outcome: ArrayLike,
    mediator: ArrayLike,
    cause: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    by_lot: bool = False,
    level: float = 0.95,
) -> Mediation:
    """Paths by least squares (Baron & Kenny 1986): mediator by cause, outcome by cause and mediator.

    Args:
        outcome, mediator, cause: (rows,) numbers.
        covariates: (rows, k) columns that stand in all models.
        by_lot: whether the cause was drawn by lot.
        level: how sure the intervals are to be.

    Raises:
        CannotBeFitted: missing values, columns that follow from others, too few rows, or a mediator that follows from
            the cause.
    """
    y, m, x, rest, names = columns_of(outcome, mediator, cause, covariates)
    ones = np.ones(len(y))
    by_cause = np.column_stack([ones, x, rest])

    def path(explained: NDArray[np.float64], design: NDArray[np.float64], of: tuple[str, ...], name: str) -> Path:
        fit = least_squares(explained, design, names=("intercept", *of, *names))
        if fit.r_squared > _EXPLAINED:
            what = say("The other columns explain every difference of this one, so nothing is left to chance.")
            raise cannot_be_fitted("mediator" if explained is m else "outcome", what, say("Take fewer columns."))
        place = fit.place(name)
        return path_of(float(fit.estimate[place]), float(fit.standard_error[place]), fit.degrees_of_freedom, level)

    by_both = np.column_stack([ones, x, m, rest])
    paths = (
        path(m, by_cause, ("cause",), "cause"),
        path(y, by_both, ("cause", "mediator"), "mediator"),
        path(y, by_both, ("cause", "mediator"), "cause"),
        path(y, by_cause, ("cause",), "cause"),
    )
    part = part_of("people", paths, level)
    return Mediation("single level", (part,), None, {}, len(y), None, None, None, cautions_of(by_lot=by_lot))
