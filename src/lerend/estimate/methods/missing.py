"""Missing answers: are they missing by lot, and putting together estimates from data that were filled in several times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.errors import AnswersAreWrong, Problem
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.response.imputed import Pooled
    from lerend.statistics.response.missing import LittleTest


@dataclass(frozen=True, slots=True)
class PooledParameter:
    """One parameter over all data sets."""

    parameter: str
    pooled: Pooled


def _little(table: Table, given: Given) -> LittleTest:
    from lerend.statistics.response.missing import little_test  # noqa: PLC0415 -- each method loads only what it needs

    return little_test(table.numbers(given.columns("items")))


def _imputed(table: Table, given: Given) -> tuple[PooledParameter, ...]:
    from lerend.statistics.response.imputed import pool  # noqa: PLC0415 -- each method loads only what it needs

    sets, parameters = table.groups(given.text("set")), table.groups(given.text("parameter"))
    shape = len(sets.names), len(parameters.names)
    whole = len(set(zip(sets.codes.tolist(), parameters.codes.tolist(), strict=True)))
    if whole != table.rows or whole != shape[0] * shape[1]:
        what = say("Not every data set has each parameter once.")
        raise AnswersAreWrong([Problem(table.name, what, say("Give one row for each data set and parameter."))])
    estimates, errors = np.empty(shape), np.empty(shape)
    estimates[sets.codes, parameters.codes] = table.number(given.text("estimate"))
    errors[sets.codes, parameters.codes] = table.number(given.text("error"))
    complete = given.number("df") if given.has("df") else np.inf
    pooled = pool(estimates, errors**2, complete_df=complete, level=given.number("level"))
    return tuple(PooledParameter(name, found) for name, found in zip(parameters.names, pooled, strict=True))


METHODS = (
    Method(
        "missing-answers",
        "whether answers are missing completely at random (Little's test), with means and covariances that use everybody",
        (Option("items", Kind.COLUMNS, "the columns, commas between them"),),
        RunsOn.FILE,
        "missing-answers",
        _little,
    ),
    Method(
        "imputed-estimates",
        "estimates from data that were filled in several times, put together by Rubin's rules",
        (
            Option("set", Kind.COLUMN, "the column with the number of the data set"),
            Option("parameter", Kind.COLUMN, "the column with the name of the parameter"),
            Option("estimate", Kind.COLUMN, "the column of the estimates"),
            Option("error", Kind.COLUMN, "the column of the standard errors"),
            Option("df", Kind.NUMBER, "degrees of freedom if nothing had been missing", ""),
            Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95"),
        ),
        RunsOn.FILE,
        "missing-answers",
        _imputed,
    ),
)
