"""Fixed effects of many levels, taken out of outcome and design instead of being columns.

By the theorem of Frisch, Waugh and Lovell the other coefficients stay the same. One factor is taken out by its group
means; several by doing so in turn until nothing moves (von Neumann's alternating projections).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.problems import as_codes, cannot_be_fitted
from lerend.wording import say

_ROUNDS: Final = 10_000
_STILL: Final = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Absorbed:
    """Fixed effects that are taken out.

    Attributes:
        codes: per factor the (rows,) level of each row.
        weight: (rows,) weights, or None.
        rank: how many coefficients they stand for.
    """

    codes: tuple[NDArray[np.int64], ...]
    weight: NDArray[np.float64] | None
    rank: int

    def taken_out(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """(rows,) or (rows, columns) values minus their (weighted) means per level.

        Raises:
            CannotBeFitted: several factors, and taking them out in turn does not come to an end.
        """
        left = values.reshape(len(values), -1).astype(np.float64)
        size = np.abs(left).max(axis=0) + 1e-300
        for _ in range(_ROUNDS):
            before = left
            for codes in self.codes:
                left = left - self._means(left, codes)[codes]
            if len(self.codes) == 1 or (np.abs(left - before).max(axis=0) <= _STILL * size).all():
                return left.reshape(values.shape)
        what = say("The fixed effects hang together so loosely that taking them out does not come to an end.")
        raise cannot_be_fitted("absorb", what, say("Give the factor with fewest levels as columns of the design."))

    def _means(self, values: NDArray[np.float64], codes: NDArray[np.int64]) -> NDArray[np.float64]:
        levels = int(codes.max()) + 1
        size = np.bincount(codes, weights=self.weight, minlength=levels)
        weighted = values if self.weight is None else values * self.weight[:, np.newaxis]
        sums = np.column_stack([np.bincount(codes, column, levels) for column in weighted.T])
        return sums / np.where(size > 0, size, 1.0)[:, np.newaxis]

    def nested_in(self, clusters: NDArray[np.int64]) -> bool:
        """Whether every level lies inside one cluster."""
        return all(
            len(np.unique(codes * (int(clusters.max()) + 1) + clusters)) == int(codes.max()) + 1 for codes in self.codes
        )

    def indicators(self) -> NDArray[np.float64]:
        """(rows, rank) columns that span the same."""
        blocks = [np.eye(int(codes.max()) + 1)[codes][:, min(place, 1) :] for place, codes in enumerate(self.codes)]
        columns = np.hstack(blocks)
        triangle = np.linalg.qr(columns, mode="r")
        kept = np.abs(np.diag(triangle)) > _STILL**0.5 * np.linalg.norm(columns, axis=0)
        return columns[:, kept]


def absorb_effects(factors: Sequence[ArrayLike], weight: NDArray[np.float64] | None, rows: int) -> Absorbed:
    """The fixed effects of one or more factors; raises `CannotBeFitted` for labels that do not go with the rows."""
    codes = tuple(as_codes(labels, rows, "absorb") for labels in factors)
    return Absorbed(codes, weight, _rank(codes, weight))


def _rank(codes: tuple[NDArray[np.int64], ...], weight: NDArray[np.float64] | None) -> int:
    """Levels, minus one for each group of levels that hang together: exact for two factors, seldom too high for more."""
    counted = slice(None) if weight is None else weight > 0
    kept = [np.unique(part[counted], return_inverse=True)[1] for part in codes]
    rank = int(kept[0].max()) + 1
    for place, part in enumerate(kept[1:], start=1):
        rank += int(part.max()) + 1 - _components(kept[place - 1], part)
    return rank


def _components(one: NDArray[np.intp], other: NDArray[np.intp]) -> int:
    from scipy.sparse import coo_array  # noqa: PLC0415 -- SciPy costs half a second to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 -- as above

    levels = int(one.max()) + 1
    size = levels + int(other.max()) + 1
    graph = coo_array((np.ones(len(one)), (one, levels + other)), shape=(size, size))
    return int(connected_components(graph, directed=False)[0])
