"""How items of one scale, and scores of all scales, go together in one organisation: what a freeze keeps of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.frozen import LEAST_ORGANISATIONS, LEAST_PEOPLE, STEP, ScoreScatter, pairs_within
from lerend.statistics.sufficient import Statistics


def pair_sums(
    statistics: Statistics, blocks: Sequence[int], scale_of: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(C, Q) people who answered both items of each pair of one scale, and the scatter in steps.

    Nothing for the pairs of a scale that fewer than fifty people of the organisation answered.
    """
    pairs = pairs_within(scale_of)
    n, steps = np.zeros((2, len(blocks), len(pairs)), dtype=np.int64)
    if not pairs or not blocks:
        return n, steps
    i, j = np.array(pairs).T
    for row, block in enumerate(blocks):
        known = _scored(statistics, block)[np.array(scale_of)[i]] >= LEAST_PEOPLE
        n[row] = np.where(known, statistics.pair_n[block][i, j], 0)
        steps[row] = np.where(known, np.rint(_scatter(statistics, block)[i, j] / STEP), 0)
    return n, steps


def shares_of(
    statistics: Statistics, blocks: Sequence[int], scale_of: Sequence[int], categories_of: Sequence[int]
) -> list[ScoreScatter]:
    """Scatter of the scores of every organisation of fifty people or more, and of the pool of the others if it may be."""
    parts = [_score_scatter(statistics, block, scale_of, categories_of) for block in blocks]
    large = [part for part in parts if part.people >= LEAST_PEOPLE]
    small = [part for part in parts if part.people < LEAST_PEOPLE]
    if len(small) >= LEAST_ORGANISATIONS and sum(part.people for part in small) >= LEAST_PEOPLE:
        large.append(small[0].pooled_with(small[1:]))
    return sorted((part.kept() for part in large), key=lambda part: part.organisations)


def _scored(statistics: Statistics, block: int) -> NDArray[np.int64]:
    """(S) people of one organisation who answered each scale."""
    if statistics.scale_people is None:
        raise ValueError("people per scale were not counted")
    inside = [unit[:1] == statistics.blocks[block] for unit in statistics.units]
    scored: NDArray[np.int64] = statistics.scale_people[inside].sum(axis=0)
    return scored


def _scatter(statistics: Statistics, block: int) -> NDArray[np.float64]:
    """(k, k) sum of products of distances to the means, over the people who answered both items."""
    n, sums = statistics.pair_n[block], statistics.pair_sum[block]
    scatter: NDArray[np.float64] = statistics.pair_product[block] - sums * sums.T / np.maximum(n, 1)
    return scatter


def _score_scatter(
    statistics: Statistics, block: int, scale_of: Sequence[int], categories_of: Sequence[int]
) -> ScoreScatter:
    """Of the scores that people would have had with all items: the mean over pairs of items, of those that are known.

    Nobody's score is needed for this, so that people who were asked half of the items count as well.
    """
    freedom = np.maximum(statistics.pair_n[block] - 1, 0).astype(np.float64)
    slope = 4 / (np.array(categories_of, dtype=np.float64) - 1)
    covariance = _scatter(statistics, block) * np.outer(slope, slope) / np.maximum(freedom, 1)
    belongs = np.array(
        [[scale == row for scale in scale_of] for row in range(len(statistics.scales))], dtype=np.float64
    )
    known = belongs @ (freedom > 0) @ belongs.T
    total = belongs @ np.where(freedom > 0, covariance, 0.0) @ belongs.T
    degrees = belongs @ freedom @ belongs.T / np.outer(belongs.sum(axis=1), belongs.sum(axis=1))
    inside = [unit[:1] == statistics.blocks[block] for unit in statistics.units]
    return ScoreScatter(
        organisations=(statistics.blocks[block],),
        people=int(statistics.people[inside].sum()),
        scale_people=_scored(statistics, block),
        scatter=total / np.maximum(known, 1) * degrees,
        degrees=degrees,
    )
