"""Correlations of a number with ordinal answers."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.correlations import ITEMS
from lerend.estimate.methods.regression import LEVEL
from lerend.estimate.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class ItemsBesideNumber:
    """Each item beside one number; see docs/methods/polychoric.md.

    Attributes:
        variable: the name of the number.
        correlations: a `Polyserial` for each item.
        intervals: of the two-step correlations.
    """

    variable: str
    correlations: tuple[object, ...]
    intervals: tuple[object, ...]


def _polyserial(table: Table, given: Given) -> ItemsBesideNumber:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads what it needs
    from lerend.statistics.ordinal.polyserial import polyserial  # noqa: PLC0415 -- likewise

    items, variable = given.columns("items"), given.text("variable")
    found = polyserial(table.number(variable), ordinal_answers(table, items).codes, items, name=variable)
    level = given.number("level")
    return ItemsBesideNumber(variable, found, tuple(one.two_step.interval(level) for one in found))


METHODS = (
    Method(
        "polyserial",
        "how a number goes with the normal variables behind ordinal answers",
        (Option("variable", Kind.COLUMN, "the column of the number, such as hours"), ITEMS, LEVEL),
        RunsOn.FILE,
        "polychoric",
        _polyserial,
    ),
)
