"""The lots that could have been drawn instead: what the test of the lot itself compares with.

Within each block the starts that were drawn are dealt again in every way. Given how many teams of each block begin when,
all these ways were equally likely, so the test is exact for the lot that was really drawn, with its blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import factorial, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.pilot import Assigned, PilotDesign

BY_LOT: Final = 12
"""Up to so many teams the lot itself is the primary test."""
LEVEL: Final = 0.05
"""Up to this two-sided p an outcome counts as more than chance."""
MOST: Final = 20_000
"""Lots that are all looked at; where there are more, so many are drawn."""


def ways_of(design: PilotDesign) -> int:
    """How many lots could have been drawn; 1 where no lot decided."""
    return prod(_ways(starts) for starts, _rows in _blocks(design))


def least_p(design: PilotDesign) -> float:
    """The smallest two-sided p that the lot can give, had every wave been looked at.

    That of the most extreme lot; and of its mirror image, where there is one because two groups share each block equally.
    """
    twins = [set(Counter(starts).values()) for starts, _rows in _blocks(design)]
    mirrored = len(design.arms) == 2 and all(len(sizes) == 1 for sizes in twins)
    return (2 if mirrored else 1) / ways_of(design)


def lots_suffice(design: PilotDesign) -> bool:
    """Whether the lot, where it is the primary test, can tell the clearest outcome from chance."""
    few = design.kind.tested_by_lot and len(design.placements) <= BY_LOT
    return not few or least_p(design) <= LEVEL


def other_lots(design: PilotDesign, seed: int = 0) -> NDArray[np.int64]:
    """(lots, teams) the wave at which each team begins (`waves` for never); the real lot is the first row.

    Args:
        seed: for drawing, where there are more than `MOST`.
    """
    real = starts_of(design)
    if ways_of(design) > MOST:
        return _drawn(design, real, seed)
    parts = [(rows, np.array(list(_dealt(starts)), dtype=np.int64)) for starts, rows in _blocks(design)]
    lots = np.repeat(real[None, :], ways_of(design), axis=0)
    chosen = np.indices([len(dealt) for _rows, dealt in parts]).reshape(len(parts), len(lots))
    for (rows, dealt), places in zip(parts, chosen, strict=True):
        lots[:, rows] = dealt[places]
    is_real = (lots == real).all(axis=1)
    return np.concatenate([real[None, :], lots[~is_real]])


def starts_of(design: PilotDesign) -> NDArray[np.int64]:
    """(teams) the wave at which each begins; the number of waves for those that do not."""
    return np.array([design.waves if one.begins is None else one.begins for one in design.placements], dtype=np.int64)


def _blocks(design: PilotDesign) -> list[tuple[tuple[int, ...], NDArray[np.int64]]]:
    """Per block of the lot the starts that were drawn, and whose they are."""
    starts = starts_of(design)
    names = sorted({one.block for one in design.placements if one.assigned is Assigned.LOT})
    found = []
    for name in names:
        rows = [r for r, one in enumerate(design.placements) if one.block == name and one.assigned is Assigned.LOT]
        found.append((tuple(int(start) for start in starts[rows]), np.array(rows, dtype=np.int64)))
    return found


def _ways(starts: tuple[int, ...]) -> int:
    return factorial(len(starts)) // prod(factorial(times) for times in Counter(starts).values())


def _dealt(starts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All different orders of these starts."""
    left = Counter(starts)

    def following(so_far: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(so_far) == len(starts):
            yield so_far
            return
        for start in sorted(left):
            if left[start]:
                left[start] -= 1
                yield from following((*so_far, start))
                left[start] += 1

    return following(())


def _drawn(design: PilotDesign, real: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    generator = np.random.default_rng(seed)
    lots = np.repeat(real[None, :], MOST, axis=0)
    for _starts, rows in _blocks(design):
        lots[1:, rows] = generator.permuted(lots[1:, rows], axis=1)
    return lots
