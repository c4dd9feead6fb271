"""The one pass over answers: batches in, sums out. Everything after it costs the same for a hundred people or a million.

Products of answers are taken by single-precision matrix multiplication on blocks so small that every sum stays below
2**24, where single precision still holds each whole number exactly; the blocks are then added as 64-bit integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch, Path
from lerend.statistics.sufficient import Statistics

_PEOPLE_AT_A_TIME: Final = 2048
"""Small enough for the cache; 2048 x 10 x 10 stays far below 2**24."""


def statistics_of(
    batch: AnswerBatch,
    *,
    categories: int,
    block_depth: int = 1,
    with_tables: bool = False,
    scales: Mapping[str, Sequence[str]] | None = None,
) -> Statistics:
    """Sums over the people of one batch.

    Args:
        batch: codes 1 to `categories` are counted, every other code is missing.
        categories: the largest number of answer categories of any item, at most 10.
        block_depth: how many parts of a path name the group that holds second-order sums (1: the company; 0: one
            group for everybody).
        with_tables: also count all pairs of categories.
        scales: items of each scale, to count the people who answered at least one of them.
    """
    if not 2 <= categories <= 10:
        raise ValueError("categories must lie between 2 and 10")
    units, unit = _sorted_units(batch)
    blocks = tuple(sorted({path[:block_depth] for path in units}))
    place_of = {path: place for place, path in enumerate(blocks)}
    block_of_unit = np.array([place_of[path[:block_depth]] for path in units], dtype=np.int64)
    order = np.argsort(unit.astype(np.min_scalar_type(len(units))), kind="stable")
    codes = np.take(_answers_only(batch.codes, categories), order, axis=0, mode="clip")
    unit = unit[order]
    edges = np.searchsorted(block_of_unit[unit], np.arange(len(blocks) + 1))
    pair_n, pair_sum, pair_product = np.zeros((3, len(blocks), len(batch.items), len(batch.items)), dtype=np.int64)
    for block, (low, high) in enumerate(pairwise(edges)):
        _add_pair_sums(codes[low:high], pair_n[block], pair_sum[block], pair_product[block])
    return Statistics(
        items=batch.items,
        categories=categories,
        units=units,
        people=np.bincount(unit[codes.any(axis=1)], minlength=len(units)).astype(np.int64),
        counts=_counts(codes, unit, len(units), categories),
        blocks=blocks,
        pair_n=pair_n,
        pair_sum=pair_sum,
        pair_product=pair_product,
        tables=_tables(codes, categories) if with_tables else None,
        scales=tuple(scales or ()),
        scale_people=_scale_people(codes, unit, len(units), batch.items, scales or {}),
    )


def _answers_only(codes: NDArray[np.uint8], categories: int) -> NDArray[np.uint8]:
    if codes.size == 0 or codes.max() <= categories:
        return codes
    answers = np.arange(256, dtype=np.uint8)
    answers[categories + 1 :] = 0
    return answers[codes]


def _sorted_units(batch: AnswerBatch) -> tuple[tuple[Path, ...], NDArray[np.int64]]:
    units = tuple(sorted(set(batch.paths)))
    position = {path: index for index, path in enumerate(units)}
    renumbered = np.array([position[path] for path in batch.paths], dtype=np.int64)
    return units, renumbered[batch.group] if len(renumbered) else batch.group.astype(np.int64)


def _counts(codes: NDArray[np.uint8], unit: NDArray[np.int64], n_units: int, categories: int) -> NDArray[np.int64]:
    """(units, items, categories): how often each category was chosen."""
    width = categories + 1
    counts = np.empty((n_units, codes.shape[1], categories), dtype=np.int64)
    shifted = unit * width
    for item, column in enumerate(np.ascontiguousarray(codes.T)):
        counts[:, item] = np.bincount(shifted + column, minlength=n_units * width).reshape(n_units, width)[:, 1:]
    return counts


def _scale_people(
    codes: NDArray[np.uint8],
    unit: NDArray[np.int64],
    n_units: int,
    items: tuple[str, ...],
    scales: Mapping[str, Sequence[str]],
) -> NDArray[np.int64]:
    """(units, scales): people who answered at least one item of the scale."""
    people = np.zeros((n_units, len(scales)), dtype=np.int64)
    for column, members in enumerate(scales.values()):
        answered = codes[:, [items.index(member) for member in members]].any(axis=1)
        people[:, column] = np.bincount(unit[answered], minlength=n_units)
    return people


def _in_parts(codes: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """(items, people) arrays of a few thousand people each."""
    for start in range(0, len(codes), _PEOPLE_AT_A_TIME):
        yield np.ascontiguousarray(codes[start : start + _PEOPLE_AT_A_TIME].T)


def _add_pair_sums(
    codes: NDArray[np.uint8], n: NDArray[np.int64], sums: NDArray[np.int64], products: NDArray[np.int64]
) -> None:
    """Add one block's people to its (items, items) sums, in place."""
    for part in _in_parts(codes):
        x = part.astype(np.float32)
        _add_whole(products, x @ x.T)
        answered = part > 0
        if answered.all():
            n += part.shape[1]
            _add_whole(sums, x.sum(axis=1)[:, np.newaxis])
        else:
            m = answered.astype(np.float32)
            _add_whole(n, m @ m.T)
            _add_whole(sums, x @ m.T)


def _add_whole(sums: NDArray[np.int64], part: NDArray[np.float32]) -> None:
    np.add(sums, part, out=sums, casting="unsafe")


def _tables(codes: NDArray[np.uint8], categories: int) -> NDArray[np.int64]:
    """(items, A, items, A): how often each pair of categories was chosen.

    The lowest category needs no columns of its own where nothing is missing: its counts are what is left over.
    """
    k = codes.shape[1]
    answered = codes > 0
    complete = bool(answered.all())
    chosen = range(2 if complete else 1, categories + 1)
    width = len(chosen)
    sums = np.zeros((width * k, width * k), dtype=np.float64)
    for part in _in_parts(codes):
        x = np.empty((width, k, part.shape[1]), dtype=np.float32)
        for row, category in enumerate(chosen):
            np.equal(part, category, out=x[row], casting="unsafe")
        flat = x.reshape(width * k, -1)
        sums += flat @ flat.T
    tables = sums.astype(np.int64).reshape(width, k, width, k).transpose(1, 0, 3, 2)
    return _with_lowest_category(tables, codes, categories) if complete else np.ascontiguousarray(tables)


def _with_lowest_category(tables: NDArray[np.int64], codes: NDArray[np.uint8], categories: int) -> NDArray[np.int64]:
    people, k = codes.shape
    item = np.arange(k)
    margins = tables[item, :, item, :].diagonal(axis1=1, axis2=2)
    whole = np.empty((k, categories, k, categories), dtype=np.int64)
    whole[:, 1:, :, 1:] = tables
    whole[:, 1:, :, 0] = margins[:, :, np.newaxis] - tables.sum(axis=3)
    whole[:, 0, :, 1:] = margins[np.newaxis, :, :] - tables.sum(axis=1)
    whole[:, 0, :, 0] = people - margins.sum(axis=1)[np.newaxis, :] - whole[:, 1:, :, 0].sum(axis=1)
    return whole
