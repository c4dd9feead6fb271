"""Adding statistics: batches of one file, waves of one company, companies that share only their sums."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.sufficient import Statistics


def add(one: Statistics, other: Statistics) -> Statistics:
    """The statistics of both groups of people together; units and blocks with the same path become one.

    Raises:
        ValueError: the two are not about the same items, or only one of them holds tables.
    """
    if one.items != other.items or one.categories != other.categories or one.scales != other.scales:
        raise ValueError("only statistics of the same items and scales can be added")
    if (one.tables is None) != (other.tables is None):
        raise ValueError("either both or none must hold tables")
    units = tuple(sorted({*one.units, *other.units}))
    blocks = tuple(sorted({*one.blocks, *other.blocks}))
    return Statistics(
        items=one.items,
        categories=one.categories,
        units=units,
        people=_placed(units, one.units, one.people, other.units, other.people),
        counts=_placed(units, one.units, one.counts, other.units, other.counts),
        blocks=blocks,
        pair_n=_placed(blocks, one.blocks, one.pair_n, other.blocks, other.pair_n),
        pair_sum=_placed(blocks, one.blocks, one.pair_sum, other.blocks, other.pair_sum),
        pair_product=_placed(blocks, one.blocks, one.pair_product, other.blocks, other.pair_product),
        scales=one.scales,
        scale_people=(
            None
            if one.scale_people is None or other.scale_people is None
            else _placed(units, one.units, one.scale_people, other.units, other.scale_people)
        ),
        tables=None if one.tables is None or other.tables is None else one.tables + other.tables,
    )


def total(parts: Iterable[Statistics]) -> Statistics:
    """The sum of at least one part."""
    return reduce(add, parts)


def _placed(
    paths: tuple[Path, ...],
    one_paths: tuple[Path, ...],
    one: NDArray[np.int64],
    other_paths: tuple[Path, ...],
    other: NDArray[np.int64],
) -> NDArray[np.int64]:
    if one_paths == other_paths:
        return one + other
    position = {path: index for index, path in enumerate(paths)}
    sums = np.zeros((len(paths), *one.shape[1:]), dtype=np.int64)
    sums[[position[path] for path in one_paths]] += one
    sums[[position[path] for path in other_paths]] += other
    return sums
