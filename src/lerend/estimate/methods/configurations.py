"""Which combinations of conditions go with an outcome, with what chance gives and how much of it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

if TYPE_CHECKING:
    from lerend.statistics.configurations.calibrating import Anchors, Values
    from lerend.statistics.configurations.cases import Cases
    from lerend.statistics.configurations.chance import Chance
    from lerend.statistics.configurations.robustness import Robustness
    from lerend.statistics.configurations.sets import NecessarySet
    from lerend.statistics.configurations.solving import Solution, SolutionKind, Solutions
    from lerend.statistics.configurations.truth_table import Cuts, Row

_FEW: Final = 20
"""Cases from which a single one no longer makes a row of the truth table."""
KINDS: Final = ("parsimonious", "complex")


@dataclass(frozen=True, slots=True)
class Configurations:
    """Everything that belongs beside a path before it may be shown.

    Attributes:
        says: what may be said, in words; first of all whether noise gives as much.
        anchors: by set, where membership was worked out here; with their reason.
        one_by_one: each condition and its absence, as necessary for the outcome.
    """

    says: tuple[Message, ...]
    cases: int
    cuts: Cuts
    anchors: Mapping[str, Anchors]
    one_by_one: tuple[NecessarySet, ...]
    rows: tuple[Row, ...]
    solutions: Solutions
    chance: Chance
    robustness: tuple[Robustness, ...]


def _configurations(table: Table, given: Given) -> Configurations:
    from lerend.statistics.configurations.chance import chance_of_paths  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.configurations.saying import told  # noqa: PLC0415 -- as above
    from lerend.statistics.configurations.sets import conditions_one_by_one  # noqa: PLC0415 -- as above
    from lerend.statistics.configurations.solving import SolutionKind, solve  # noqa: PLC0415 -- as above
    from lerend.statistics.configurations.truth_table import truth_table  # noqa: PLC0415 -- as above

    anchors = _anchors(given)
    cases = _cases(table, given, anchors)
    cuts = _cuts(given, len(cases))
    rows = truth_table(cases, cuts)
    solutions = solve(cases, rows, _expectations(given, cases.conditions))
    kind = SolutionKind(given.text("kind"))
    rng = np.random.default_rng(given.whole("seed"))
    chance = chance_of_paths(cases, cuts, rng=rng, draws=given.whole("draws"), kind=kind)
    return Configurations(
        says=told(_of_kind(solutions, kind), chance, len(cases)),
        cases=len(cases),
        cuts=cuts,
        anchors=anchors,
        one_by_one=conditions_one_by_one(cases),
        rows=rows.rows,
        solutions=solutions,
        chance=chance,
        robustness=_robustness(table, given, cases, cuts, kind, anchors),
    )


def _of_kind(solutions: Solutions, kind: SolutionKind) -> Solution:
    return solutions.parsimonious if kind is solutions.parsimonious.kind else solutions.complex


def _robustness(
    table: Table, given: Given, cases: Cases, cuts: Cuts, kind: SolutionKind, anchors: Mapping[str, Anchors]
) -> tuple[Robustness, ...]:
    from lerend.statistics.configurations import robustness  # noqa: PLC0415 -- as above

    found = (robustness.over_consistencies(cases, cuts, kind=kind), robustness.over_cases(cases, cuts, kind=kind))
    if not anchors:
        return found
    outcome = given.text("outcome")
    of_conditions = {name: anchors[name] for name in cases.conditions}
    over = robustness.over_anchors(
        table.numbers(cases.conditions), table.number(outcome), of_conditions, anchors[outcome], cuts, kind=kind
    )
    return (*found, over)


def _cases(table: Table, given: Given, anchors: Mapping[str, Anchors]) -> Cases:
    from lerend.statistics.configurations.cases import cases_of  # noqa: PLC0415 -- as above

    conditions, outcome = given.columns("conditions"), given.text("outcome")
    return cases_of(
        np.column_stack([_membership(table, name, anchors) for name in conditions]),
        _membership(table, outcome, anchors),
        conditions=conditions,
        names=table.texts(given.text("names")) if given.has("names") else None,
    )


def _membership(table: Table, column: str, anchors: Mapping[str, Anchors]) -> Values:
    from lerend.statistics.configurations.calibrating import direct  # noqa: PLC0415 -- as above

    values = table.number(column)
    return direct(values, anchors[column]) if anchors else values


def _anchors(given: Given) -> Mapping[str, Anchors]:
    from lerend.statistics.configurations.calibrating import Anchors  # noqa: PLC0415 -- as above

    if not given.has("anchors"):
        return {}
    found = {}
    for part in given.columns("anchors"):
        name, _, numbers = part.partition(":")
        try:
            out, cross, in_ = (float(number) for number in numbers.split("/"))
        except ValueError:
            what = say("“{text}” is no set of anchors.", text=part)
            raise OptionsAreWrong([Problem("anchors", what, _how_anchors())]) from None
        found[name.strip()] = Anchors(out, cross, in_, given.text("why"))
    lacking = tuple(name for name in (*given.columns("conditions"), given.text("outcome")) if name not in found)
    if lacking:
        what = say("There are no anchors for: {names}.", names=lacking)
        raise OptionsAreWrong([Problem("anchors", what, _how_anchors())])
    return found


def _how_anchors() -> Message:
    return say("Write fully out, neither, fully in of every column: support:1/3/5,success:2/3/4.")


def _cuts(given: Given, cases: int) -> Cuts:
    from lerend.statistics.configurations.truth_table import Cuts  # noqa: PLC0415 -- as above

    least = given.whole("cases") if given.has("cases") else 1 + (cases >= _FEW)
    return Cuts(given.number("consistency"), given.number("pri"), least)


def _expectations(given: Given, conditions: tuple[str, ...]) -> Mapping[str, bool] | None:
    if not given.has("expected"):
        return None
    found = {part.removeprefix("~"): not part.startswith("~") for part in given.columns("expected")}
    unknown = tuple(name for name in found if name not in conditions)
    if unknown:
        what = say("These are not among the conditions: {names}.", names=unknown)
        raise OptionsAreWrong([Problem("expected", what, say("There are: {names}.", names=conditions))])
    return found


METHODS = (
    Method(
        "configurations",
        "which combinations of conditions go with an outcome over a few tens of cases (QCA), beside what chance gives",
        (
            Option("outcome", Kind.COLUMN, "the column of the outcome"),
            Option("conditions", Kind.COLUMNS, "the columns of the conditions, commas between them"),
            Option("names", Kind.COLUMN, "the column with the names of the cases", ""),
            Option("anchors", Kind.TEXT, "name:out/neither/in of every column; without it they are memberships", ""),
            Option("why", Kind.TEXT, "why these anchors and no others", ""),
            Option("expected", Kind.TEXT, "conditions expected to help when present, ~ for absent", ""),
            Option("kind", Kind.CHOICE, "the solution that p and robustness are about", KINDS[0], KINDS),
            Option("consistency", Kind.NUMBER, "least consistency of a row", "0.80"),
            Option("pri", Kind.NUMBER, "least PRI of a row", "0.65"),
            Option("cases", Kind.WHOLE, "least cases of a row; 1 below 20 cases, else 2", ""),
            Option("draws", Kind.WHOLE, "times that the outcome is dealt out anew", "1000"),
            Option("seed", Kind.WHOLE, "where the drawing starts", "1"),
        ),
        RunsOn.FILE,
        "configurations",
        _configurations,
    ),
)
