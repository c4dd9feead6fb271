"""Looking before the end: bounds for planned looks, and a test that always holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

if TYPE_CHECKING:
    from lerend.evidence.looks.anytime import Anytime
    from lerend.evidence.looks.spending import Bound


@dataclass(frozen=True, slots=True)
class Planned:
    """A bound for each look."""

    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Always:
    """One test for each look."""

    looks: tuple[Anytime, ...]


def _looks(table: Table, given: Given) -> Planned:
    from lerend.evidence.looks.spending import bounds  # noqa: PLC0415 -- each method loads only what it needs

    fractions = table.number(given.text("fraction"))
    if np.isnan(fractions).any():
        raise _wrong("fraction", say("A look has no share of the information."))
    try:
        return Planned(bounds(fractions.tolist(), given.number("alpha"), sides=int(given.text("sides"))))
    except ValueError:
        raise _wrong("fraction", say("Shares of the information ascend from above 0 to at most 1.")) from None


def _anytime(table: Table, given: Given) -> Always:
    from lerend.evidence.looks.anytime import anytime_regression  # noqa: PLC0415 -- each method loads only what it needs

    columns = table.numbers([given.text(name) for name in ("t", "df", "teams")])
    try:
        found = tuple(
            anytime_regression(t, df, teams, prior=given.number("prior"), alpha=given.number("alpha"))
            for t, df, teams in columns.tolist()
        )
    except ValueError:
        raise _wrong("df", say("A look needs teams, degrees of freedom and a prior above 0.")) from None
    return Always(found)


def _wrong(option: str, what: Message) -> OptionsAreWrong:
    return OptionsAreWrong([Problem(option, what, say("Mend the file, one row for each look."))])


ALPHA = Option("alpha", Kind.NUMBER, "chance of a false alarm over all looks", "0.05")
METHODS = (
    Method(
        "looks",
        "how clear an effect must be at each planned look, with O'Brien and Fleming's spending",
        (
            Option("fraction", Kind.COLUMN, "the column with the share of the information at each look, the last 1"),
            ALPHA,
            Option("sides", Kind.CHOICE, "2, or 1 for harm only", "2", ("1", "2")),
        ),
        RunsOn.FILE,
        "looking-early",
        _looks,
    ),
    Method(
        "anytime",
        "a test and an interval that hold however often one looks",
        (
            Option("t", Kind.COLUMN, "the column with effect over standard error at each look"),
            Option("df", Kind.COLUMN, "the column with the degrees of freedom"),
            Option("teams", Kind.COLUMN, "the column with how many teams there were"),
            Option("prior", Kind.NUMBER, "teams at which the interval shall be narrowest, divided by eight", "3"),
            ALPHA,
        ),
        RunsOn.FILE,
        "looking-early",
        _anytime,
    ),
)
