"""Frozen statistics in the form of ordinary ones, so that every later figure is computed by the same code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.frozen import STEP, FrozenStatistics, Group
from lerend.statistics.sufficient import Statistics

_JOINED = "\x1f"
"""Between the names of joined units; it is in no name that can be typed."""


def path_of(group: Group) -> Path:
    """Where a group of units stands in the tree: the unit itself, or a place of its own beside its units."""
    if len(group) == 1:
        return group[0]
    depth = len(group[0])
    return (*group[0][: depth - 1], _JOINED.join("/".join(unit[1:]) for unit in group)) if depth else ()


def statistics_of_frozen(frozen: FrozenStatistics, *, least: int = 0) -> Statistics:
    """Statistics with a unit for every group and a block for every organisation.

    Pairs of items of different scales are unknown (nobody answered both). The sums of a pair are made up so that its
    scatter is the one that was kept; those of an item with itself are exact, and come from its counts. Organisations
    without pairs have an empty block beside others that have them; where none has, they hold variances only.

    Args:
        least: organisations of fewer people leave no variances either.
    """
    order = sorted(range(len(frozen.groups)), key=lambda row: path_of(frozen.groups[row]))
    blocks = [_block(frozen, name, least) for name in _blocks(frozen)]
    # Of one programme in a thousand nobody is left who may be kept: then there are no blocks, of that size.
    size = (len(blocks), len(frozen.items), len(frozen.items))
    n, sums, products = (np.array([block[part] for block in blocks], np.int64).reshape(size) for part in range(3))
    return Statistics(
        items=frozen.items,
        categories=max(frozen.categories_of),
        units=tuple(path_of(frozen.groups[row]) for row in order),
        people=frozen.people[order],
        counts=frozen.counts[order],
        blocks=_blocks(frozen),
        pair_n=n,
        pair_sum=sums,
        pair_product=products,
        scales=frozen.scales,
        scale_people=frozen.scale_people[order],
    )


def _blocks(frozen: FrozenStatistics) -> tuple[Path, ...]:
    return frozen.organisations


def _block(frozen: FrozenStatistics, organisation: Path, least: int) -> tuple[NDArray[np.int64], ...]:
    """(k, k) n, sums and products of one organisation."""
    k = len(frozen.items)
    n, sums, products = np.zeros((3, k, k), dtype=np.int64)
    if (frozen.paired and organisation not in frozen.paired) or frozen.people_of(organisation) < least:
        return n, sums, products
    inside = [group[0][:1] == organisation for group in frozen.groups]
    counts = frozen.counts[inside].sum(axis=0)
    answers = np.arange(1, counts.shape[1] + 1)
    for part, power in ((n, 0), (sums, 1), (products, 2)):
        np.fill_diagonal(part, counts @ answers**power)
    if frozen.paired and frozen.pairs:
        _fill_pairs(frozen, frozen.paired.index(organisation), n, sums, products)
    return n, sums, products


def _fill_pairs(
    frozen: FrozenStatistics,
    row: int,
    n: NDArray[np.int64],
    sums: NDArray[np.int64],
    products: NDArray[np.int64],
) -> None:
    """Sums that would belong to those means and that scatter, in place."""
    i, j = np.array(frozen.pairs).T
    both = frozen.pair_n[row]
    mean = sums.diagonal() / np.maximum(n.diagonal(), 1)
    sum_i, sum_j = np.rint(both * mean[i]).astype(np.int64), np.rint(both * mean[j]).astype(np.int64)
    product = np.rint(STEP * frozen.pair_steps[row] + sum_i * sum_j / np.maximum(both, 1)).astype(np.int64)
    n[i, j] = n[j, i] = both
    sums[i, j], sums[j, i] = sum_i, sum_j
    products[i, j] = products[j, i] = np.where(both > 0, product, 0)
