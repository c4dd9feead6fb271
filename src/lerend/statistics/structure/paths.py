"""Paths of a factor model: what may stand in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from lerend.errors import Problem
from lerend.wording import say

Pair: TypeAlias = tuple[str, str]


def problems_of_paths(paths: Sequence[Pair], together: Sequence[Pair], factors: Collection[str]) -> list[Problem]:
    """What is wrong with paths, and with what is said to go together beside them.

    Args:
        paths: outcomes with what they take from.
        together: pairs of factors or measured columns.
        factors: names of both.
    """
    problems = []
    if len(set(paths)) < len(paths):
        problems.append(
            Problem("paths", say("A path stands here twice."), say("Name each predictor of an outcome once."))
        )
    sorter = TopologicalSorter[str]()
    for outcome, cause in paths:
        sorter.add(outcome, cause)
    try:
        sorter.prepare()
    except CycleError as error:
        problems.append(_circle(error.args[1]))
    return problems + _about_pairs(paths, together, factors)


def problems_of_columns(measured: Collection[str], items: Collection[str]) -> list[Problem]:
    """Measured columns of paths that are items of a factor too."""
    return [
        Problem(
            name,
            say("It is an item of a factor and stands in a path too."),
            say("Let the path lead to or from the factor, or take the item out of it."),
        )
        for name in measured
        if name in items
    ]


def _circle(names: Sequence[str]) -> Problem:
    return Problem(
        ", ".join(dict.fromkeys(names)),
        say("The paths go round in a circle: each of these would explain itself."),
        say("Leave out the path that you believe least."),
    )


def _about_pairs(paths: Sequence[Pair], together: Sequence[Pair], factors: Collection[str]) -> list[Problem]:
    ways = {frozenset(path) for path in paths}
    problems = []
    for first, second in together:
        if first == second or first not in factors or second not in factors:
            what = say("These are not two different factors of the model.")
            problems.append(Problem(f"{first}, {second}", what, say("Name two factors.")))
        elif frozenset((first, second)) in ways:
            what = say("A path leads from one to the other, so they cannot go together beside it as well.")
            problems.append(Problem(f"{first}, {second}", what, say("Keep the path or the pair.")))
    return problems
