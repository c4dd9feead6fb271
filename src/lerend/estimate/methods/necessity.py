"""What is seldom low where an outcome is high, described; and both p's of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

if TYPE_CHECKING:
    from lerend.statistics.necessity.bottleneck import BottleneckTable
    from lerend.statistics.necessity.corner import Corner, Scope
    from lerend.statistics.necessity.factors import FactorNecessity

CORNERS: Final = ("upper left", "upper right", "lower left", "lower right")


@dataclass(frozen=True, slots=True)
class Described:
    """One factor.

    Attributes:
        says: what may be said of it, in words.
        below: how many are below what the wanted outcome goes with; None where that cannot be said.
        bottleneck: what the ceilings ask for at rising levels of the outcome.
    """

    says: Message
    below: Message | None
    finding: FactorNecessity
    bottleneck: tuple[BottleneckTable, ...]


def _necessity(table: Table, given: Given) -> tuple[Described, ...]:
    from lerend.statistics.necessity.ceilings import CeilingKind  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.necessity.factors import necessity_of_factors  # noqa: PLC0415 -- as above

    names = given.columns("factors")
    y = table.number(given.text("outcome"))
    factors = dict(zip(names, table.numbers(names).T, strict=True))
    corner, scopes = _corner(given), _scopes(given, names)
    findings = necessity_of_factors(
        factors,
        y,
        rng=np.random.default_rng(given.whole("seed")),
        permutations=given.whole("permutations"),
        draws=given.whole("draws"),
        corner=corner,
        scopes=scopes,
        kinds=tuple(CeilingKind),
        wanted=given.number("wanted") if given.has("wanted") else None,
    )
    return tuple(_described(finding, factors[finding.factor], y, corner, given) for finding in findings)


def _described(
    finding: FactorNecessity,
    x: np.ndarray[tuple[int], np.dtype[np.float64]],
    y: np.ndarray[tuple[int], np.dtype[np.float64]],
    corner: Corner,
    given: Given,
) -> Described:
    from lerend.statistics.necessity.bottleneck import TableUnit, bottleneck_table  # noqa: PLC0415 -- as above
    from lerend.statistics.necessity.saying import told, told_below  # noqa: PLC0415 -- as above

    known = ~(np.isnan(x) | np.isnan(y))
    unit = TableUnit(given.text("unit"))
    tables = tuple(
        bottleneck_table(
            x[known],
            y[known],
            ceiling.kind,
            x_unit=unit,
            y_unit=unit,
            steps=given.whole("steps"),
            corner=corner,
            scope=finding.necessity.scope,
        )
        for ceiling in finding.necessity.ceilings
    )
    return Described(told(finding, finding.factor), told_below(finding, finding.factor), finding, tables)


def _corner(given: Given) -> Corner:
    from lerend.statistics.necessity.corner import Corner  # noqa: PLC0415 -- as above

    return Corner(1 + CORNERS.index(given.text("corner")))


def _scopes(given: Given, names: tuple[str, ...]) -> Mapping[str, Scope] | None:
    from lerend.statistics.necessity.corner import Scope  # noqa: PLC0415 -- as above

    if not given.has("scope"):
        return None
    parts = given.columns("scope")
    try:
        x_low, x_high, y_low, y_high = (float(part) for part in parts)
    except ValueError:
        what = say("A scope is four numbers with commas between them.")
        mend = say("Give the lowest and highest value of the factors, then of the outcome, such as 1,5,1,5.")
        raise OptionsAreWrong([Problem("scope", what, mend)]) from None
    return dict.fromkeys(names, Scope(x_low, x_high, y_low, y_high))


METHODS = (
    Method(
        "necessity",
        "what is seldom low where an outcome is high: ceilings, bottleneck tables, and whether it is more than a correlation",
        (
            Option("outcome", Kind.COLUMN, "the column of the outcome"),
            Option("factors", Kind.COLUMNS, "the columns of the factors, commas between them"),
            Option("corner", Kind.CHOICE, "which corner of the plot is looked at", CORNERS[0], CORNERS),
            Option("scope", Kind.TEXT, "lowest and highest possible value of the factors, then of the outcome", ""),
            Option("wanted", Kind.NUMBER, "an outcome for which to tell how many are below what goes with it", ""),
            Option(
                "unit",
                Kind.CHOICE,
                "what bottleneck tables are told in",
                "percentage.range",
                ("percentage.range", "percentage.max", "actual", "percentile"),
            ),
            Option("steps", Kind.WHOLE, "steps of the outcome in bottleneck tables", "10"),
            Option("permutations", Kind.WHOLE, "permutations of the outcome", "2000"),
            Option("draws", Kind.WHOLE, "data sets that only correlate", "500"),
            Option("seed", Kind.WHOLE, "where the drawing starts", "1"),
        ),
        RunsOn.BOTH,
        "necessity",
        _necessity,
    ),
)
