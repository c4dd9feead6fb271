"""Outcome, mediator, cause and covariates, checked."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.problems import as_design

Values = NDArray[np.float64]


def columns_of(
    outcome: ArrayLike, mediator: ArrayLike, cause: ArrayLike, covariates: ArrayLike | None
) -> tuple[Values, Values, Values, Values, tuple[str, ...]]:
    """(rows,) outcome, mediator and cause, (rows, k) covariates and their names.

    Raises:
        CannotBeFitted: lengths differ, or a value is missing.
    """
    y = np.asarray(outcome, dtype=np.float64).reshape(-1)
    m, x = (np.asarray(of, dtype=np.float64).reshape(-1, 1) for of in (mediator, cause))
    for name, column in (("mediator", m), ("cause", x)):
        as_design(y, column, (name,))
    rest = np.empty((len(y), 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    rest = rest.reshape(len(rest), -1)
    names = tuple(f"covariate {place}" for place in range(1, rest.shape[1] + 1))
    as_design(y, rest, names)
    return y, m[:, 0], x[:, 0], rest, names
