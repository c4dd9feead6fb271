"""Attacker 3: between which scores each person must lie, given everything that is shown, by linear programming.

People of one class who met the same items have the same bounds, so that one question is asked for each such kind of
people. Kinds of which it is plain that they are free are not asked: when two others of the class could have given their
answers to each other, nothing that is shown changes. Where answers are not known, that is seen from answers with which
everything shown would hold. The other questions go to the solver in one stacked programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.attack.crowd import Person
from lerend.attack.programme import Block, Sum, possible_totals, solved
from lerend.attack.shown import Cell, Distribution

ENOUGH = 2.0
"""Points of the scale that must stay open for everybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """People whom nothing shown tells apart and who answered the same items."""

    group: int
    met: tuple[bool, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The scores that a kind of people can have had; `people` are places in the list of members."""

    people: tuple[int, ...]
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Everybody who answered a scale, by class.

    Attributes:
        group: (people) class of each.
        met: (people, items) who answered what.
        codes: (people, items) the answers, 0 where there is none; None for people of whom only the number is known.
        inside: (groups of cells and distributions, classes).
        count: (classes, items) how many answered.
    """

    group: NDArray[np.intp]
    met: NDArray[np.bool_]
    codes: NDArray[np.int64] | None
    inside: NDArray[np.bool_]
    count: NDArray[np.int64]


def members_of(people: Sequence[Person], items: Sequence[str], groups: Sequence[Cell], *, known: bool) -> Members:
    """Sort people into classes that the groups of the shown figures tell apart."""
    inside = np.array([[person.is_in(cell) for person in people] for cell in groups], dtype=bool)
    inside = inside.reshape(len(groups), len(people))
    columns, group = np.unique(inside, axis=1, return_inverse=True)
    codes = np.array([[person.answers.get(item, 0) for item in items] for person in people]).reshape(
        len(people), len(items)
    )
    met = codes > 0
    count = np.zeros((columns.shape[1], len(items)), dtype=np.int64)
    np.add.at(count, group.ravel(), met)
    return Members(group.ravel(), met, codes if known else None, columns, count)


def kinds(members: Members) -> Iterator[Kind]:
    place: dict[tuple[int, tuple[bool, ...]], list[int]] = {}
    for person, (group, met) in enumerate(zip(members.group.tolist(), members.met.tolist(), strict=True)):
        if members.inside[:, group].any():
            place.setdefault((group, tuple(met)), []).append(person)
    for (group, met), people in place.items():
        yield Kind(group, met, tuple(people))


def plainly_free(
    kind: Kind, members: Members, with_counts: NDArray[np.bool_], totals: NDArray[np.float64] | None = None
) -> bool:
    """Whether exchanges with others of the class alone leave two points open.

    Args:
        kind: who is asked about.
        members: everybody.
        with_counts: (items) of which something about the separate answers is shown; there only whole answers can be
            exchanged, elsewhere points can.
        totals: (classes, items) possible sums of answers, for people whose answers are not known.
    """
    if members.codes is None:
        return totals is not None and _free_beside(kind, members.count, with_counts, totals)
    own = members.codes[members.group == kind.group]
    widths = []
    for item in np.flatnonzero(kind.met):
        answers = own[own[:, item] > 0, item]
        points = _points(len(answers) - 1, answers.sum())
        widths.append(answers.max() - answers.min() if with_counts[item] else points)
    return float(np.mean(widths)) >= ENOUGH


def _free_beside(
    kind: Kind, count: NDArray[np.int64], with_counts: NDArray[np.bool_], totals: NDArray[np.float64]
) -> bool:
    met = np.flatnonzero(kind.met)
    widths = [
        0.0 if with_counts[item] else _points(count[kind.group, item] - 1, totals[kind.group, item]) for item in met
    ]
    return float(np.mean(widths)) >= ENOUGH


def _points(others: int, total: float) -> float:
    """How far one answer of a class can move when the others make up for it."""
    return float(min(5, total - others) - max(1, total - 5 * others))


def bounds(members: Members, sums: Sequence[Sum], counts: Sequence[tuple[int, int, Distribution]]) -> list[Bounds]:
    """Bounds of the kinds that are not plainly free; ends are those of the whole scale where the figures contradict.

    Args:
        members: who answered.
        sums: what means say; over which classes.
        counts: (group, item, distribution) what distributions say.
    """
    with_counts = np.zeros(members.count.shape[1], dtype=bool)
    with_counts[[item for _, item, _ in counts]] = True
    totals = None
    if members.codes is None:
        nobody = (False,) * members.count.shape[1]
        totals = possible_totals(Block(members.count, members.inside, sums, counts, -1, nobody))
    asked = [kind for kind in kinds(members) if not plainly_free(kind, members, with_counts, totals)]
    if not asked:
        return []
    blocks = [Block(members.count, members.inside, sums, counts, kind.group, kind.met) for kind in asked]
    return [Bounds(kind.people, low, high) for kind, (low, high) in zip(asked, solved(blocks), strict=True)]
