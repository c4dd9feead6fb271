"""What a tree of units is: order, depth, paths and how many people stand below each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lerend_web.organisations.models import Unit

LONGEST_NAME: Final = 120
MOST_LEVELS: Final = 12
MOST_PEOPLE: Final = 1_000_000
"""In one unit; more is a typing error."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A unit where it stands.

    Attributes:
        path: names from the outside in, its own last.
        people: its own people and those of all units below it.
        below: how many units stand directly below it.
    """

    unit: Unit
    depth: int
    path: tuple[str, ...]
    people: int
    below: int

    @property
    def where(self) -> str:
        return " > ".join(self.path)

    @property
    def above(self) -> str:
        return " > ".join(self.path[:-1])


def tree_rows(units: Iterable[Unit]) -> list[TreeRow]:
    """Every unit of one organisation, each below its parent, in the order in which they were made."""
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    rows: list[TreeRow] = []
    walk: list[tuple[Unit, int, tuple[str, ...]]] = [(unit, 0, ()) for unit in reversed(children[None])]
    while walk:
        unit, depth, above = walk.pop()
        path = (*above, unit.name)
        rows.append(TreeRow(unit, depth, path, 0, len(children[unit.pk])))
        walk += [(child, depth + 1, path) for child in reversed(children[unit.pk])]
    return _with_people(rows)


def _with_people(rows: list[TreeRow]) -> list[TreeRow]:
    people: defaultdict[int | None, int] = defaultdict(int)
    for row in reversed(rows):
        people[row.unit.pk] += row.unit.headcount
        people[row.unit.parent_id] += people[row.unit.pk]
    return [TreeRow(row.unit, row.depth, row.path, people[row.unit.pk], row.below) for row in rows]


def below(unit: Unit, units: Iterable[Unit]) -> set[int]:
    """Ids of the unit itself and of everything below it."""
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for one in units:
        children[one.parent_id].append(one.pk)
    found: set[int] = set()
    walk = [unit.pk]
    while walk:
        found.add(one_id := walk.pop())
        walk += [child for child in children[one_id] if child not in found]
    return found
