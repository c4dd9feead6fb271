"""Columns whose coefficients differ between groups, on one scale whatever their units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.problems import cannot_be_fitted, known
from lerend.wording import say

Floats = NDArray[np.float64]
_STILL: Final = 1e-12
"""A column that varies within groups by less than this share of its length does not vary there."""


@dataclass(frozen=True, slots=True, eq=False)
class RandomColumns:
    """Columns whose coefficients differ between groups, made comparable so that the search has one scale.

    Attributes:
        columns: (rows, q) an intercept, and slopes with mean 0 and variance 1.
        back: (q, q) from effects of these columns to those of the columns as they were given.
    """

    columns: Floats
    back: Floats


def random_columns(slopes: Mapping[str, ArrayLike], groups: NDArray[np.int64]) -> RandomColumns:
    """An intercept and the named (rows,) columns.

    Raises:
        CannotBeFitted: values are missing, not one for each row, or a column never varies within a group.
    """
    rows, q = len(groups), 1 + len(slopes)
    columns, back = np.ones((rows, q)), np.eye(q)
    for place, (name, values) in enumerate(slopes.items(), start=1):
        column = np.asarray(values, dtype=np.float64).reshape(-1)
        known(name, column)
        if len(column) != rows:
            what = say("There are {values} values for {rows} rows.", values=len(column), rows=rows)
            raise cannot_be_fitted(name, what, say("Give one value for each row."))
        mean, spread = float(column.mean()), float(column.std())
        size = np.bincount(groups)
        within = column - (np.bincount(groups, column) / size)[groups]
        if not np.linalg.norm(within) > _STILL * np.linalg.norm(column):
            what = say("This column does not vary within any group, so its coefficient cannot differ between groups.")
            raise cannot_be_fitted(name, what, say("Keep it in the design, but not among the slopes that differ."))
        columns[:, place] = (column - mean) / spread
        back[place, place], back[0, place] = 1 / spread, -mean / spread
    return RandomColumns(columns, back)
