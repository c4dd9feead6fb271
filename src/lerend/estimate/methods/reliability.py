"""Alpha and omega of a scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table

LEVEL = Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95")
ITEMS = Option("items", Kind.COLUMNS, "the columns of the items, commas between them")


@dataclass(frozen=True, slots=True)
class Reliability:
    """A coefficient, and how many rows without an empty cell it stands on.

    Attributes:
        coefficient: None where it cannot be had (docs/methods/reliability.md says when).
        left_out: rows with an empty cell among the items.
    """

    coefficient: object | None
    people: int
    left_out: int


def _alpha(table: Table, given: Given) -> Reliability:
    from lerend.statistics.reliability import cronbach_alpha  # noqa: PLC0415 -- each method loads only what it needs

    answers, left_out = _complete(table, given)
    return Reliability(
        cronbach_alpha(_covariance(answers), len(answers), level=given.number("level")), len(answers), left_out
    )


def _omega(table: Table, given: Given) -> Reliability:
    from lerend.statistics.reliability import omega_total  # noqa: PLC0415 -- each method loads only what it needs

    answers, left_out = _complete(table, given)
    return Reliability(
        omega_total(_covariance(answers), len(answers), level=given.number("level")), len(answers), left_out
    )


def _complete(table: Table, given: Given) -> tuple[NDArray[np.float64], int]:
    answers = table.numbers(given.columns("items"))
    whole = ~np.isnan(answers).any(axis=1)
    return answers[whole], int((~whole).sum())


def _covariance(answers: NDArray[np.float64]) -> NDArray[np.float64]:
    return (
        np.atleast_2d(np.cov(answers, rowvar=False)) if len(answers) > 1 else np.full((answers.shape[1],) * 2, np.nan)
    )


METHODS = (
    Method(
        "alpha", "how reliably a scale measures: Cronbach's alpha", (ITEMS, LEVEL), RunsOn.BOTH, "reliability", _alpha
    ),
    Method("omega", "how reliably a scale measures: omega total", (ITEMS, LEVEL), RunsOn.BOTH, "reliability", _omega),
)
