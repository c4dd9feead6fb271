"""How far two groups are apart, in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.differences import Difference


@dataclass(frozen=True, slots=True)
class Compared:
    """Two groups.

    Attributes:
        dominance: Cliff's delta, for which rows are needed.
        left_out: rows of neither group, or without a value.
    """

    first: str
    second: str
    difference: Difference
    dominance: float
    left_out: int


def _difference(table: Table, given: Given) -> Compared:
    from lerend.statistics.differences import difference_of, dominance, summary_of  # noqa: PLC0415 -- each method loads only what it needs

    values, groups = table.number(given.text("value")), table.groups(given.text("group"))
    first, second = _two(given, groups.names)
    rows = [values[groups.codes == groups.names.index(name)] for name in (first, second)]
    summaries = [summary_of(some) for some in rows]
    return Compared(
        first=first,
        second=second,
        difference=difference_of(*summaries, level=given.number("level")),
        dominance=dominance(*rows),
        left_out=table.rows - sum(summary.people for summary in summaries),
    )


def _two(given: Given, names: tuple[str, ...]) -> tuple[str, str]:
    asked = given.columns("groups") or names
    if len(asked) != 2 or not set(asked) <= set(names):
        what = say("Two groups are needed.")
        raise OptionsAreWrong([Problem("groups", what, say("There are: {names}.", names=names))])
    return asked[0], asked[1]


METHODS = (
    Method(
        "difference",
        "how far two groups are apart in standard deviations, with intervals from the noncentral t distribution",
        (
            Option("value", Kind.COLUMN, "the column that is compared"),
            Option("group", Kind.COLUMN, "the column of the groups"),
            Option("groups", Kind.COLUMNS, "the first and the second group, where there are more than two", ""),
            Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95"),
        ),
        RunsOn.BOTH,
        "standardised-differences",
        _difference,
    ),
)
