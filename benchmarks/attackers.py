"""Attackers who look for persons in stored sums. They know nothing of our code: they are given numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Row = tuple[int, ...]


def rows_in_span(tables: NDArray[np.float64], items: int, *, tries: int, seed: int = 0) -> set[Row]:
    """Whole rows from all pairwise tables, by a plain linear programme.

    `tables` (m, m) counts how often two categories were chosen together, m being items times categories. Every person is
    a row of zeros and ones in the space that these tables span; with fewer people than categories that space is narrow,
    and its corners (exactly one category an item, none negative) are the people.
    """
    values, vectors = np.linalg.eigh(tables)
    span = vectors[:, values > 1e-6 * values.max()]
    categories = len(tables) // items
    one_an_item = np.kron(np.eye(items), np.ones(categories)) @ span
    generator = np.random.default_rng(seed)
    found = set()
    for _ in range(tries):
        answer = linprog(
            -(span.T @ generator.standard_normal(len(tables))),
            A_ub=-span,
            b_ub=np.zeros(len(tables)),
            A_eq=one_an_item,
            b_eq=np.ones(items),
            bounds=(None, None),
            method="highs",
        )
        row = span @ answer.x if answer.success else np.full(len(tables), 0.5)
        if np.abs(row - np.rint(row)).max() < 1e-4:
            found.add(tuple(int(place) for place in row.reshape(items, categories).argmax(axis=1)))
    return found


@dataclass(frozen=True, slots=True)
class PairSum:
    """What is known of two items of a scale: that a weighted sum over people lies between two numbers."""

    weight: Callable[[Row], float]
    low: float
    high: float


def patterns_of(items: int, categories: int, *, with_skips: bool = False) -> list[Row]:
    """Every way to answer a scale; 0 is an item that was skipped."""
    first = 0 if with_skips else 1
    return [row for row in product(range(first, categories + 1), repeat=items) if any(row)]


def certain(
    margins: Sequence[NDArray[np.int64]],
    people: Sequence[int],
    sums: Sequence[PairSum],
    event: Callable[[Row], bool],
    *,
    with_skips: bool = False,
    whole: bool = False,
) -> tuple[float, float]:
    """The smallest and largest number of people to whom `event` can apply, given margins per group and sums over all.

    Args:
        margins: per group (items, categories) how often each category was chosen.
        people: per group.
        sums: over all groups together.
        event: about a person's answers to the scale.
        with_skips: people can have skipped items.
        whole: search whole numbers of people (slower and stronger).
    """
    items, categories = margins[0].shape
    patterns = patterns_of(items, categories, with_skips=with_skips)
    groups = len(margins)
    in_cell = np.array([[row[i] == a for row in patterns] for i in range(items) for a in range(1, categories + 1)])
    equal = np.kron(np.eye(groups), np.vstack([in_cell, np.ones(len(patterns))]))
    exact = np.concatenate([[*margin.ravel(), n] for margin, n in zip(margins, people, strict=True)]).astype(float)
    limits = [LinearConstraint(equal, exact, exact)]
    if sums:
        between = np.tile([[one.weight(row) for row in patterns] for one in sums], groups)
        limits.append(LinearConstraint(between, [one.low for one in sums], [one.high for one in sums]))
    goal = np.tile([float(event(row)) for row in patterns], groups)
    ends = []
    for sign in (1, -1):
        found: Any = milp(
            sign * goal,
            constraints=limits,
            integrality=np.full(len(goal), int(whole)),
            bounds=Bounds(0, np.inf),
            options={"time_limit": 20.0},
        )
        ends.append(_end(found, sign, sum(people)))
    return ends[0], ends[1]


def _end(found: Any, sign: int, people: int) -> float:
    """The bound that was proven; everything stays possible where the search ran out of time."""
    if found.status == 2:
        raise ValueError("no people at all can have given these sums")
    if found.status == 0:
        return float(sign * found.fun)
    return 0.0 if sign > 0 else float(people)


def answers_left_open(
    total_i: int, total_j: int, people: int, scatter: float, *, half_step: float, categories: int = 5
) -> list[int]:
    """Which answers to item i one person can have given who, alone of all, skipped item j.

    The scatter over the others is P - (T_i - x) T_j / (n - 1), with P a sum of products of whole numbers: an answer x is
    possible when some whole P fits.
    """
    left = []
    for x in range(1, categories + 1):
        products = scatter + (total_i - x) * total_j / (people - 1)
        if np.floor(products + half_step + 1e-7) >= np.ceil(products - half_step - 1e-7):
            left.append(x)
    return left
