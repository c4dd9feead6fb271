"""How reliably a scale measures: alpha, omega, and what lies behind ordinal answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

LEVEL = Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95")
ITEMS = Option("items", Kind.COLUMNS, "the columns of the items, commas between them")

_FEW: Final = 50
_FEW_FOR_ORDINAL: Final = 150
"""Below it the intervals of ordinal reliability held the truth less often than promised: docs/methods/reliability.md."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """A coefficient, and how many rows without an empty cell it stands on.

    Attributes:
        coefficient: None where it cannot be had; `concerns` says why.
        distribution_free: for alpha, the interval that does not take answers as normal: the one to show.
        left_out: rows with an empty cell among the items.
        concerns: what must be said beside the numbers.
    """

    coefficient: object | None
    distribution_free: object | None
    people: int
    left_out: int
    concerns: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class OrdinalReliability:
    """Reliability of ordinal answers; see docs/methods/reliability.md.

    Attributes:
        alpha: of the variables behind the answers.
        omega: of these and of the sum of the answers; None with fewer than three items.
        left_out: rows with an empty cell among the items.
        concerns: what must be said beside the numbers.
    """

    alpha: object
    omega: object | None
    people: int
    left_out: int
    concerns: tuple[Message, ...]


def _alpha(table: Table, given: Given) -> Reliability:
    from lerend.statistics.distribution_free import distribution_free_alpha  # noqa: PLC0415 -- each method loads its own
    from lerend.statistics.reliability import cronbach_alpha  # noqa: PLC0415 -- likewise

    answers, left_out = _complete(table, given)
    level = given.number("level")
    found = cronbach_alpha(_covariance(answers), len(answers), level=level)
    why = say("There is no alpha: it takes two items, three people, and a sum that differs between people.")
    return Reliability(
        coefficient=found,
        distribution_free=distribution_free_alpha(answers, level=level),
        people=len(answers),
        left_out=left_out,
        concerns=((why,) if found is None else ()) + _concerns(given.columns("items"), answers),
    )


def _omega(table: Table, given: Given) -> Reliability:
    from lerend.statistics.omega import omega_total  # noqa: PLC0415 -- each method loads only what it needs

    answers, left_out = _complete(table, given)
    found = omega_total(_covariance(answers), len(answers), level=given.number("level"))
    why = say("There is no omega: one common factor could not be fitted to these items in a way that can be proven.")
    return Reliability(
        coefficient=found,
        distribution_free=None,
        people=len(answers),
        left_out=left_out,
        concerns=((why,) if found is None else ()) + _concerns(given.columns("items"), answers),
    )


def _ordinal(table: Table, given: Given) -> OrdinalReliability:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.ordinal.sample import sample_of  # noqa: PLC0415 -- likewise
    from lerend.statistics.ordinal_reliability import ordinal_alpha, ordinal_omega  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.concerns import concerns_of_correlations  # noqa: PLC0415 -- likewise

    items, level = given.columns("items"), given.number("level")
    answers = ordinal_answers(table, items)
    sample = sample_of(answers.codes, items, lowest=answers.lowest)
    concerns = concerns_of_correlations(sample.estimates)
    enough = len(items) > 2
    if not enough:
        concerns += (say("There is no omega: two items cannot tell their loadings apart."),)
    if sample.people < _FEW_FOR_ORDINAL:
        concerns += (
            say(
                "With fewer than {people} people these intervals are too short: they miss the true value more often than they say.",
                people=_FEW_FOR_ORDINAL,
            ),
        )
    whole = answers.codes[(answers.codes > 0).all(axis=1)].astype(np.float64)
    return OrdinalReliability(
        alpha=ordinal_alpha(sample, level=level),
        omega=ordinal_omega(sample, level=level) if enough else None,
        people=sample.people,
        left_out=sample.left_out,
        concerns=concerns + _concerns(items, whole),
    )


def _general(table: Table, given: Given) -> Reliability:
    from lerend.statistics.general_factor.hierarchy import general_factor  # noqa: PLC0415 -- each method loads only its own

    answers, left_out = _complete(table, given)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlations = np.atleast_2d(np.corrcoef(answers, rowvar=False))
    return Reliability(
        coefficient=general_factor(correlations, given.whole("factors")),
        distribution_free=None,
        people=len(answers),
        left_out=left_out,
        concerns=_concerns(given.columns("items"), answers),
    )


def _concerns(items: tuple[str, ...], answers: NDArray[np.float64]) -> tuple[Message, ...]:
    return tuple(_said(items, answers))


def _said(items: tuple[str, ...], answers: NDArray[np.float64]) -> Iterator[Message]:
    if len(answers) < _FEW:
        yield say("Fewer than {few} people: look at the interval, not at the value.", few=_FEW)
    against = tuple(item for item, with_rest in zip(items, _with_rest(answers), strict=True) if with_rest < 0)
    if against:
        yield say("These items go against the others: {items}. Were they worded the other way round?", items=against)


def _with_rest(answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k,) covariance of each item with the sum of the others."""
    covariance = _covariance(answers)
    return np.asarray(covariance.sum(axis=1) - covariance.diagonal())


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
    Method(
        "ordinal-reliability",
        "alpha and omega of ordinal answers: of the variables behind them, and of their sum",
        (ITEMS, LEVEL),
        RunsOn.FILE,
        "reliability",
        _ordinal,
    ),
    Method(
        "omega-hierarchical",
        "omega hierarchical where the factors are not known beforehand: explored, then Schmid and Leiman",
        (ITEMS, Option("factors", Kind.WHOLE, "how many factors there are beside it, three or more", "3")),
        RunsOn.BOTH,
        "reliability",
        _general,
    ),
)
