"""How much agreement arises by chance: the exact distribution of rwg when everybody answers at random."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_ROUNDING: Final = 1e-9
"""Values of rwg closer together than this are the same value."""


@dataclass(frozen=True, slots=True, eq=False)
class ChanceAgreement:
    """Every value that rwg (one item) or rwg(j) can take, and how often it does by chance.

    Attributes:
        values: ascending, from 0 to 1; answers spread wider than the null count as 0.
        probability: of each value; sums to 1.
    """

    values: NDArray[np.float64]
    probability: NDArray[np.float64]

    def of_at_least(self, value: float) -> float:
        """Probability of this much agreement or more."""
        return float(self.probability[self.values >= value - _ROUNDING].sum())

    def critical(self, level: float = 0.05) -> float | None:
        """The smallest value that chance reaches at most this often; None where even full agreement comes oftener."""
        tail = self.probability[::-1].cumsum()[::-1]
        reached = np.flatnonzero(tail <= level + 1e-12)
        return float(self.values[reached[0]]) if len(reached) else None


@lru_cache(maxsize=256)
def chance_agreement(raters: int, categories: int, items: int = 1) -> ChanceAgreement:
    """The exact distribution when `raters` people answer every item at random, all answers equally likely.

    Counting is over sums and sums of squares of the answers, which is what the variance depends on; no simulation.
    Items are independent here. Items that go together agree more by chance: for five items that correlate .5 and ten
    raters the 5 % value is .66 instead of .59 (Cohen, Doveh & Nahum-Shani 2009).

    Raises:
        ValueError: fewer than two raters or categories, or no item.
    """
    if raters < 2 or categories < 2 or items < 1:
        raise ValueError("chance agreement needs two raters, two categories and an item")
    one = _scatter_probability(raters, categories)
    scatter = one
    for _ in range(items - 1):
        scatter = np.convolve(scatter, one)
    possible = np.flatnonzero(scatter > 0)
    null = (categories**2 - 1) / 12
    spread = possible / (items * raters * (raters - 1) * null)
    agreed = items * (1 - np.minimum(spread, 1.0))
    values, place = np.unique((agreed / (agreed + np.minimum(spread, 1.0))).round(12), return_inverse=True)
    probability = np.bincount(place, weights=scatter[possible]).astype(np.float64)
    for array in (values, probability):
        array.setflags(write=False)  # the same value is handed out again
    return ChanceAgreement(values, probability)


def critical_rwg(raters: int, categories: int, *, items: int = 1, level: float = 0.05) -> float | None:
    """The smallest rwg or rwg(j) that is more than chance; None where no value is."""
    return chance_agreement(raters, categories, items).critical(level)


def _scatter_probability(raters: int, categories: int) -> NDArray[np.float64]:
    """Probability of each value of n times the sum of squares minus the square of the sum, indexed by that value."""
    top = categories - 1
    reached = np.zeros((raters * top + 1, raters * top**2 + 1))
    reached[0, 0] = 1.0
    for rater in range(raters):
        sums, squares = rater * top + 1, rater * top**2 + 1
        before = reached[:sums, :squares].copy()
        reached[:sums, :squares] = 0.0
        for answer in range(categories):
            reached[answer : answer + sums, answer**2 : answer**2 + squares] += before / categories
    total, square = np.nonzero(reached)
    return np.bincount(raters * square - total**2, weights=reached[total, square]).astype(np.float64)
