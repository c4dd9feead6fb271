"""What lies between groups and what lies within them, kept apart: two questions, two columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.problems import as_codes, known


def within_and_between(values: ArrayLike, groups: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(rows,) deviations from the group's mean, and (rows,) the group's mean itself.

    With both in a design the first coefficient says what goes with a person standing above colleagues, the second
    what goes with a team standing above other teams; one column alone mixes the two (Raudenbush & Bryk 2002). A group
    mean of few people is measured with error: what it says about the group is too close to zero by the factor ICC(2).

    Raises:
        CannotBeFitted: missing values, or not one label for each value.
    """
    column = np.asarray(values, dtype=np.float64).reshape(-1)
    known("values", column)
    codes = as_codes(groups, len(column), "groups")
    size = np.bincount(codes)
    mean = (np.bincount(codes, column) / np.maximum(size, 1))[codes]
    return column - mean, np.asarray(mean, dtype=np.float64)
