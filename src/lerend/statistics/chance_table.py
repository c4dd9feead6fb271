"""What agreement must reach to be more than chance, for groups of every size on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.statistics.chance import (
    chance_agreement,
    chance_deviation,
    chance_deviation_of_related_items,
    chance_of_related_items,
)
from lerend.statistics.covariance import within_covariance
from lerend.statistics.nulls import Null
from lerend.statistics.sufficient import Statistics

_MOST_RATERS: Final = 30
"""Larger groups get the value of this many, which asks for a little more than is needed."""
_UNRELATED: Final = 0.05
"""Items that correlate less are taken as unrelated, for which counting is exact."""


@dataclass(frozen=True, slots=True)
class ChanceTable:
    """Critical values for a scale.

    Attributes:
        categories, items: of the scale.
        correlation: between the items within groups; from .05 on agreement by chance is drawn instead of counted.
        level: how often chance may reach the values.
        seed: where the draws start.
    """

    categories: int
    items: int
    correlation: float
    level: float = 0.05
    seed: int = 1

    def rwg(self, raters: int, null: Null) -> float | None:
        """The smallest agreement that is more than chance, for several items of the whole scale."""
        size = min(raters, _MOST_RATERS)
        if self._related:
            drawn = chance_of_related_items(
                size, self.categories, self.items, self.correlation, null=null, seed=self.seed
            )
            return drawn.critical(self.level)
        return chance_agreement(size, self.categories, self.items, null).critical(self.level)

    def deviation(self, raters: int, null: Null) -> float | None:
        """What the average deviation from the mean may be at most."""
        size = min(raters, _MOST_RATERS)
        if self._related:
            drawn = chance_deviation_of_related_items(
                size, self.categories, self.items, self.correlation, null=null, seed=self.seed
            )
            return drawn.critical(self.level)
        return chance_deviation(size, self.categories, self.items, null).critical(self.level)

    @property
    def _related(self) -> bool:
        return self.items > 1 and self.correlation >= _UNRELATED


def correlation_within(statistics: Statistics, items: Sequence[str]) -> float:
    """The mean correlation between items within the finest units, at least 0 and below 1; 0 where it is not known."""
    depth = max((len(path) for path in statistics.units), default=0)
    matrix = within_covariance(statistics, items, depth=depth).matrix
    if len(items) < 2 or np.isnan(matrix).any() or (matrix.diagonal() <= 0).any():
        return 0.0
    deviation = np.sqrt(matrix.diagonal())
    correlations = (matrix / np.outer(deviation, deviation))[np.triu_indices(len(items), 1)]
    return float(np.clip(correlations.mean(), 0.0, 0.99))
