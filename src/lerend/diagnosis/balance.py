"""Where a whole would say more about one of its atoms than that atom's own mean does.

A scale is the mean of its items. Where the people of an atom answered its items in other proportions than those of the
whole did (rotating forms, skipped items), the whole is no weighted mean of its atoms: taken off it, they leave a figure
about single answers. In the extreme, an item of the whole was answered by one atom alone.

Somebody whose score moves by two points, and colleagues who move the other way so that the atom's mean stays, move the
whole by at most

    2 · (I_t / I) / n_eff · (largest − smallest of n_tj / N_j)

with n_tj of the N_j people of the whole who answered item j in the atom, I_t of the I items asked there, and n_eff as in
`lerend.disclosure.homogeneity`. Where that is hidden by the rounding of the whole, it tells nothing. Nor does it where
people of the atom could have given each other's points on the *same* items: that moves no figure at all. An item with total
S of n people leaves the answer of each open from max(1, S − 5(n − 1)) to min(5, S − (n − 1)). Where neither helps, the
atom is joined with the smallest other one of that whole, for that scale, until one of them does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.coarser import coarsened
from lerend.disclosure.atoms import Atom
from lerend.disclosure.homogeneity import LEAST_WIDTH, effective_people
from lerend.statistics.frozen import FrozenStatistics, Group

MOST_MOVED: Final = 0.05
"""How far a whole may move with somebody's score: half of the step in which it is shown."""
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Balanced:
    """Sums in which no whole tells more of an atom than the atom does.

    Attributes:
        sums: as frozen, with atoms of some scales joined.
        withheld: (unit, scale) that is not shown: everybody together, whose atoms belong to organisations of their own.
    """

    sums: FrozenStatistics
    withheld: frozenset[tuple[Path, str]]


def balanced(frozen: FrozenStatistics, parts: Sequence[frozenset[str]]) -> Balanced:
    """Join the atoms of every whole that would tell too much, from the lowest units up.

    Args:
        frozen: sums of closed waves; every group is an atom of a scale.
        parts: the items that one person can have answered, one set per form; empty where anybody may have answered
            everything.
    """
    joined: dict[int, list[Atom]] = {}
    withheld: set[tuple[Path, str]] = set()
    for row, scale in enumerate(frozen.scales):
        items = np.flatnonzero(np.array(frozen.scale_of) == row)
        rows = np.flatnonzero(frozen.scale_people[:, row] > 0)
        names = [frozen.items[item] for item in items]
        held = [[item in part for item in names] for part in parts] or [[True] * len(names)]
        slope = 4 / (np.array(frozen.categories_of)[items] - 1)
        steps = frozen.counts[:, items] @ np.arange(frozen.counts.shape[2]) * slope
        atoms = {frozen.groups[g]: np.stack([frozen.counts[g][items].sum(axis=1), steps[g]]) for g in rows}
        wanted, everybody = _joined(atoms, np.array(held, dtype=bool))
        if wanted:
            joined[row] = wanted
        if not everybody:
            withheld.add(((), scale))
    return Balanced(coarsened(frozen, (), joined) if joined else frozen, frozenset(withheld))


_Sums: TypeAlias = NDArray[np.float64]
"""(2, I) of an atom, per item: people who answered, and their points above the lowest answer, of four each."""


def _joined(atoms: dict[Group, _Sums], parts: NDArray[np.bool_]) -> tuple[list[Atom], bool]:
    """The atoms to make of those of one scale, and whether everybody together may be shown beside them."""
    found, now = dict(atoms), {group: group for group in atoms}
    for groups in _wholes(atoms):
        inside = list(dict.fromkeys(now[group] for group in groups))
        while (worst := _told_most([found[group] for group in inside], parts)) is not None:
            first = inside.pop(worst)
            second = min(inside, key=lambda group: (found[group][0].sum(), group))
            inside.remove(second)
            both = tuple(sorted((*first, *second)))
            found[both] = found.pop(first) + found.pop(second)
            inside.append(both)
            now |= {group: both for group, other in now.items() if other in (first, second)}
    wanted = [frozenset(group) for group in found if group not in atoms]
    several = len({group[0][:1] for group in found}) > 1
    return wanted, not several or _told_most(list(found.values()), parts) is None


def _wholes(atoms: Iterable[Group]) -> Iterator[list[Group]]:
    """The atoms of every unit that is a union of some and lies within one organisation, the deepest units first."""
    inside: dict[Path, list[Group]] = {}
    cut: set[Path] = set()
    for group in atoms:
        units = {path[:depth] for path in group for depth in range(1, len(path) + 1)}
        for unit in units:
            if all(path[: len(unit)] == unit for path in group):
                inside.setdefault(unit, []).append(group)
            else:
                cut.add(unit)
    for unit in sorted(inside.keys() - cut, key=lambda path: (-len(path), path)):
        yield inside[unit]


def _told_most(atoms: Sequence[_Sums], parts: NDArray[np.bool_]) -> int | None:
    """Of which of some atoms their whole tells most that its own mean does not; None where it tells of nobody."""
    sums = np.array(atoms)
    effective = effective_people(sums[:, 0].astype(np.int64), parts)
    kept = np.flatnonzero(effective >= LEAST_WIDTH)
    n, points = sums[kept, 0], sums[kept, 1]
    if len(kept) < 2:
        return None
    total = n.sum(axis=0)
    share = n / np.maximum(total, 1)
    most, least = share.max(axis=1), np.where(n > 0, share, 1.0).min(axis=1)
    asked = (n > 0).sum(axis=1) / max(int((total > 0).sum()), 1)
    moved = LEAST_WIDTH * asked / effective[kept] * (most - least)
    moved[_open_on_each_item(n, points) >= LEAST_WIDTH] = 0
    worst = int(moved.argmax())
    return int(kept[worst]) if moved[worst] > MOST_MOVED + _TINY else None


def _open_on_each_item(n: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(T) points over which each score stays open by exchanges on the same items, whichever of them somebody answered."""
    width = np.minimum(4, points) - np.maximum(0, points - 4 * (n - 1))
    least: NDArray[np.float64] = np.where(n > 0, width, 4.0).min(axis=1)
    return least
