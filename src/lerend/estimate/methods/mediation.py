"""Mediation, of people or of people in groups."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.estimate.complete import complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.regression import LEVEL, OUTCOME
from lerend.estimate.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Mediated:
    """An indirect effect; see docs/methods/mediation.md for what it is not.

    Attributes:
        found: a `Mediation`.
        left_out: rows with an empty cell.
    """

    found: object
    left_out: int


def _mediation(table: Table, given: Given) -> Mediated:
    from lerend.statistics.mediation.multilevel import multilevel_mediation  # noqa: PLC0415 -- loads what it needs
    from lerend.statistics.mediation.single import mediation  # noqa: PLC0415 -- as above

    asked = (given.text("outcome"), given.text("mediator"), given.text("cause"), *given.columns("covariates"))
    complete = complete_rows(table, given, asked, ("group",))
    outcome, mediator, cause, *_ = complete.values.T
    rest, by_lot, level = complete.values[:, 3:], given.text("by_lot") == "yes", given.number("level")
    group = complete.groups.get("group")
    if group is None:
        found = mediation(outcome, mediator, cause, covariates=rest, by_lot=by_lot, level=level)
    else:
        found = multilevel_mediation(outcome, mediator, cause, group, covariates=rest, by_lot=by_lot, level=level)
    return Mediated(found, complete.left_out)


METHODS = (
    Method(
        "mediation",
        "how much of what goes with a cause goes through something in between (no proof: the mediator is not drawn)",
        (
            OUTCOME,
            Option("mediator", Kind.COLUMN, "the column of what lies in between"),
            Option("cause", Kind.COLUMN, "the column of what comes first; one value a group makes it 2-1-1"),
            Option("covariates", Kind.COLUMNS, "columns that stand in all models, measured before the cause", ""),
            Option("group", Kind.COLUMN, "the column that says to which team a row belongs", ""),
            Option("by_lot", Kind.CHOICE, "whether the cause was drawn by lot", "no", ("no", "yes")),
            LEVEL,
        ),
        RunsOn.FILE,
        "mediation",
        _mediation,
    ),
)
