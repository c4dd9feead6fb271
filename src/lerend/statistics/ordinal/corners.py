"""Contradictory corners: a few people who answer lowest where everybody else answers highest, and move a correlation.

A polychoric correlation takes such a person for one in a million, so ten of 5,400 can move it by more than .01. Mostly
they answered without reading, or an item was keyed the wrong way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.influence import Influence
from lerend.statistics.ordinal.solving import solve
from lerend.statistics.ordinal.tables import PairTables
from lerend.statistics.ordinal.thresholds import thresholds_of

_FEW: Final = 0.005
"""Share of the people below which a corner holds a handful."""
_UNLIKELY: Final = 5.0
"""How many times more people than expected make it a contradiction."""
_MOVES: Final = 0.01
"""Points of correlation from which it matters."""
_ROUGH: Final = 0.25
"""Share of these from which, to first order, it is worth looking."""


@dataclass(frozen=True, slots=True)
class CornerCell:
    """A handful of people in the corner of one table.

    Attributes:
        items: the two items.
        answers: what these people answered to them.
        people: how many they are.
        expected: how many there would be if they were like everybody else.
        moves: by how many points they move the correlation: it would be so much less without them.
    """

    items: tuple[str, str]
    answers: tuple[int, int]
    people: int
    expected: float
    moves: float


def contradictions(
    tables: PairTables, influence: Influence, correlation: NDArray[np.float64]
) -> tuple[CornerCell, ...]:
    """Corners against the direction of the correlation with few people, yet many times more than expected."""
    found = []
    for low_first in (True, False):
        first, second = np.triu_indices(len(tables.items), 1)
        last = tables.categories - 1
        rising = correlation > 0
        a = np.zeros_like(first) if low_first else last[first]
        b = np.where(rising, last[second], 0) if low_first else np.where(rising, 0, last[second])
        people = tables.tables[first, a, second, b]
        both = tables.tables[first, :, second, :].sum(axis=(1, 2))
        pair = np.arange(len(first))
        expected = both * influence.expected[pair, a, b]
        rough = influence.pairs[pair, a + 1, b + 1] * people / tables.people
        few = (people < _FEW * both) & (people > _UNLIKELY * expected) & (np.abs(rough) >= _MOVES * _ROUGH)
        some = _Cells(first[few], second[few], a[few], b[few])
        moves = correlation[few] - _without(tables, some)
        found += [
            CornerCell(
                items=(tables.items[some.first[p]], tables.items[some.second[p]]),
                answers=(tables.chosen[some.first[p]][some.a[p]], tables.chosen[some.second[p]][some.b[p]]),
                people=int(people[few][p]),
                expected=float(expected[few][p]),
                moves=float(moves[p]),
            )
            for p in np.flatnonzero(np.abs(moves) >= _MOVES)
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """One cell of each of some tables: answers a and b to the first and the second item."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    a: NDArray[np.intp]
    b: NDArray[np.intp]


def _without(tables: PairTables, some: _Cells) -> NDArray[np.float64]:
    """The correlation of each pair if the people of its cell were not there."""
    if not len(some.first):
        return np.zeros(0)
    each = np.arange(len(some.first))
    counts = tables.tables[some.first, :, some.second, :].copy()
    gone = counts[each, some.a, some.b]
    counts[each, some.a, some.b] = 0
    own, other = tables.counts[some.first].copy(), tables.counts[some.second].copy()
    own[each, some.a] = np.maximum(own[each, some.a] - gone, 1)
    other[each, some.b] = np.maximum(other[each, some.b] - gone, 1)
    return solve(thresholds_of(own), thresholds_of(other), counts.astype(np.float64))[0]
