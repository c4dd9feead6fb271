"""A factor model as a value: which items belong to which factor, and what else may go together.

The same value is fitted to ordinal answers (`ordinal.py`) and may be fitted to means and covariances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.wording import say

Identification: TypeAlias = Literal["marker", "unit"]
"""What gives a factor its scale: its first item (loading 1), or its own variance (1)."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor and the items that it shows in, the marker item first."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Specification:
    """A confirmatory factor model.

    Attributes:
        factors: in the order of every factor axis (m factors).
        residual_covariances: pairs of items that may share more than their factors explain.
        correlated: whether the factors may go together.
        identification: what gives each factor its scale.
    """

    factors: tuple[Factor, ...]
    residual_covariances: tuple[tuple[str, str], ...] = ()
    correlated: bool = True
    identification: Identification = "marker"

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order in which the factors name them (k items)."""
        return tuple(dict.fromkeys(item for factor in self.factors for item in factor.items))


def specification_of(
    factors: Mapping[str, Sequence[str]],
    *,
    residual_covariances: Sequence[tuple[str, str]] = (),
    correlated: bool = True,
    identification: Identification = "marker",
) -> Specification:
    """A checked specification.

    Raises:
        ModelCannotBeFitted: no factor, a factor with one item, an item twice in a factor, two factors with the same
            items, a single factor with two items (as many unknowns as answers to them), or a residual covariance of an
            item that is in no factor or with itself.
    """
    made = Specification(
        factors=tuple(Factor(name, tuple(items)) for name, items in factors.items()),
        residual_covariances=tuple(residual_covariances),
        correlated=correlated,
        identification=identification,
    )
    problems = [*_about_factors(made), *_about_residuals(made)]
    if problems:
        raise ModelCannotBeFitted(problems)
    return made


def _about_factors(made: Specification) -> list[Problem]:
    problems = []
    if not made.factors:
        problems.append(Problem("model", say("The model has no factor."), say("Name at least one, with its items.")))
    for factor in made.factors:
        if len(set(factor.items)) != len(factor.items):
            problems.append(Problem(factor.name, say("An item stands here twice."), say("Name each item once.")))
        lonely = len(made.factors) == 1 or not made.correlated
        least = 3 if lonely else 2
        if len(factor.items) < least:
            problems.append(
                Problem(
                    factor.name,
                    say(
                        "Its items: {found}. It needs {least} or more: with fewer, many models fit equally well.",
                        found=len(factor.items),
                        least=least,
                    ),
                    say("Add items, or leave the factor out."),
                )
            )
    return problems + _same_items(made)


def _same_items(made: Specification) -> list[Problem]:
    seen: dict[frozenset[str], str] = {}
    problems = []
    for factor in made.factors:
        known = seen.setdefault(frozenset(factor.items), factor.name)
        if known != factor.name:
            problems.append(
                Problem(
                    factor.name,
                    say("It has the same items as {other}, so the two cannot be told apart.", other=known),
                    say("Keep one of them, or give each items of its own."),
                )
            )
    return problems


def _about_residuals(made: Specification) -> list[Problem]:
    wrong = [pair for pair in made.residual_covariances if len(set(pair) & set(made.items)) < 2]
    return [
        Problem(
            f"{first}, {second}",
            say("A residual covariance is between two different items of the model."),
            say("Name two items that belong to a factor."),
        )
        for first, second in wrong
    ]
