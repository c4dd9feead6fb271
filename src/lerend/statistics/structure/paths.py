"""Paths of a factor model: what may stand in them, and which factors come first."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from lerend.errors import Problem
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.structure.specification import Factor, Specification


def in_order(specification: Specification) -> tuple[str, ...]:
    """Names of the factors, each after those that it takes from.

    Raises:
        CycleError: the paths go round in a circle.
    """
    sorter = TopologicalSorter[str]({factor.name: () for factor in specification.factors})
    for outcome, cause in specification.paths:
        sorter.add(outcome, cause)
    return tuple(sorter.static_order())


def problems_of_paths(made: Specification) -> list[Problem]:
    """What is wrong with paths, and with the factors that are said to go together beside them."""
    problems = []
    if len(set(made.paths)) < len(made.paths):
        problems.append(
            Problem("paths", say("A path stands here twice."), say("Name each predictor of an outcome once."))
        )
    try:
        in_order(made)
    except CycleError as error:
        problems.append(_circle(error.args[1]))
    problems.extend(_about_columns(made.factors))
    return problems + _about_pairs(made)


def _circle(names: Sequence[str]) -> Problem:
    return Problem(
        ", ".join(dict.fromkeys(names)),
        say("The paths go round in a circle: each of these would explain itself."),
        say("Leave out the path that you believe least."),
    )


def _about_columns(factors: Sequence[Factor]) -> list[Problem]:
    measured = [factor.name for factor in factors if factor.measured]
    items = {item for factor in factors if not factor.measured for item in factor.items}
    return [
        Problem(
            name,
            say("It is an item of a factor and stands in a path too."),
            say("Let the path lead to or from the factor, or take the item out of it."),
        )
        for name in measured
        if name in items
    ]


def _about_pairs(made: Specification) -> list[Problem]:
    names = {factor.name for factor in made.factors}
    ways = {frozenset(path) for path in made.paths}
    problems = []
    for first, second in made.factor_covariances:
        if first == second or not {first, second} <= names:
            what = say("These are not two different factors of the model.")
            problems.append(Problem(f"{first}, {second}", what, say("Name two factors.")))
        elif frozenset((first, second)) in ways:
            what = say("A path leads from one to the other, so they cannot go together beside it as well.")
            problems.append(Problem(f"{first}, {second}", what, say("Keep the path or the pair.")))
    return problems
