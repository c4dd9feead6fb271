"""An attacker who wants one person's answer.

He knows who works where and what kind of contract everybody has, sees the tables that were handed out, and can
calculate. This file knows nothing of how the platform decides what to show: it is written against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

USUAL_FLOOR: Final = 5
CATEGORIES: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What was handed out about one group: how many people gave each answer, and who is in the group.

    Attributes:
        name: what the group is called.
        members: (people,) bool; the attacker knows them, no table says them.
        counts: (answers,) how many members gave each answer, from low to high.
    """

    name: str
    members: NDArray[np.bool_]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One step of the attacker's sum: this table, this many times (below zero: taken off)."""

    table: Table
    times: float


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """A sum of tables in which only one person is left over."""

    terms: tuple[Term, ...]

    @property
    def left_over(self) -> NDArray[np.int64]:
        """(answers,) how many people of each answer are left over: one, under the answer that was looked for."""
        total = sum((term.times * term.table.counts for term in self.terms), np.zeros(CATEGORIES))
        return np.rint(total).astype(np.int64)


def table_of(name: str, members: NDArray[np.bool_], answers: NDArray[np.int64]) -> Table:
    """Count the answers (1 to 5, 0 for none) of the members who gave one."""
    counted = members & (answers > 0)
    counts = np.bincount(answers[counted], minlength=CATEGORIES + 1)[1:].astype(np.int64)
    return Table(name, counted, counts)


def usual_tables(groups: Sequence[tuple[str, NDArray[np.bool_]]], answers: NDArray[np.int64]) -> tuple[Table, ...]:
    """Today's usual rule: a table for every group in which five or more people answered."""
    made = (table_of(name, members, answers) for name, members in groups)
    return tuple(table for table in made if table.counts.sum() >= USUAL_FLOOR)


def recipe_for(person: int, tables: Sequence[Table]) -> Recipe | None:
    """A way to add and subtract the tables so that only this person is left over; None when there is no way.

    Solved as a linear programme: of all ways, the one with the smallest sum of absolute multipliers.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

    if not tables:
        return None
    members = np.column_stack([table.members for table in tables]).astype(float)
    wanted = np.zeros(len(members))
    wanted[person] = 1
    different, places = np.unique(np.column_stack([members, wanted]), axis=0, return_index=True)
    both = np.hstack([members[places], -members[places]])
    found = linprog(np.ones(both.shape[1]), A_eq=both, b_eq=different[:, -1], bounds=(0, None), method="highs")
    if not found.success or found.x is None:
        return None
    times = found.x[: len(tables)] - found.x[len(tables) :]
    used = zip(tables, times.tolist(), strict=True)
    return Recipe(tuple(Term(table, times) for table, times in used if abs(times) > 1e-6))


def possible_answers(person: int, tables: Sequence[Table], *, only_means: bool = False) -> tuple[int, ...]:
    """Every answer (1 to 5) that this person can have given without any table being wrong.

    Each person's answer is five numbers between 0 and 1 that add up to one; the tables fix sums of them. Where even
    fractions cannot make the tables come out, no answers of people can.

    Args:
        person: who is looked for.
        tables: what was handed out.
        only_means: the tables said the mean answer of each group, not how many people gave which answer.
    """
    everything = tuple(range(1, CATEGORIES + 1))
    if not tables:
        return everything
    kinds, sizes, own = _alike(person, tables)
    shown = np.arange(1.0, CATEGORIES + 1)[np.newaxis] if only_means else np.eye(CATEGORIES)
    counts = np.concatenate([shown @ table.counts for table in tables])
    fixed = np.vstack([np.kron(np.eye(len(kinds)), np.ones(CATEGORIES)), np.kron(kinds.T, shown)])
    totals = np.concatenate([sizes, counts])
    return tuple(answer for answer in everything if _can_be(answer, own, sizes, fixed, totals))


def _alike(person: int, tables: Sequence[Table]) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """People who are in the same tables are one kind: (kinds, tables), people per kind, and the kind of the person.

    The person is always a kind apart.
    """
    members = np.column_stack([*(table.members for table in tables), np.zeros(len(tables[0].members), dtype=bool)])
    members[person, -1] = True
    kinds, sizes = np.unique(members, axis=0, return_counts=True)
    own = int(np.flatnonzero(kinds[:, -1])[0])
    return kinds[:, :-1].astype(float), sizes.astype(float), own


def _can_be(
    answer: int, own: int, sizes: NDArray[np.float64], fixed: NDArray[np.float64], totals: NDArray[np.float64]
) -> bool:
    """Whether the fixed sums can come out with this answer for the kind that is one person."""
    from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

    bounds = [(0.0, float(size)) for size in sizes for _ in range(CATEGORIES)]
    for category in range(CATEGORIES):
        exact = float(category == answer - 1)
        bounds[own * CATEGORIES + category] = (exact, exact)
    found = linprog(np.zeros(fixed.shape[1]), A_eq=fixed, b_eq=totals, bounds=bounds, method="highs")
    return bool(found.success)
