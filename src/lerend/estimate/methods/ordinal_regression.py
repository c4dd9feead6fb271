"""Regression of an answer in a few ordered categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.estimate.complete import complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.regression import LEVEL
from lerend.estimate.table import Table

LINK_NAMES = ("logit", "probit")


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalFactors:
    """What goes with an ordinal outcome.

    Attributes:
        model: an `OrdinalRegression`.
        intervals: one for each slope.
        odds_ratios, odds_ratio_intervals: of one more of a column on a higher answer; none (null) for the probit.
        left_out: rows with an empty cell.
    """

    model: object
    intervals: tuple[object, ...]
    odds_ratios: object | None
    odds_ratio_intervals: tuple[object, ...] | None
    left_out: int


def _ordinal(table: Table, given: Given) -> OrdinalFactors:
    from lerend.statistics.cumulative.links import LINKS  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.cumulative.model import ordinal_regression  # noqa: PLC0415 -- as above
    from lerend.statistics.interval import Interval  # noqa: PLC0415 -- as above

    factors, level = given.columns("factors"), given.number("level")
    complete = complete_rows(table, given, (given.text("outcome"), *factors), ("cluster",))
    link = next(link for link in LINKS if link == given.text("link"))
    model = ordinal_regression(
        complete.values[:, 0],
        complete.values[:, 1:],
        names=factors,
        link=link,
        clusters=complete.groups.get("cluster"),
    )
    intervals = tuple(model.interval(name, level) for name in model.names)
    logit = link == "logit"
    return OrdinalFactors(
        model=model,
        intervals=intervals,
        odds_ratios=np.exp(model.estimate) if logit else None,
        odds_ratio_intervals=(
            tuple(Interval(float(np.exp(one.low)), float(np.exp(one.high))) for one in intervals) if logit else None
        ),
        left_out=complete.left_out,
    )


METHODS = (
    Method(
        "ordinal-regression",
        "what goes with an answer in a few ordered categories (proportional odds)",
        (
            Option("outcome", Kind.COLUMN, "the column to be explained; only the order of its values counts"),
            Option("factors", Kind.COLUMNS, "the columns that explain it, commas between them"),
            Option("link", Kind.CHOICE, "odds, or a normal variable behind the answers", "logit", LINK_NAMES),
            Option("cluster", Kind.COLUMN, "the column that says which rows go together, such as the team", ""),
            LEVEL,
        ),
        RunsOn.FILE,
        "ordinal-regression",
        _ordinal,
    ),
)
