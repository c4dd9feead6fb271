"""Chance: the same done to units that never began, as if they had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST: Final = 1000
"""Sets of controls up to which every one is looked at; above it so many are drawn."""
_TIE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Placebo:
    """How the real start compares with starts that were none.

    Attributes:
        p: share of all, the real one among them, that show at least as much.
        rank: place of the real one, 1 being the strongest.
        sets: how many sets of controls took the place of the units that began.
        drawn: whether those are a sample of all sets.
    """

    p: float
    rank: int
    sets: int
    drawn: bool

    @property
    def smallest(self) -> float:
        """The smallest p that could have come out."""
        return 1 / (self.sets + 1)


def sets_of_controls(controls: int, size: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """(controls,) flags of every set of `size` controls, or of `MOST` different ones by a seed."""
    if comb(controls, size) <= MOST:
        chosen: set[tuple[int, ...]] = set(combinations(range(controls), size))
    else:
        rng, chosen = np.random.default_rng(seed), set()
        while len(chosen) < MOST:
            chosen.add(tuple(sorted(rng.choice(controls, size, replace=False).tolist())))
    for places in sorted(chosen):
        flags = np.zeros(controls, dtype=np.bool_)
        flags[list(places)] = True
        yield flags


def compared(real: float, others: Floats, controls: int, size: int) -> Placebo:
    """Where the real value stands among those of sets of controls; as large counts as larger."""
    as_much = int((others >= real * (1 - _TIE)).sum())
    return Placebo(
        p=(1 + as_much) / (1 + len(others)), rank=1 + as_much, sets=len(others), drawn=comb(controls, size) > MOST
    )
