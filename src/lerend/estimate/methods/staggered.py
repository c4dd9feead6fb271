"""Starts at different times, and a difference made sharper by a measurement before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.evidence.effects.covariate_adjustment import Adjusted
    from lerend.evidence.effects.group_time import GroupTime, Mean, Means


@dataclass(frozen=True, slots=True)
class Staggered:
    """Effects by group and time, and their means."""

    units: int
    effects: tuple[GroupTime, ...]
    simple: Mean
    by_exposure: Means
    by_group: Means
    by_time: Means


def _staggered(table: Table, given: Given) -> Staggered:
    from lerend.evidence.effects.group_time import group_times  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.evidence.effects.panel import panel_of  # noqa: PLC0415 -- likewise

    outcome, time, first = table.numbers([given.text(name) for name in ("outcome", "time", "first")]).T
    covariates = table.numbers(given.columns("covariates"))
    panel = panel_of(outcome, table.groups(given.text("unit")).codes, time, np.nan_to_num(first), covariates)
    found = group_times(
        panel,
        adjusted=given.text("adjusted"),  # type: ignore[arg-type]  # one of its choices
        controls=given.text("controls"),  # type: ignore[arg-type]  # one of its choices
        base=given.text("base"),  # type: ignore[arg-type]  # one of its choices
        anticipation=given.number("anticipation"),
    )
    return Staggered(panel.units, found.effects, found.simple, found.by_exposure, found.by_group, found.by_time)


def _adjusted(table: Table, given: Given) -> Adjusted:
    from lerend.evidence.effects.covariate_adjustment import adjusted_difference  # noqa: PLC0415 -- loads only what it needs

    names = (given.text("outcome"), given.text("begun"), *given.columns("before"))
    values = table.numbers(names)
    values = values[~np.isnan(values).any(axis=1)]
    if not np.isin(values[:, 1], (0, 1)).all():
        what = say("Whether a row began is 1 or 0.")
        raise OptionsAreWrong([Problem("begun", what, say("Mend this in the file."))])
    how = given.text("how")
    return adjusted_difference(
        values[:, 0],
        values[:, 1] == 1,
        values[:, 2:],
        how,  # type: ignore[arg-type]  # one of its choices
        level=given.number("level"),
    )


LEVEL = Option("level", Kind.NUMBER, "how sure the interval is to be", "0.95")
METHODS = (
    Method(
        "staggered",
        "effects of starts at different times, for each group and time and on average",
        (
            Option("outcome", Kind.COLUMN, "the column with the outcome"),
            Option("unit", Kind.COLUMN, "the column with the unit; one row for each unit and time"),
            Option("time", Kind.COLUMN, "the column with the time, as a number"),
            Option("first", Kind.COLUMN, "the column with the time at which the unit begins; empty or 0 for never"),
            Option("covariates", Kind.COLUMNS, "columns known before the start, commas between them", ""),
            Option("adjusted", Kind.CHOICE, "how covariates are used", "dr", ("dr", "reg", "ipw", "drimp")),
            Option("controls", Kind.CHOICE, "who to compare with", "never", ("never", "not_yet")),
            Option(
                "base", Kind.CHOICE, "with which time to compare before the start", "varying", ("varying", "universal")
            ),
            Option("anticipation", Kind.NUMBER, "times before the start at which units may react", "0"),
        ),
        RunsOn.FILE,
        "effects",
        _staggered,
    ),
    Method(
        "adjusted-difference",
        "those that began minus the others, made sharper by what was measured before",
        (
            Option("outcome", Kind.COLUMN, "the column with the outcome"),
            Option("begun", Kind.COLUMN, "the column that says 1 for who began and 0 for the others"),
            Option("before", Kind.COLUMNS, "columns measured before the lot, commas between them"),
            Option(
                "how",
                Kind.CHOICE,
                "how the measurement before is used",
                "covariate",
                ("none", "covariate", "interacted", "cuped"),
            ),
            LEVEL,
        ),
        RunsOn.FILE,
        "effects",
        _adjusted,
    ),
)
