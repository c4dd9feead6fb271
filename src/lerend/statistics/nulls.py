"""How answers are spread when nobody agrees: what agreement is judged against."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray


class Null(StrEnum):
    """The published shapes. The skewed ones are for answers that are often given to please."""

    UNIFORM = "uniform"
    SLIGHT_SKEW = "slight_skew"
    TRIANGULAR = "triangular"
    NORMAL = "normal"
    MODERATE_SKEW = "moderate_skew"
    HEAVY_SKEW = "heavy_skew"


_SHARES_OF_FIVE: Final = {
    Null.SLIGHT_SKEW: (0.05, 0.15, 0.20, 0.35, 0.25),
    Null.TRIANGULAR: (0.11, 0.22, 0.34, 0.22, 0.11),
    Null.NORMAL: (0.07, 0.24, 0.38, 0.24, 0.07),
    Null.MODERATE_SKEW: (0.0, 0.10, 0.15, 0.40, 0.35),
    Null.HEAVY_SKEW: (0.0, 0.0, 0.10, 0.40, 0.50),
}
"""Shares of answers 1 to 5 (James, Demaree & Wolf 1984; LeBreton & Senter 2008); variances 1.34, 1.32, 1.04, .90, .44."""


def null_shares(categories: int, null: Null) -> NDArray[np.float64]:
    """(A,) share of each answer, from 1 to `categories`.

    All but the uniform shape are published for five categories; for another number the same cumulative shape (straight
    between its five steps) is cut into that many equal parts, which is a choice of ours.
    """
    if null is Null.UNIFORM:
        return np.full(categories, 1 / categories)
    below = np.concatenate([[0.0], np.cumsum(_SHARES_OF_FIVE[null])])
    return np.diff(np.interp(np.linspace(0, 1, categories + 1), np.linspace(0, 1, 6), below))


def null_variance(categories: int, null: Null) -> float:
    """Variance of answers 1 to `categories` when nobody agrees; (A² - 1) / 12 for the uniform shape."""
    if null is Null.UNIFORM:
        return (categories**2 - 1) / 12
    shares, answers = null_shares(categories, null), np.arange(1, categories + 1)
    return float(shares @ answers**2 - (shares @ answers) ** 2)
