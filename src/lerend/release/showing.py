"""Means of units and distributions of items, from gated sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics, means_of
from lerend.diagnosis.visibility import Visibility
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.cells import Cell
from lerend.release.value import UNITS


@dataclass(frozen=True, slots=True, eq=False)
class UnitSums:
    """Gated sums of the units at one depth: people (U, S), counts (U, k, A), and the units behind them per scale."""

    paths: tuple[Path, ...]
    people: NDArray[np.int64]
    counts: NDArray[np.int64]
    behind: dict[tuple[Path, int], tuple[Path, ...]]


def unit_sums(gate: GatedStatistics, depth: int) -> UnitSums:
    """Sums of all groups that lie in one unit at this depth."""
    sums = gate.sums
    inside = [row for row, group in enumerate(sums.groups) if len({unit[:depth] for unit in group}) == 1]
    inside = [row for row in inside if len(sums.groups[row][0]) >= depth]
    names = [sums.groups[row][0][:depth] for row in inside]
    paths = tuple(sorted(set(names)))
    position = {path: index for index, path in enumerate(paths)}
    place = [position[name] for name in names]
    people = np.zeros((len(paths), len(sums.scales)), dtype=np.int64)
    counts = np.zeros((len(paths), *sums.counts.shape[1:]), dtype=np.int64)
    np.add.at(people, place, sums.scale_people[inside])
    np.add.at(counts, place, sums.counts[inside])
    behind: dict[tuple[Path, int], set[Path]] = {}
    for row, name in zip(inside, names, strict=True):
        for scale in np.flatnonzero(sums.scale_people[row] > 0):
            behind.setdefault((name, int(scale)), set()).update(sums.groups[row])
    return UnitSums(paths, people, counts, {key: tuple(sorted(units)) for key, units in behind.items()})


def shown_units(gate: GatedStatistics, visibility: Visibility, depth: int, scale: int) -> frozenset[Path]:
    """Units of which this scale may be shown: they are themselves shown, and a union of the scale's atoms."""
    return visibility.units(depth) & visibility.shown(scale, depth) if gate.sums.groups else frozenset()


def unit_cells(gate: GatedStatistics, visibility: Visibility, scales: tuple[str, ...], k: int) -> Iterator[Cell]:
    """The mean of every unit and scale that may be shown; the whole of one organisation is that organisation."""
    depths = range(len(gate.sums.groups[0][0]) + 1)
    several = len(gate.sums.organisations) > 1
    for depth in depths if several or len(depths) == 1 else depths[1:]:
        sums = unit_sums(gate, depth)
        for scale, name in enumerate(scales):
            yield from _cells_of_scale(gate, sums, name, shown_units(gate, visibility, depth, scale), k)


def _cells_of_scale(
    gate: GatedStatistics, sums: UnitSums, scale: str, shown: frozenset[Path], k: int
) -> Iterator[Cell]:
    row = gate.sums.scales.index(scale)
    items = np.flatnonzero(np.array(gate.sums.scale_of) == row)
    categories = np.array(gate.sums.categories_of, dtype=np.int64)[items]
    means = means_of(sums.counts[:, items], categories)
    for unit, path in enumerate(sums.paths):
        n = int(sums.people[unit, row])
        if path not in shown or n < k:
            continue
        words = gate.words_for(path, scale)
        mean = None if words else nearest(float(means[unit]), 0.1)
        yield Cell(UNITS, path, scale, sums.behind[path, row], people_band(n, k=k), mean, words)
