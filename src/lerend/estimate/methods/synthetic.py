"""What would have been without the start, as a mixture of units that never began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.staggered import LEVEL
from lerend.estimate.table import Table

if TYPE_CHECKING:
    from lerend.evidence.synthetic.control import SyntheticControl
    from lerend.evidence.synthetic.differences import SyntheticDifferences
    from lerend.evidence.synthetic.history import History


def _history(table: Table, given: Given) -> History:
    from lerend.evidence.synthetic.history import history_of  # noqa: PLC0415 -- each method loads only what it needs

    outcome, time, first = table.numbers([given.text(name) for name in ("outcome", "time", "first")]).T
    return history_of(outcome, table.texts(given.text("unit")), time, first)


def _control(table: Table, given: Given) -> SyntheticControl:
    from lerend.evidence.synthetic.control import synthetic_control  # noqa: PLC0415 -- each method loads only what it needs

    return synthetic_control(_history(table, given), worst=given.number("worst"), seed=given.whole("seed"))


def _differences(table: Table, given: Given) -> SyntheticDifferences:
    from lerend.evidence.synthetic.differences import synthetic_differences  # noqa: PLC0415 -- loads only what it needs

    return synthetic_differences(
        _history(table, given),
        worst=given.number("worst"),
        level=given.number("level"),
        seed=given.whole("seed"),
    )


_ASKED = (
    Option("outcome", Kind.COLUMN, "the column with the outcome"),
    Option("unit", Kind.COLUMN, "the column with the unit; one row for each unit and time"),
    Option("time", Kind.COLUMN, "the column with the time, as a number"),
    Option("first", Kind.COLUMN, "the column with the time at which the unit begins; empty or 0 for never"),
    Option(
        "worst",
        Kind.NUMBER,
        "the largest misfit before the start, in standard deviations between the other units",
        "0.25",
    ),
    Option("seed", Kind.WHOLE, "for drawing sets of units, where there are too many to look at all", "0"),
)
METHODS = (
    Method(
        "synthetic-control",
        "the difference since the start from a mixture of units that went the same way before it",
        _ASKED,
        RunsOn.FILE,
        "synthetic-control",
        _control,
    ),
    Method(
        "synthetic-differences",
        "the change since the start minus that of a mixture of units and times (synthetic difference in differences)",
        (*_ASKED, LEVEL),
        RunsOn.FILE,
        "synthetic-control",
        _differences,
    ),
)
