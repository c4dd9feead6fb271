"""Units of which so few people came or left since an earlier release that both means together would tell of them.

A trend that is not shown can still be computed by whoever lays the two releases side by side. So the later one leaves such
a unit out, per scale, unless both means leave everybody open over two points: those who stayed, who came and who left.
Where no people at all fit both means, those who stayed did not answer the same, and nothing follows about the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics
from lerend.disclosure.bounds import all_open, fits
from lerend.disclosure.cells import Cell
from lerend.disclosure.over_waves import masked
from lerend.release.value import UNITS, Release
from lerend.statistics.frozen import Group

_MOST_SPLITS = 64
"""More ways in which people can have come or left are not tried: then the unit is left out."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The means of one scale in an earlier release, and how many came or left since, per atom."""

    cells: tuple[Cell, ...]
    changed: Mapping[Group, int]


def without_changed_units(
    gate: GatedStatistics, cells: Sequence[Cell], earlier: Sequence[tuple[Release, Mapping[Path, int]]], *, k: int
) -> GatedStatistics:
    """The gated sums, with what the given cells may not show beside earlier releases withheld.

    Args:
        gate: the sums.
        cells: means of units that would be shown.
        earlier: releases of other waves, and people who came or left since, per unit.
        k: the smallest number of people.
    """
    hidden: set[tuple[Path, str]] = set()
    for release, changed in earlier:
        names = set(masked(tuple({cell.name for cell in cells}), changed, k=k))
        for scale in dict.fromkeys(cell.scale for cell in cells if cell.name in names):
            own = [cell for cell in cells if cell.scale == scale]
            before = tuple(cell for cell in release.cells if (cell.table, cell.scale) == (UNITS, scale))
            atoms = _atoms(gate, scale)
            still = {unit for group in atoms for unit in group}
            atoms |= {(unit,): 0 for unit in changed if unit not in still}
            moved = _Earlier(before, {group: sum(changed.get(unit, 0) for unit in group) for group in atoms})
            hidden |= {(name, scale) for name in _left_out(own, names, moved, atoms)}
    if len(gate.sums.organisations) == 1:
        hidden |= {((), scale) for name, scale in hidden if name == gate.sums.organisations[0]}
    return replace(gate, withheld=gate.withheld | hidden)


def _atoms(gate: GatedStatistics, scale: str) -> dict[Group, int]:
    people = gate.sums.scale_people[:, gate.sums.scales.index(scale)]
    return {group: int(n) for group, n in zip(gate.sums.groups, people, strict=True) if n > 0}


def _left_out(cells: Sequence[Cell], names: set[Path], earlier: _Earlier, atoms: Mapping[Group, int]) -> Iterator[Path]:
    """Changed units that may not be shown, the largest units tried first."""
    shown = [cell for cell in cells if cell.name not in names]
    for cell in sorted((cell for cell in cells if cell.name in names), key=lambda cell: (len(cell.name), cell.name)):
        same = tuple(before for before in earlier.cells if before.name == cell.name)
        alone = replace(earlier, cells=same)
        said_alike = len({each.words for each in (cell, *same)}) == 1
        if said_alike and _all_open([cell], alone, atoms) and _all_open([*shown, cell], earlier, atoms):
            shown.append(cell)
        else:
            yield cell.name


def _all_open(cells: Sequence[Cell], earlier: _Earlier, atoms: Mapping[Group, int]) -> bool:
    """Whether everybody stays open, however those who changed are divided into who came and who left."""
    figures = (*cells, *earlier.cells)
    inside = {group: n for group, n in atoms.items() if any(set(group) <= set(cell.groups) for cell in figures)}
    some = [group for group in inside if earlier.changed[group]]
    ways = list(product(*(range(min(earlier.changed[group], inside[group]) + 1) for group in some)))
    if len(ways) > _MOST_SPLITS or any(_cuts(cell, atoms) for cell in earlier.cells):
        return False
    return all(_open(cells, earlier, inside, dict(zip(some, came, strict=True))) for came in ways)


def _cuts(cell: Cell, atoms: Mapping[Group, int]) -> bool:
    """Whether an earlier mean is about a part of an atom."""
    units = set(cell.groups)
    return any(set(group) & units and not set(group) <= units for group in atoms)


def _open(cells: Sequence[Cell], earlier: _Earlier, atoms: Mapping[Group, int], came: Mapping[Group, int]) -> bool:
    figures = [
        (cell, when) for part, when in ((earlier.cells, 0), (cells, 1)) for cell in part if cell.mean is not None
    ]
    programme = _Rows(figures)
    for group, n in atoms.items():
        moved, joined = earlier.changed[group], came.get(group, 0)
        if moved:
            programme.add(group, n - joined, (True, True))
            programme.add(group, joined, (False, True))
            programme.add(group, moved - joined, (True, False))
        else:
            programme.add_unchanged(group, n)
    return programme.nobody_bounded()


class _Rows:
    """Which people are in which figures. Atoms in which nobody changed count as one where only their own means differ.

    What these means say together of the sum of such atoms is what the mean of all says that is made of them.
    """

    def __init__(self, figures: Sequence[tuple[Cell, int]]) -> None:
        self._figures = [(frozenset(cell.groups), when) for cell, when in figures]
        self._means = [float(cell.mean or 0) for cell, _ in figures]
        self._columns: list[tuple[tuple[bool, ...], int]] = []
        self._together: dict[tuple[tuple[bool, ...], tuple[bool, bool]], list[tuple[int, tuple[float, float]]]] = {}

    def add(self, group: Group, people: int, there: tuple[bool, bool]) -> None:
        """People of an atom who answered in the earlier wave, in this one, or in both."""
        if people > 0:
            column = tuple(there[when] and units >= set(group) for units, when in self._figures)
            self._columns.append((column, people))

    def add_unchanged(self, group: Group, people: int) -> None:
        own: dict[int, float] = {}
        column = []
        for (units, when), mean in zip(self._figures, self._means, strict=True):
            alone = units == set(group)
            column.append(units >= set(group) and not alone)
            if alone:
                own[when] = mean
        key = (tuple(column), (0 in own, 1 in own))
        if people > 0:
            self._together.setdefault(key, []).append((people, (own.get(0, 0.0), own.get(1, 0.0))))

    def nobody_bounded(self) -> bool:
        people = [n for _, n in self._columns]
        rows = [list(column) for column, _ in self._columns]
        means = list(self._means)
        extra: list[tuple[int, float]] = []
        for (column, known), parts in self._together.items():
            people.append(sum(n for n, _ in parts))
            rows.append(list(column))
            extra += [
                (len(rows) - 1, sum(n * own[when] for n, own in parts) / people[-1]) for when in (0, 1) if known[when]
            ]
        inside = np.array(rows, dtype=bool).reshape(len(people), len(means)).T
        alone = np.zeros((len(extra), len(people)), dtype=bool)
        alone[np.arange(len(extra)), [place for place, _ in extra]] = True
        groups = np.vstack([inside, alone])
        found = np.array([*means, *(mean for _, mean in extra)])
        some = groups.any(axis=1)
        if not some.any():
            return True
        return _nobody_bounded(groups[some], found[some], np.array(people, dtype=np.int64))


def _nobody_bounded(rows: NDArray[np.bool_], means: NDArray[np.float64], people: NDArray[np.int64]) -> bool:
    return not fits(rows, means, people) or all_open(rows, means, people)
