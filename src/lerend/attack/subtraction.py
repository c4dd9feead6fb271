"""Attacker 2: take shown parts off shown wholes: over levels, over tables, over releases.

Written as one would do it with pencil and paper, and apart from attacker 1: wholes, and parts that do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.attack.crowd import Crowd
from lerend.attack.shown import Cell


def leftovers(cells: Sequence[Cell], crowd: Crowd, k: int) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Pairs of sums that differ by 1 to k - 1 people: what they are made of, and the classes that they differ by."""
    names, sums = _sums(cells, crowd)
    size = np.where(np.isinf(crowd.most), 1e9, crowd.most)
    people = sums @ size
    common = (sums * size) @ sums.T
    apart = np.rint(people[:, np.newaxis] + people - 2 * common)
    found: dict[tuple[int, ...], tuple[str, ...]] = {}
    for first, second in np.argwhere(np.triu((apart >= 1) & (apart < k), 1)).tolist():
        differ = tuple(np.flatnonzero(np.abs(sums[first] - sums[second]) * size > 0).tolist())
        found.setdefault(differ, (names[first], names[second]))
    return [(what, differ) for differ, what in found.items()]


def _sums(cells: Sequence[Cell], crowd: Crowd) -> tuple[list[str], NDArray[np.float64]]:
    """Nothing, every shown group, and for every whole its parts by unit, release or table."""
    names, rows = [""], [np.zeros(crowd.inside.shape[1], dtype=bool)]
    for index, cell in enumerate(cells):
        names.append(cell.label)
        rows.append(crowd.inside[index])
    parts_of = {(cell.release, cell.table) for cell in cells}
    for index, cell in enumerate(cells):
        for release, table in sorted(parts_of):
            family = [other for other, part in enumerate(cells) if (part.release, part.table) == (release, table)]
            union = _parts(index, family, crowd.inside)
            if union is not None:
                names.append(f"{cell.label} → {table}")
                rows.append(union)
    for release, table in sorted(parts_of):
        family = [other for other, part in enumerate(cells) if (part.release, part.table) == (release, table)]
        union = _parts(None, family, crowd.inside)
        if union is not None:
            names.append(table)
            rows.append(union)
    return names, np.array(rows, dtype=float)


def _parts(whole: int | None, family: Sequence[int], inside: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The largest parts of a whole (or of everything) that do not overlap, taken together; None when there are not two."""
    union = np.zeros(inside.shape[1], dtype=bool)
    count = 0
    for part in sorted(family, key=lambda index: -int(inside[index].sum())):
        strictly = whole is None or ((inside[part] <= inside[whole]).all() and (inside[part] != inside[whole]).any())
        if strictly and not (inside[part] & union).any():
            union |= inside[part]
            count += 1
    return union if count > 1 else None
