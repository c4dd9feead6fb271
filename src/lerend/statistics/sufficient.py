"""Sufficient statistics: sums that add up, and from which everything later is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path

FORMAT: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Sums over people, per unit (first order) and per block of units (second order).

    Attributes:
        items: ids, in the order of every item axis (k items).
        categories: the largest number of answer categories (A).
        units: paths of the finest groups, sorted (G of them).
        people: (G,) how many people gave at least one answer.
        counts: (G, k, A) how often each category was chosen.
        blocks: paths of the groups that hold second-order sums, sorted (C of them, e.g. companies).
        pair_n: (C, k, k) how many people answered both items.
        pair_sum: (C, k, k), entry [c, i, j] the sum of the answers to i among people who answered i and j.
        pair_product: (C, k, k) sum of the product of both answers.
        tables: (k, A, k, A) how often each pair of categories was chosen, over everybody; None unless asked for.
        scales: names of sets of items (S of them).
        scale_people: (G, S) how many people answered at least one item of each set.

    All arrays are int64, so adding is exact. Adding joins units and blocks by their path.
    """

    items: tuple[str, ...]
    categories: int
    units: tuple[Path, ...]
    people: NDArray[np.int64]
    counts: NDArray[np.int64]
    blocks: tuple[Path, ...]
    pair_n: NDArray[np.int64]
    pair_sum: NDArray[np.int64]
    pair_product: NDArray[np.int64]
    tables: NDArray[np.int64] | None = None
    scales: tuple[str, ...] = ()
    scale_people: NDArray[np.int64] | None = None
    format: int = FORMAT

    def __add__(self, other: Statistics) -> Statistics:
        from lerend.statistics.addition import add  # noqa: PLC0415 -- addition builds on this value

        return add(self, other)
