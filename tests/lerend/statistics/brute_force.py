"""Statistics by counting people one by one: slow, plain, and independent of the kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from lerend.answers.table import Path
from lerend.statistics.sufficient import Statistics


def brute_force_statistics(
    codes: ArrayLike,
    items: Sequence[str],
    paths: Sequence[Path],
    group: Sequence[int],
    block_depth: int = 1,
    categories: int = 5,
    with_tables: bool = False,
) -> Statistics:
    """Codes 1 to `categories` count, all others are missing; arguments as an `AnswerBatch` has them."""
    answers = [
        [int(code) if 1 <= code <= categories else 0 for code in person] for person in np.asarray(codes).tolist()
    ]
    units = sorted(set(paths))
    blocks = sorted({path[:block_depth] for path in units})
    k = len(items)
    people = np.zeros(len(units), dtype=np.int64)
    counts = np.zeros((len(units), k, categories), dtype=np.int64)
    pair_n, pair_sum, pair_product = (np.zeros((len(blocks), k, k), dtype=np.int64) for _ in range(3))
    tables = np.zeros((k, categories, k, categories), dtype=np.int64)
    for person, place in zip(answers, group, strict=True):
        unit, block = units.index(paths[place]), blocks.index(paths[place][:block_depth])
        people[unit] += any(person)
        answered = [item for item in range(k) if person[item]]
        for i in answered:
            counts[unit, i, person[i] - 1] += 1
            for j in answered:
                pair_n[block, i, j] += 1
                pair_sum[block, i, j] += person[i]
                pair_product[block, i, j] += person[i] * person[j]
                tables[i, person[i] - 1, j, person[j] - 1] += 1
    return Statistics(
        items=tuple(items),
        categories=categories,
        units=tuple(units),
        people=people,
        counts=counts,
        blocks=tuple(blocks),
        pair_n=pair_n,
        pair_sum=pair_sum,
        pair_product=pair_product,
        tables=tables if with_tables else None,
    )
