"""Groups of frozen statistics taken together, where a later rule wants larger ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lerend.disclosure.atoms import Atom
from lerend.statistics.frozen import FrozenStatistics, Group


def coarsened(
    frozen: FrozenStatistics, wanted: Sequence[Atom], of_scale: Mapping[int, Sequence[Atom]] | None = None
) -> FrozenStatistics:
    """The same sums; no group, of people or of any scale, cuts one of the wanted atoms any more.

    Args:
        frozen: the sums.
        wanted: atoms for everything.
        of_scale: further atoms for some scales alone, by row.
    """
    more = of_scale or {}
    layers = [_joined(frozen, frozen.people > 0, wanted)]
    layers += [
        _joined(frozen, frozen.scale_people[:, scale] > 0, (*wanted, *more.get(scale, ())))
        for scale in range(len(frozen.scales))
    ]
    groups = tuple(sorted({group for layer in layers for group in layer.values()}))
    position = {group: row for row, group in enumerate(groups)}
    people = np.zeros(len(groups), dtype=np.int64)
    scored = np.zeros((len(groups), len(frozen.scales)), dtype=np.int64)
    counts = np.zeros((len(groups), *frozen.counts.shape[1:]), dtype=np.int64)
    for old, group in layers[0].items():
        people[position[group]] += frozen.people[old]
    for scale, layer in enumerate(layers[1:]):
        items = np.flatnonzero(np.array(frozen.scale_of) == scale)
        for old, group in layer.items():
            scored[position[group], scale] += frozen.scale_people[old, scale]
            counts[position[group], items] += frozen.counts[old, items]
    return replace(frozen, groups=groups, people=people, scale_people=scored, counts=counts)


def _joined(frozen: FrozenStatistics, held: NDArray[np.bool_], wanted: Sequence[Atom]) -> dict[int, Group]:
    """Per group that holds people, the group that it becomes part of."""
    parts = [({int(row)}, set(frozen.groups[row])) for row in np.flatnonzero(held)]
    for atom in wanted:
        touched = [part for part in parts if part[1] & atom]
        if len(touched) > 1:
            rows = {row for part in touched for row in part[0]}
            units = {unit for part in touched for unit in part[1]}
            parts = [part for part in parts if not part[1] & atom] + [(rows, units)]
    return {row: tuple(sorted(units)) for rows, units in parts for row in rows}
