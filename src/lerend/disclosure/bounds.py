"""How far shown means leave each person's score open: a linear programme over everything that is shown.

Unknown are the totals T of classes of people who are in the same shown groups, 1 to 5 points a person. A shown mean holds the
sum of its classes within .05 a person. Inside a class of n people with total T one person can have min(5, T − (n − 1)) at
most and max(1, T − 5(n − 1)) at least.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lerend.disclosure.homogeneity import LEAST_WIDTH

ROUNDING: Final = 0.05
"""A mean in steps of .1 lies within this of the exact one."""


def all_open(groups: NDArray[np.bool_], means: NDArray[np.float64], people: NDArray[np.int64]) -> bool:
    """Whether everybody's score stays open over two points or more.

    Args:
        groups: (M, C) which class is in which shown group.
        means: (M) of the groups.
        people: (C) in each class, at least one.

    Returns:
        False too where no totals fit the means.
    """
    programme = _Programme(groups, means, people)
    middle = programme.middle()
    if middle is None:
        return False
    doubtful = np.flatnonzero(~_open_inside(middle, people))
    return all(programme.width(int(c)) >= LEAST_WIDTH - 1e-6 for c in doubtful)


def fits(groups: NDArray[np.bool_], means: NDArray[np.float64], people: NDArray[np.int64]) -> bool:
    """Whether any people at all can have given these means; arguments as in `all_open`."""
    return _Programme(groups, means, people).middle() is not None


def _open_inside(totals: NDArray[np.float64], people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(C) classes in which exchanging points among themselves leaves everybody open enough: no programme needed."""
    spare = np.minimum(totals - people, 5 * people - totals)
    return (people >= 2) & (spare >= LEAST_WIDTH)


class _Programme:
    """The linear programme, solved for one class at a time."""

    def __init__(self, groups: NDArray[np.bool_], means: NDArray[np.float64], people: NDArray[np.int64]) -> None:
        size = groups.astype(np.float64) @ people
        rows = groups.astype(np.float64)
        self._people = people.astype(np.float64)
        self._rows = np.vstack([rows, -rows])
        self._limits = np.concatenate([size * (means + ROUNDING), -size * (means - ROUNDING)])

    def middle(self) -> NDArray[np.float64] | None:
        """Totals that fit the means and lie as far from the ends of the scale as can be; None where none fit."""
        n = self._people
        apart = np.vstack([np.column_stack([-np.diag(n**0), n]), np.column_stack([np.diag(n**0), n])])
        rows = np.vstack([np.column_stack([self._rows, np.zeros(len(self._rows))]), apart])
        limits = np.concatenate([self._limits, -n, 5 * n])
        found = self._solved(np.append(np.zeros(len(n)), -1.0), rows, limits, [*self._ends(), (0.0, 2.0)])
        return None if found is None else found[:-1]

    def width(self, chosen: int) -> float:
        """Points over which the score of one person of a class stays open."""
        goal = np.zeros(len(self._people))
        goal[chosen] = 1.0
        low = self._solved(goal, self._rows, self._limits, self._ends())
        high = self._solved(-goal, self._rows, self._limits, self._ends())
        if low is None or high is None:
            return 0.0
        others = self._people[chosen] - 1
        most = min(5.0, float(high[chosen]) - others)
        least = max(1.0, float(low[chosen]) - 5 * others)
        return float(most - least)

    def _ends(self) -> list[tuple[float, float]]:
        return [(float(n), 5 * float(n)) for n in self._people]

    @staticmethod
    def _solved(
        goal: NDArray[np.float64],
        rows: NDArray[np.float64],
        limits: NDArray[np.float64],
        ends: list[tuple[float, float]],
    ) -> NDArray[np.float64] | None:
        from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

        found: Any = linprog(goal, A_ub=rows, b_ub=limits, bounds=ends, method="highs")
        return np.asarray(found.x, dtype=np.float64) if found.status == 0 else None
