"""How far people's scores stay open when shares of answers stand beside the means of atoms: a linear programme.

Unknown is how many people of some atoms gave each answer; all other atoms are left as they are. Every means and shares
that are shown must come out the same after rounding. What is open with so much held fast is open all the more without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lerend.disclosure.bands import nearest

_HALF_STEP: Final = 0.05
_HELPERS: Final = 6
"""Other atoms that may change as well: the largest ones, which have most to exchange."""


@dataclass(frozen=True, slots=True, eq=False)
class SharesShown:
    """Shares of one item: (K) the fewest and the most people per class, and (A) the class of each answer."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    class_of: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """Counts (T, I, A) of the atoms of one scale in one organisation, points (I, A) of each answer, shares (I) as shown."""

    counts: NDArray[np.int64]
    points: NDArray[np.float64]
    shares: Sequence[SharesShown]

    def width(self, atom: int) -> float:
        """Points over which the score of somebody in an atom who answered all its items stays open, at least."""
        from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

        people = self.counts.sum(axis=(1, 2))
        others = [int(place) for place in np.argsort(-people, kind="stable") if place != atom][:_HELPERS]
        chosen = [atom, *others]
        blocks = np.concatenate([self.counts[chosen], self.counts[[atom]]])
        n = blocks.sum(axis=2)
        met = n[0] > 0
        n[-1] = met
        n[0] -= met
        size = blocks[0].size
        same = np.kron(np.eye(n.size), np.ones(blocks.shape[2]))
        goal = np.zeros(same.shape[1])
        goal[-size:] = (self.points * met[:, np.newaxis] / max(int(met.sum()), 1)).ravel()
        rows, low, high = (np.array(part) for part in zip(*self._limits(chosen), strict=True))
        solver: Any = linprog
        ends = []
        for sign in (1, -1):
            found = solver(
                sign * goal,
                A_ub=np.vstack([rows, -rows]),
                b_ub=np.concatenate([high, -low]) + 1e-9,
                A_eq=same,
                b_eq=n.ravel().astype(np.float64),
                bounds=(0, None),
                method="highs",
            )
            if found.status != 0:
                return 0.0
            ends.append(sign * float(found.fun))
        return ends[1] - ends[0]

    def _limits(self, chosen: Sequence[int]) -> Iterator[tuple[NDArray[np.float64], float, float]]:
        """Lines over the answers of the chosen atoms and of the person asked about, and between what they must lie."""
        n = self.counts.sum(axis=2)
        total = n.sum(axis=0)
        blocks = len(chosen) + 1
        whole = self.points / np.maximum(total, 1)[:, np.newaxis]
        for place, atom in enumerate(chosen):
            asked = n[atom] > 0
            weight = self.points * (asked / np.maximum(n[atom], 1) / max(int(asked.sum()), 1))[:, np.newaxis]
            inside = [block == place or (place == 0 and block == blocks - 1) for block in range(blocks)]
            mean = float((weight * self.counts[atom]).sum())
            yield self._line(weight, inside), *_rounded(mean, mean)
        everywhere = [True] * blocks
        some = self.counts[list(chosen)].sum(axis=0)
        for item in range(len(self.points)):
            only = np.zeros(self.points.shape)
            only[item] = whole[item]
            mean = float((only * self.counts.sum(axis=0)).sum())
            yield self._line(only, everywhere), *_rounded(mean, float((only * some).sum()))
            shown = self.shares[item]
            for label, (low, high) in enumerate(zip(shown.low, shown.high, strict=True)):
                only = np.zeros(self.points.shape)
                only[item, : len(shown.class_of)] = shown.class_of == label
                fixed = float((only * (self.counts.sum(axis=0) - some)).sum())
                yield self._line(only, everywhere), float(low) - fixed, float(high) - fixed
        mean = float((whole * self.counts.sum(axis=0)).sum()) / max(int((total > 0).sum()), 1)
        part = whole / max(int((total > 0).sum()), 1)
        yield self._line(part, everywhere), *_rounded(mean, float((part * some).sum()))

    @staticmethod
    def _line(weight: NDArray[np.float64], inside: Sequence[bool]) -> NDArray[np.float64]:
        return np.concatenate([weight.ravel() * some for some in inside])


def _rounded(mean: float, of_chosen: float) -> tuple[float, float]:
    """Between what the part of the chosen atoms in a mean must lie, so that it is rounded to the same."""
    shown = nearest(mean, 0.1)
    fixed = mean - of_chosen
    return shown - _HALF_STEP - fixed, shown + _HALF_STEP - fixed
