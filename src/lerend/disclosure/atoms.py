"""Atoms: the smallest groups about which anything may be shown.

Everybody is in exactly one atom of at least k people, made by rolling up the organisation's tree: units that are too
small are taken together below the same parent, and what is still too small takes the smallest atom below that parent
with it. A group is shown only when it is a union of atoms. Then every figure that can be derived from shown figures, by
whatever subtraction, is about at least k people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lerend.answers.table import Path

Atom: TypeAlias = frozenset[Path]
"""The units whose people are taken together."""


def atoms(people: Mapping[Path, int], *, k: int, changed: Sequence[Mapping[Path, int]] = ()) -> tuple[Atom, ...]:
    """Partition all units that hold people into groups of at least `k` people.

    Args:
        people: number of people per finest unit, by path.
        k: the smallest number of people.
        changed: per earlier wave, how many people came or left per unit; of an atom that is nobody, or `k` people or more.

    Returns:
        Nothing at all when everybody together is fewer than `k`, or changed by fewer.
    """
    counted = {path: n for path, n in people.items() if n > 0}
    found, loose = _roll_up((), counted, _Enough(k, counted, changed))
    if loose:
        return ()
    return tuple(sorted(found, key=sorted))


def groups_to_show(atoms_of_all: tuple[Atom, ...], *, depth: int) -> frozenset[Path]:
    """The groups at one depth of the tree (0: everybody) that are a union of atoms and hold somebody."""
    whole: set[Path] = set()
    cut: set[Path] = set()
    for atom in atoms_of_all:
        groups = {unit[:depth] for unit in atom}
        (whole if len(groups) == 1 else cut).update(groups)
    return frozenset(group for group in whole - cut if len(group) == depth)


def atom_of(unit: Path, atoms_of_all: tuple[Atom, ...]) -> Atom:
    """The atom that holds a unit; empty when there is none."""
    return next((atom for atom in atoms_of_all if unit in atom), frozenset())


@dataclass(frozen=True, slots=True)
class _Enough:
    """Whether units taken together may be an atom."""

    k: int
    people: Mapping[Path, int]
    changed: Sequence[Mapping[Path, int]]

    def __call__(self, units: Atom) -> bool:
        moved = (sum(wave.get(unit, 0) for unit in units) for wave in self.changed)
        return _size(units, self.people) >= self.k and not any(0 < n < self.k for n in moved)


def _roll_up(node: Path, people: Mapping[Path, int], enough: _Enough) -> tuple[list[Atom], Atom]:
    """The atoms below a node, and the units that are still too few together."""
    found: list[Atom] = []
    loose: Atom = frozenset({node}) if node in people else frozenset()
    for child, below in _by_child(node, people).items():
        child_atoms, child_loose = _roll_up(child, below, enough)
        found += child_atoms
        loose |= child_loose
    while loose and not enough(loose) and found:
        smallest = min(found, key=lambda atom: (_size(atom, people), sorted(atom)))
        found.remove(smallest)
        loose |= smallest
    if loose and enough(loose):
        return [*found, loose], frozenset()
    return found, loose


def _by_child(node: Path, people: Mapping[Path, int]) -> dict[Path, dict[Path, int]]:
    children: dict[Path, dict[Path, int]] = {}
    for path in sorted(people):
        if len(path) > len(node):
            children.setdefault(path[: len(node) + 1], {})[path] = people[path]
    return children


def _size(atom: Atom, people: Mapping[Path, int]) -> int:
    return sum(people[path] for path in atom)
