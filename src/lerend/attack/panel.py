"""Attacker 4: units of two waves that differ by 1 to k - 1 people, when those who stayed answered the same."""

from __future__ import annotations

from collections.abc import Sequence

from lerend.attack.crowd import Crowd
from lerend.attack.row_space import small_groups
from lerend.attack.shown import Cell, Shown


def changes(cells: Sequence[Cell], crowd: Crowd, shown: Shown) -> list[tuple[int, ...]]:
    """Sets of fewer than k people who came or went, computable from figures of different waves together.

    What one wave says alone is left to attacker 1. A trend of a masked unit is not counted here: there the linear
    programme says whether the two figures tell anything about anybody.
    """
    hidden = {unit for masked in shown.masked for unit in masked}
    kept = [index for index, cell in enumerate(cells) if cell.mean is not None and cell.name not in hidden]
    waves = [shown.waves[cells[index].release] for index in kept]
    if len(set(waves)) < 2:
        return []
    together = set(small_groups(crowd.only(kept), shown.k))
    for wave in set(waves):
        own = [index for index, each in zip(kept, waves, strict=True) if each == wave]
        together -= set(small_groups(crowd.only(own), shown.k))
    return sorted(together)
