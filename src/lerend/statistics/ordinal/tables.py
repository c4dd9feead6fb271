"""How often each pair of answers was given, for all pairs of items at once: all that polychoric correlations need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.trouble import no_tables, too_few_categories, too_few_people
from lerend.statistics.sufficient import Statistics

_LEAST_PEOPLE: Final = 2
MOST_CATEGORIES: Final = 20
_PEOPLE_AT_A_TIME: Final = 4096
"""Small enough for the cache; counts stay below 2**24, where single precision holds whole numbers exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class PairTables:
    """Counts of answers and of pairs of answers. Categories that nobody chose are left out, the rest moves up.

    Attributes:
        items: ids, in the order of every item axis (k items).
        chosen: for each item the codes that occur, from low to high; a gap in them is a category that nobody chose.
        people: how many people there are, whatever they answered.
        counts: (k, A) how often each occurring category was chosen, A the largest number of them; zeros at the end.
        tables: (k, A, k, A) how often each pair of categories was chosen.
    """

    items: tuple[str, ...]
    chosen: tuple[tuple[int, ...], ...]
    people: int
    counts: NDArray[np.int64]
    tables: NDArray[np.int64]

    @property
    def categories(self) -> NDArray[np.int64]:
        """(k,) how many categories occur."""
        return np.array([len(codes) for codes in self.chosen], dtype=np.int64)

    @property
    def complete(self) -> bool:
        """Whether everybody answered every item."""
        return bool((self.counts.sum(axis=1) == self.people).all())


def pair_tables(
    codes: NDArray[np.uint8], items: Sequence[str], *, lowest: int = 1
) -> tuple[PairTables, NDArray[np.uint8]]:
    """Count all pairs of answers.

    Args:
        codes: (people, k) answers from 1 up to 20; everything else is missing.
        items: ids of the k columns.
        lowest: what code 1 is called in `chosen`: 0 for answers that were counted from 0.

    Returns:
        The tables, and the codes (k, people) renumbered as the tables are: 1 to the number of occurring categories.

    Raises:
        ModelCannotBeFitted: fewer than two people, or an item in which everybody answered the same.
    """
    if len(codes) < _LEAST_PEOPLE:
        raise too_few_people(len(codes), _LEAST_PEOPLE)
    columns = np.ascontiguousarray(np.where(codes <= MOST_CATEGORIES, codes, 0).T.astype(np.uint8, copy=False))
    found = np.stack([np.bincount(column, minlength=MOST_CATEGORIES + 1) for column in columns])
    chosen = _occurring(found[:, 1:], items)
    renumber = np.zeros((len(items), MOST_CATEGORIES + 1), dtype=np.uint8)
    for item, occurring in enumerate(chosen):
        renumber[item, list(occurring)] = np.arange(1, len(occurring) + 1)
    if any(occurring != tuple(range(1, len(occurring) + 1)) for occurring in chosen):
        columns = np.stack([renumber[item][column] for item, column in enumerate(columns)])
    most = max(len(occurring) for occurring in chosen)
    counts = np.zeros((len(items), most), dtype=np.int64)
    for item, occurring in enumerate(chosen):
        counts[item, : len(occurring)] = found[item, list(occurring)]
    tables = _counted(columns, counts)
    called = tuple(tuple(code + lowest - 1 for code in occurring) for occurring in chosen)
    return PairTables(tuple(items), called, len(codes), counts, tables), columns


def tables_of_statistics(statistics: Statistics, items: Sequence[str]) -> PairTables:
    """The same from sums that were gathered with tables of pairs.

    Raises:
        ModelCannotBeFitted: the sums hold no tables, or an item in which everybody answered the same.
        ValueError: an item is not in the statistics.
    """
    if statistics.tables is None:
        raise no_tables()
    missing = [item for item in items if item not in statistics.items]
    if missing:
        raise ValueError(f"not in these statistics: {', '.join(missing)}")
    position = [statistics.items.index(item) for item in items]
    everybody = statistics.tables[
        np.ix_(position, range(statistics.categories), position, range(statistics.categories))
    ]
    each = np.arange(len(items))
    found = everybody[each, :, each, :].diagonal(axis1=1, axis2=2)
    chosen = _occurring(found, items)
    most = max(len(occurring) for occurring in chosen)
    counts = np.zeros((len(items), most), dtype=np.int64)
    narrow = np.zeros((len(items), most, *everybody.shape[2:]), dtype=np.int64)
    for item, occurring in enumerate(chosen):
        kept = [code - 1 for code in occurring]
        counts[item, : len(kept)] = found[item, kept]
        narrow[item, : len(kept)] = everybody[item, kept]
    tables = np.zeros((len(items), most, len(items), most), dtype=np.int64)
    for item, occurring in enumerate(chosen):
        tables[:, :, item, : len(occurring)] = narrow[:, :, item, [code - 1 for code in occurring]]
    return PairTables(tuple(items), chosen, int(statistics.people.sum()), counts, tables)


def _occurring(found: NDArray[np.int64], items: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    chosen = tuple(tuple(int(code) + 1 for code in np.flatnonzero(row)) for row in found)
    constant = [item for item, occurring in zip(items, chosen, strict=True) if len(occurring) < 2]
    if constant:
        raise too_few_categories(constant)
    return chosen


def _counted(columns: NDArray[np.uint8], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """(k, A, k, A) by products of zeros and ones; where nothing is missing the lowest category is what is left over."""
    k, people = columns.shape
    most = counts.shape[1]
    complete = bool((counts.sum(axis=1) == people).all())
    first = 2 if complete else 1
    width = most + 1 - first
    sums = np.zeros((width * k, width * k), dtype=np.float64)
    for start in range(0, people, _PEOPLE_AT_A_TIME):
        part = columns[:, start : start + _PEOPLE_AT_A_TIME]
        ones = np.empty((width, k, part.shape[1]), dtype=np.float32)
        for row in range(width):
            np.equal(part, first + row, out=ones[row], casting="unsafe")
        flat = ones.reshape(width * k, -1)
        sums += flat @ flat.T
    tables = sums.astype(np.int64).reshape(width, k, width, k).transpose(1, 0, 3, 2)
    return _with_lowest(tables, counts, people) if complete else np.ascontiguousarray(tables)


def _with_lowest(tables: NDArray[np.int64], counts: NDArray[np.int64], people: int) -> NDArray[np.int64]:
    k, most = counts.shape
    above = counts[:, 1:]
    whole = np.empty((k, most, k, most), dtype=np.int64)
    whole[:, 1:, :, 1:] = tables
    whole[:, 1:, :, 0] = above[:, :, np.newaxis] - tables.sum(axis=3)
    whole[:, 0, :, 1:] = above[np.newaxis, :, :] - tables.sum(axis=1)
    whole[:, 0, :, 0] = people - above.sum(axis=1)[np.newaxis, :] - whole[:, 1:, :, 0].sum(axis=1)
    return whole
