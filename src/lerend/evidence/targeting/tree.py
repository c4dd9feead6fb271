"""The best rule of one or two questions, found by trying every one.

Zhou, Athey & Wager (2023), Operations Research 71 (the aim); Sverdrup, Kanodia, Zhou, Athey & Wager (2020), policytree. Sums of
scores are run up along every column once; a first question splits them into those of its two sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.wording import say

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST: Final = 2 * 10**9
"""Sums that may be looked at for one tree: some ten seconds."""
_AT_ONCE: Final = 200_000
_NO_GAIN: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is done with those who end here (place of the action), and how many they are."""

    action: int
    units: int


@dataclass(frozen=True, slots=True)
class Split:
    """A question: those of whom `column` is at most `at` go to `low`, the others to `high`."""

    column: str
    at: float
    low: Node
    high: Node


Node: TypeAlias = "Leaf | Split"


@dataclass(frozen=True, slots=True)
class _Found:
    """The best of something: its sum, the column and the place of the last unit below (-1: no question)."""

    total: float
    column: int = -1
    place: int = -1


def best_tree(scores: Floats, columns: Floats, names: tuple[str, ...], *, depth: int = 2, least: int = 1) -> Node:
    """The rule with the largest mean score among all of at most `depth` questions.

    Among equally good rules the first column and the lowest limit are taken, and no question where it adds nothing.

    Args:
        scores: (n, actions) of each unit under each action.
        columns: (n, p) that the rule may ask for.
        names: of the columns.
        depth: 1 or 2 questions in a row.
        least: units that must end in every leaf.

    Raises:
        EffectCannotBeEstimated: there are too many rules to try them all.
    """
    if depth not in (1, 2):
        raise ValueError("depth is 1 or 2")
    n, p = columns.shape
    work = n * p if depth == 1 else n * p * sum(len(np.unique(column)) for column in columns.T)
    if work * scores.shape[1] > MOST:
        raise no_effect(
            say("There are too many rules to try every one."),
            say("Round columns so that they hold fewer different values, or take fewer columns or one question."),
        )
    return _grown(scores, columns, names, depth, least)


def actions_of(tree: Node, columns: Floats, names: tuple[str, ...]) -> Ints:
    """(n,) the action of each unit by a rule."""
    if isinstance(tree, Leaf):
        return np.full(len(columns), tree.action, dtype=np.int64)
    low = columns[:, names.index(tree.column)] <= tree.at
    return np.where(low, actions_of(tree.low, columns, names), actions_of(tree.high, columns, names))


def leaves_of(tree: Node) -> tuple[Leaf, ...]:
    """From low to high."""
    return (tree,) if isinstance(tree, Leaf) else (*leaves_of(tree.low), *leaves_of(tree.high))


def _grown(scores: Floats, columns: Floats, names: tuple[str, ...], depth: int, least: int) -> Node:
    alone = Leaf(int(scores.sum(axis=0).argmax()), len(scores))
    if depth == 0 or len(scores) == 0:
        return alone
    orders = np.argsort(columns, axis=0, kind="stable")
    best = _one_question(scores, columns, orders, least) if depth == 1 else _two(scores, columns, orders, least)
    if best.column < 0:
        return alone
    order = orders[:, best.column]
    below, above = order[: best.place + 1], order[best.place + 1 :]
    low = _grown(scores[below], columns[below], names, depth - 1, least)
    high = _grown(scores[above], columns[above], names, depth - 1, least)
    if isinstance(low, Leaf) and isinstance(high, Leaf) and low.action == high.action:
        return alone
    return Split(names[best.column], float(columns[below[-1], best.column]), low, high)


def _limits(values: Floats) -> NDArray[np.int64]:
    """Places after which a sorted column steps up."""
    return np.flatnonzero(np.diff(values) > 0)


def _one_question(scores: Floats, columns: Floats, orders: Ints, least: int) -> _Found:
    n, best = len(scores), _Found(float(scores.sum(axis=0).max()))
    best = _Found(best.total + _NO_GAIN * float(np.abs(scores).sum()))
    for column in range(columns.shape[1]):
        order = orders[:, column]
        places = _limits(columns[order, column])
        places = places[(places + 1 >= least) & (n - places - 1 >= least)]
        if len(places):
            run = scores[order].cumsum(axis=0)
            totals = run[places].max(axis=1) + (run[-1] - run[places]).max(axis=1)
            best = _better(best, totals, column, places)
    return best


def _two(scores: Floats, columns: Floats, orders: Ints, least: int) -> _Found:
    """The first question of the best rule of two in a row."""
    n, p = columns.shape
    best = _Found(float(scores.sum(axis=0).max()) + _NO_GAIN * float(np.abs(scores).sum()))
    rank = np.empty_like(orders)
    np.put_along_axis(rank, orders, np.arange(n)[:, np.newaxis], axis=0)
    for first in range(p):
        places = _limits(columns[orders[:, first], first])
        places = places[(places + 1 >= least) & (n - places - 1 >= least)]
        for some in np.array_split(places, max(1, len(places) * n // _AT_ONCE)):
            if len(some):
                totals = _both_sides(scores, columns, orders, rank[:, first], some, least)
                best = _better(best, totals, first, some)
    return best


def _both_sides(scores: Floats, columns: Floats, orders: Ints, rank: Ints, places: Ints, least: int) -> Floats:
    """(places,) the best sum on both sides of a first question together, each with at most one more."""
    low_sum = np.array([scores[rank <= place].sum(axis=0) for place in places])
    high_sum = scores.sum(axis=0) - low_sum
    low, high = low_sum.max(axis=1), high_sum.max(axis=1)
    for second in range(columns.shape[1]):
        order = orders[:, second]
        at = _limits(columns[order, second])
        inside = rank[order] <= places[:, np.newaxis]
        run = np.where(inside[:, :, np.newaxis], scores[order], 0.0).cumsum(axis=1)[:, at]
        rest = scores[order].cumsum(axis=0)[at] - run
        count = inside.cumsum(axis=1)[:, at]
        low = _with_question(low, run, low_sum, count, (places + 1)[:, np.newaxis], least)
        high = _with_question(high, rest, high_sum, at + 1 - count, (len(rank) - places - 1)[:, np.newaxis], least)
    return np.asarray(low + high, dtype=np.float64)


def _with_question(best: Floats, run: Floats, total: Floats, count: Ints, size: Ints, least: int) -> Floats:
    """The best so far, or with a question that leaves enough units on either side."""
    enough = (count >= least) & (size - count >= least)
    sums = run.max(axis=2) + (total[:, np.newaxis, :] - run).max(axis=2)
    asked = np.where(enough, sums, -np.inf).max(axis=1, initial=-np.inf)
    return np.asarray(np.maximum(best, asked), dtype=np.float64)


def _better(best: _Found, totals: Floats, column: int, places: Ints) -> _Found:
    top = int(totals.argmax())
    return _Found(float(totals[top]), column, int(places[top])) if totals[top] > best.total else best
