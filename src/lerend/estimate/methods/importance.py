"""Relative importance of factors for an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.estimate.complete import complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.regression import LEVEL, OUTCOME, SEED
from lerend.estimate.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Importance:
    """Shares of explained variance.

    Attributes:
        importance: a `RelativeImportance`.
        by_chance: R-squared that as many meaningless factors explain on average.
        left_out: rows with an empty cell.
    """

    importance: object
    by_chance: float
    left_out: int


def _importance(table: Table, given: Given) -> Importance:
    from lerend.statistics.importance.relative_importance import (  # noqa: PLC0415 -- loads only what it needs
        by_chance,
        relative_importance,
    )

    factors = given.columns("factors")
    complete = complete_rows(table, given, (given.text("outcome"), *factors), ("cluster",))
    importance = relative_importance(
        complete.values[:, 0],
        complete.values[:, 1:],
        names=factors,
        clusters=complete.groups.get("cluster"),
        groups=given.columns("groups") if given.has("groups") else None,
        draws=given.whole("draws"),
        seed=given.whole("seed"),
        level=given.number("level"),
    )
    return Importance(importance, by_chance(len(complete.values), len(factors)), complete.left_out)


METHODS = (
    Method(
        "relative-importance",
        "how the explained variance of an outcome is divided over factors",
        (
            OUTCOME,
            Option("factors", Kind.COLUMNS, "the columns of the factors, commas between them"),
            Option(
                "groups", Kind.TEXT, "the group of each factor in their order, commas between them, for Owen values", ""
            ),
            Option("cluster", Kind.COLUMN, "the column of the team or company, to be drawn again as a whole", ""),
            Option("draws", Kind.WHOLE, "samples for the intervals; 0 for none", "1000"),
            SEED,
            LEVEL,
        ),
        RunsOn.BOTH,
        "relative-importance",
        _importance,
    ),
)
