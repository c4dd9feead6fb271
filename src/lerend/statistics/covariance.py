"""Means and covariances of answers, from sums alone, on the 1 to 5 scale.

People who were not asked an item, or skipped it, are missing for that item only: a covariance is taken over everybody
who answered both items. Where nothing is missing every number here is the textbook one, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.answer_sums import answer_sums
from lerend.statistics.finer_units import between_units, chosen_pairs, finer_units, same_people, shared_pairs
from lerend.statistics.sufficient import Statistics
from lerend.statistics.units import cut, finer_than_blocks


@dataclass(frozen=True, slots=True, eq=False)
class Covariance:
    """Covariances of the answers to some items, in points of the 1 to 5 scale.

    Attributes:
        items: ids, in the order of every axis (k items).
        mean: (k,) mean over everybody who answered the item; NaN where nobody did.
        matrix: (k, k) covariances; NaN where fewer than two people (beyond one a group) answered both items.
        pair_n: (k, k) how many people answered both.
        freedom: (k, k) degrees of freedom of each covariance: people minus groups where nothing is missing.
    """

    items: tuple[str, ...]
    mean: NDArray[np.float64]
    matrix: NDArray[np.float64]
    pair_n: NDArray[np.int64]
    freedom: NDArray[np.float64]

    @property
    def known(self) -> bool:
        """Whether every two items were answered by enough people together."""
        return not bool(np.isnan(self.matrix).any())

    @property
    def people(self) -> float:
        """People that an interval may count on: those behind the least known covariance."""
        return float(self.freedom.min()) + 1 if self.freedom.size else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class UnitMeans:
    """Means per unit, in points of the 1 to 5 scale.

    Attributes:
        units: paths, sorted (G of them).
        people: (G,) how many people gave at least one answer, to any item of the statistics.
        item_n: (G, k) how many answered each item.
        mean: (G, k) item means; NaN where nobody in the unit answered the item.
        score: (G,) the mean of the item means; NaN where any of them is.
    """

    units: tuple[Path, ...]
    people: NDArray[np.int64]
    item_n: NDArray[np.int64]
    mean: NDArray[np.float64]
    score: NDArray[np.float64]


def total_covariance(
    statistics: Statistics, items: Sequence[str], *, categories_of: Mapping[str, int] | None = None
) -> Covariance:
    """Covariances over everybody, whatever unit they are in; see `within_covariance`."""
    return within_covariance(statistics, items, depth=0, categories_of=categories_of)


def within_covariance(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int = 1,
    categories_of: Mapping[str, int] | None = None,
) -> Covariance:
    """Covariances within units, pooled over the units.

    Exact for the blocks of the statistics and for anything coarser. For finer units (teams in a company) only
    first-order sums exist; then the covariance between the units is taken off. That is exact where nothing is missing.
    Where something is, how many people in a unit answered both items is taken to follow the numbers who answered each
    (`pair_counts`), and the divisor is the one that keeps the estimate unbiased given those numbers.

    Args:
        items: ids of the items, any order.
        depth: how many parts of a path name a unit; 0 for no units at all.
        categories_of: how many answer categories an item has, for items with fewer than `statistics.categories`.

    Raises:
        ValueError: an item is not in the statistics.
    """
    chosen = _positions(statistics, items)
    n, sums, products = _block_sums(statistics, chosen, depth)
    with np.errstate(divide="ignore", invalid="ignore"):
        # n * products - sums * sums is a whole number below 2**63, so nothing is lost before the division
        scatter = np.where(n > 0, (n * products - sums * sums.transpose(0, 2, 1)) / n, 0.0).sum(axis=0)
    freedom = np.maximum(n - 1, 0).sum(axis=0).astype(np.float64)
    if finer_than_blocks(statistics.blocks, depth):
        between, lost = between_units(finer_units(statistics, chosen, depth))
        scatter -= between
        freedom -= lost
    slope = _slopes(statistics, items, categories_of)
    enough = freedom > 1e-9
    matrix = np.where(enough, scatter / np.where(enough, freedom, 1.0), np.nan) * np.outer(slope, slope)
    return Covariance(
        items=tuple(items),
        mean=unit_means(statistics, items, depth=0, categories_of=categories_of).mean[0],
        matrix=matrix,
        pair_n=n.sum(axis=0),
        freedom=np.where(enough, freedom, 0.0),
    )


def unit_means(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int | None = None,
    categories_of: Mapping[str, int] | None = None,
) -> UnitMeans:
    """Item means and scale score per unit; the score is the mean of the item means, never of person means.

    Args:
        depth: how many parts of a path name a unit; None for the finest units there are, 0 for everybody as one.
    """
    units, people, counts = unit_counts(statistics, items, depth=depth)
    sums = answer_sums(counts)
    mean = 1 + _slopes(statistics, items, categories_of) * (sums.mean - 1)
    score = mean.mean(axis=1) if len(items) else np.full(len(units), np.nan)
    return UnitMeans(units=units, people=people, item_n=sums.n.astype(np.int64), mean=mean, score=score)


def unit_counts(
    statistics: Statistics, items: Sequence[str], *, depth: int | None = None
) -> tuple[tuple[Path, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Paths, people (G,) and counts (G, k, A) of the units that `depth` parts of a path name."""
    chosen = _positions(statistics, items)
    units = cut(statistics.units, depth)
    return units.units, units.added(statistics.people), units.added(np.take(statistics.counts, chosen, axis=1))


def nothing_missing(statistics: Statistics, items: Sequence[str]) -> bool:
    """Whether everybody who answered one of the items answered them all."""
    return same_people(chosen_pairs(statistics.pair_n, _positions(statistics, items)))


def pair_counts(statistics: Statistics, items: Sequence[str], *, depth: int) -> NDArray[np.float64]:
    """(G, k, k) how many people of each unit answered both items.

    Known for blocks and anything coarser. Within a block, units share out its known number in proportion to the two
    numbers who answered each item over the unit's people, which is exact where nothing is missing.
    """
    chosen = _positions(statistics, items)
    if finer_than_blocks(statistics.blocks, depth):
        return shared_pairs(finer_units(statistics, chosen, depth))
    return _block_sums(statistics, chosen, depth)[0].astype(np.float64)


def score_covariance(covariance: Covariance, scales: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """(S, S) covariances of scale scores, each the mean of its items, from the covariances of the items."""
    position = {item: index for index, item in enumerate(covariance.items)}
    weights = np.zeros((len(scales), len(covariance.items)))
    for row, items in enumerate(scales):
        weights[row, [position[item] for item in items]] = 1 / len(items)
    return weights @ covariance.matrix @ weights.T


def between_sum_of_squares(size: NDArray[np.float64], mean: NDArray[np.float64]) -> float:
    """Sum over groups of size times squared distance to the mean of all."""
    grand = float(size @ mean) / float(size.sum())
    return float(size @ (mean - grand) ** 2)


def _positions(statistics: Statistics, items: Sequence[str]) -> list[int]:
    position = {item: index for index, item in enumerate(statistics.items)}
    missing = [item for item in items if item not in position]
    if missing:
        raise ValueError(f"not in these statistics: {', '.join(missing)}")
    return [position[item] for item in items]


def _slopes(
    statistics: Statistics, items: Sequence[str], categories_of: Mapping[str, int] | None
) -> NDArray[np.float64]:
    categories = [(categories_of or {}).get(item, statistics.categories) for item in items]
    return 4 / (np.array(categories, dtype=np.float64) - 1)


def _block_sums(statistics: Statistics, chosen: list[int], depth: int) -> tuple[NDArray[np.int64], ...]:
    """pair_n, pair_sum and pair_product of the chosen items, blocks of the same cut path added."""
    blocks = cut(statistics.blocks, depth)
    parts = (statistics.pair_n, statistics.pair_sum, statistics.pair_product)
    return tuple(blocks.added(chosen_pairs(part, chosen)) for part in parts)
