"""A factor model as a value: which items belong to which factor, and what else may go together.

The same value is fitted to ordinal answers (`ordinal.py`) and may be fitted to means and covariances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.paths import problems_of_columns, problems_of_paths
from lerend.wording import say

Identification: TypeAlias = Literal["marker", "unit"]
"""What gives a factor its scale: its first item (loading 1), or its own variance (1)."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor and the items that it shows in, the marker item first."""

    name: str
    items: tuple[str, ...]

    @property
    def measured(self) -> bool:
        """Whether it is no factor but a column that takes part in paths as it was measured, without error."""
        return self.items == (self.name,)


@dataclass(frozen=True, slots=True)
class Specification:
    """A confirmatory factor model, or with paths a structural equation model.

    Attributes:
        factors: in the order of every factor axis (m factors); measured columns of paths last.
        residual_covariances: pairs of items that may share more than their factors explain.
        correlated: whether the factors may go together that no path leads to; measured columns always may.
        identification: what gives each factor its scale: its first item, or a variance of 1 of what paths leave of it.
        paths: pairs of an outcome and what it takes from, each a factor or a measured column.
        factor_covariances: pairs of factors that may go together beside paths, by what these leave of them.
    """

    factors: tuple[Factor, ...]
    residual_covariances: tuple[tuple[str, str], ...] = ()
    correlated: bool = True
    identification: Identification = "marker"
    paths: tuple[tuple[str, str], ...] = ()
    factor_covariances: tuple[tuple[str, str], ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Factors and measured columns that a path leads to."""
        return tuple(dict.fromkeys(outcome for outcome, _ in self.paths))

    @property
    def predictors(self) -> tuple[str, ...]:
        """Measured columns that no path leads to: taken as they are, the model says nothing of them."""
        return tuple(factor.name for factor in self.factors if factor.measured and factor.name not in self.outcomes)

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
    paths: Sequence[tuple[str, str]] = (),
    factor_covariances: Sequence[tuple[str, str]] = (),
) -> Specification:
    """A checked specification.

    Args:
        paths: (outcome, predictor) by name; a name that is no factor is a measured column.

    Raises:
        ModelCannotBeFitted: no factor, a factor with one item, an item twice in a factor, two factors with the same
            items, a single factor with two items (as many unknowns as answers to them), a residual covariance of an
            item that is in no factor or with itself, a path that stands twice or leads to or from an item of a factor,
            paths that go round in a circle, or a pair of factors that is none or that a path joins.
    """
    measured = [name for path in paths for name in path if name not in factors]
    made = Specification(
        factors=tuple(
            Factor(name, tuple(items)) for name, items in {**factors, **{name: (name,) for name in measured}}.items()
        ),
        residual_covariances=tuple(residual_covariances),
        correlated=correlated,
        identification=identification,
        paths=tuple(paths),
        factor_covariances=tuple(factor_covariances),
    )
    problems = [*_about_factors(made), *_about_residuals(made), *_about_paths(made)]
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
        least = 3 if _is_alone(factor, made) else 2
        in_path = factor.measured and any(factor.name in path for path in made.paths)
        if not in_path and len(factor.items) < least:
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


def _is_alone(factor: Factor, made: Specification) -> bool:
    """Whether nothing outside its items tells something of it."""
    tied = any(factor.name in pair for pair in (*made.paths, *made.factor_covariances))
    return not tied and (len(made.factors) == 1 or not made.correlated)


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
    items = _items_of_factors(made)
    wrong = [pair for pair in made.residual_covariances if len(set(pair) & items) < 2]
    return [
        Problem(
            f"{first}, {second}",
            say("A residual covariance is between two different items of the model."),
            say("Name two items that belong to a factor."),
        )
        for first, second in wrong
    ]


def _about_paths(made: Specification) -> list[Problem]:
    names = [factor.name for factor in made.factors]
    measured = [factor.name for factor in made.factors if factor.measured]
    of_columns = problems_of_columns(measured, _items_of_factors(made))
    return problems_of_paths(made.paths, made.factor_covariances, names) + of_columns


def _items_of_factors(made: Specification) -> set[str]:
    """Items that are no measured column of a path."""
    return {item for factor in made.factors if not factor.measured for item in factor.items}
