"""How much of the differences between people lies between groups: ICC(1) and ICC(2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.errors import Problem
from lerend.estimate.complete import complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say, say_many

if TYPE_CHECKING:
    from lerend.statistics.clustering import Clustering, GroupSums
    from lerend.statistics.variance_components import VarianceComponents

_FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Intraclass:
    """Intraclass correlations of a score, the mean of its items.

    Attributes:
        analysis: by analysis of variance; None where the groups cannot say.
        restricted: by restricted maximum likelihood; None likewise.
        groups, people: how many.
        alone: groups of one person, which say nothing about differences within groups.
        left_out: rows with an empty cell.
        concerns: what must be said beside the numbers.
    """

    analysis: Clustering | None
    restricted: VarianceComponents | None
    groups: int
    people: int
    alone: int
    left_out: int
    concerns: tuple[Message, ...]


def _icc(table: Table, given: Given) -> Intraclass:
    from lerend.statistics.clustering import one_way, sums_of_rows  # noqa: PLC0415 -- each loads its own
    from lerend.statistics.variance_components import restricted  # noqa: PLC0415 -- likewise

    items = given.columns("items")
    if not items:
        raise OptionsAreWrong([Problem("items", say("No column is named."), say("Name one column or more."))])
    rows = complete_rows(table, given, items, ("group",))
    names, codes = np.unique(rows.groups["group"], return_inverse=True)
    sums = sums_of_rows(rows.values.mean(axis=1), codes)
    analysis, fitted = one_way(sums, level=given.number("level")), restricted(sums)
    return Intraclass(
        analysis=analysis,
        restricted=fitted,
        groups=len(names),
        people=len(codes),
        alone=int((sums.size == 1).sum()),
        left_out=rows.left_out,
        concerns=tuple(_said(sums, analysis, fitted)),
    )


def _said(sums: GroupSums, analysis: Clustering | None, fitted: VarianceComponents | None) -> Iterator[Message]:
    alone = int((sums.size == 1).sum())
    if analysis is None:
        yield say(
            "It takes two groups, a group of two people or more, and answers that differ: there is nothing to say here."
        )
    elif len(sums.size) < _FEW:
        yield say("Fewer than {few} groups: too few to say how much groups differ.", few=_FEW)
    if alone:
        yield say_many(
            "{count} group has one person, and says nothing about differences within groups.",
            "{count} groups have one person each, and say nothing about differences within groups.",
            alone,
        )
    if fitted is not None and fitted.none_between:
        yield say("Groups differ no more than chance makes them.")


METHODS = (
    Method(
        "icc",
        "how much of the differences between people lies between groups, and how reliable a group's mean is",
        (
            Option("items", Kind.COLUMNS, "the columns of the items; the score is their mean"),
            Option("group", Kind.COLUMN, "the column of the team or company"),
            Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95"),
        ),
        RunsOn.BOTH,
        "agreement-and-icc",
        _icc,
    ),
)
