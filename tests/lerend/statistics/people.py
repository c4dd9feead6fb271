"""Made-up and real people for the tests of the estimators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.sufficient import Statistics
from tests.lerend.statistics.brute_force import brute_force_statistics


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Answers of people in teams of companies; 0 is missing."""

    codes: NDArray[np.uint8]
    paths: tuple[Path, ...]
    group: tuple[int, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(f"item{number}" for number in range(self.codes.shape[1]))

    def statistics(self, block_depth: int = 1) -> Statistics:
        return brute_force_statistics(self.codes, self.items, self.paths, self.group, block_depth)

    def unit_numbers(self, depth: int) -> NDArray[np.intp]:
        """For each person the number of the unit, in the order of sorted paths."""
        own = [self.paths[place][:depth] for place in self.group]
        units = sorted(set(own))
        return np.array([units.index(path) for path in own], dtype=np.intp)


PATHS: tuple[Path, ...] = tuple((f"c{company}", f"t{team}") for company in range(3) for team in range(2))


@st.composite
def groups_of_people(draw: st.DrawFn, *, complete: bool = True, least: int = 8) -> People:
    """A few dozen people whose answers have something in common, spread over teams of companies at random."""
    seed = draw(st.integers(0, 2**32 - 1))
    number = draw(st.integers(least, 40))
    k = draw(st.integers(2, 6))
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(number, 1))
    codes = np.clip(np.round(3 + common + rng.normal(size=(number, k))), 1, 5).astype(np.uint8)
    if not complete:
        codes[rng.random(codes.shape) < 0.25] = 0
    used, group = np.unique(rng.integers(len(PATHS), size=number), return_inverse=True)
    return People(codes, tuple(PATHS[place] for place in used), tuple(group.tolist()))
