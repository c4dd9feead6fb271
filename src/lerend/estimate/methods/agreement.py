"""How much the people of each group agree, against two nulls or more, and beside what chance makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

if TYPE_CHECKING:
    from lerend.statistics.agreement import Agreement, AgreementSummary, Deviation
    from lerend.statistics.chance_table import ChanceTable
    from lerend.statistics.nulls import Null
    from lerend.statistics.sufficient import Statistics

_LEAST_RATERS: Final = 5
_LEAST_NULLS: Final = 2


@dataclass(frozen=True, slots=True)
class AgainstNull:
    """Agreement of one group against one null.

    Attributes:
        scale: rwg, or rwg(j) for several items; 0 to 1.
        linear: r*wg(j), not cut off.
        by_chance: what `scale` must be above chance at 5 %; None where no value is.
        beyond_chance: whether it is.
        deviation_by_chance: what the average deviation must be below chance at 5 %; None where no value is.
    """

    scale: float
    linear: float
    by_chance: float | None
    beyond_chance: bool
    deviation_by_chance: float | None


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """One group.

    Attributes:
        raters: the smallest number who answered any of the items.
        against: by null.
        awg: agreement that needs no null, -1 to 1; NaN where the mean is too near an end.
        from_mean, from_median: average deviation, in categories.
    """

    group: str
    raters: int
    against: Mapping[str, AgainstNull]
    awg: float
    from_mean: float
    from_median: float


@dataclass(frozen=True, slots=True)
class AgreementFound:
    """Agreement on a scale.

    Attributes:
        over_groups: by null, the mean and the median over the groups.
        groups: those with enough raters, by name.
        too_small: how many groups have fewer, of which nothing is said.
        correlation: between the items, that chance was given.
        concerns: what must be said beside the numbers.
    """

    over_groups: Mapping[str, AgreementSummary | None]
    groups: tuple[GroupAgreement, ...]
    too_small: int
    correlation: float
    concerns: tuple[Message, ...]


def _agreement(table: Table, given: Given) -> AgreementFound:
    from lerend.statistics.agreement import agreements, deviation, summary  # noqa: PLC0415 -- each method loads its own
    from lerend.statistics.chance_table import ChanceTable, correlation_within  # noqa: PLC0415 -- likewise

    items, nulls = given.columns("items"), _nulls(given)
    statistics = _counted(table, given)
    found = agreements(statistics, items, nulls=nulls)
    spread = deviation(statistics, items)
    asked = given.has("correlation")
    correlation = given.number("correlation") if asked else correlation_within(statistics, items)
    chance = ChanceTable(statistics.categories, len(items), correlation, seed=given.whole("seed"))
    enough = np.flatnonzero(spread.raters >= _LEAST_RATERS)
    return AgreementFound(
        over_groups={one.null.value: summary(one) for one in found},
        groups=tuple(_group(int(row), found, spread, chance) for row in enough),
        too_small=len(spread.units) - len(enough),
        correlation=correlation,
        concerns=tuple(_said(len(enough), len(spread.units))),
    )


def _group(row: int, found: tuple[Agreement, ...], spread: Deviation, chance: ChanceTable) -> GroupAgreement:
    raters = int(spread.raters[row])
    return GroupAgreement(
        group=spread.units[row][0],
        raters=raters,
        against={one.null.value: _against(row, one, raters, chance) for one in found},
        awg=float(spread.awg[row]),
        from_mean=float(spread.from_mean[row]),
        from_median=float(spread.from_median[row]),
    )


def _against(row: int, found: Agreement, raters: int, chance: ChanceTable) -> AgainstNull:
    critical, scale = chance.rwg(raters, found.null), float(found.scale[row])
    return AgainstNull(
        scale=scale,
        linear=float(found.linear[row]),
        by_chance=critical,
        beyond_chance=critical is not None and scale >= critical,
        deviation_by_chance=chance.deviation(raters, found.null),
    )


def _counted(table: Table, given: Given) -> Statistics:
    from lerend.answers.table import AnswerBatch  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- likewise
    from lerend.statistics.kernel import statistics_of  # noqa: PLC0415 -- likewise

    items, categories = given.columns("items"), given.whole("categories")
    answers = ordinal_answers(table, items)
    if not 2 <= categories <= 10 or answers.codes.max(initial=0) > categories:
        what = say("There are answers outside the {categories} categories.", categories=categories)
        raise OptionsAreWrong([Problem("categories", what, say("Give the number of answers that could be chosen."))])
    groups = table.groups(given.text("group"))
    kept = groups.codes >= 0
    batch = AnswerBatch(
        items=items,
        codes=answers.codes[kept],
        paths=tuple((name,) for name in groups.names),
        group=groups.codes[kept].astype(np.int32),
    )
    return statistics_of(batch, categories=categories, block_depth=0)


def _nulls(given: Given) -> tuple[Null, ...]:
    from lerend.statistics.nulls import Null  # noqa: PLC0415 -- each method loads only what it needs

    named = given.columns("nulls")
    if len(set(named)) < _LEAST_NULLS or not set(named) <= set(Null):
        what = say("Two nulls or more are needed: which one is taken rules the result.")
        raise OptionsAreWrong([Problem("nulls", what, say("There are: {names}.", names=tuple(Null)))])
    return tuple(Null(name) for name in named)


def _said(enough: int, groups: int) -> Iterator[Message]:
    if not enough:
        yield say("No group has {least} people: nothing can be said about agreement.", least=_LEAST_RATERS)
    elif enough < groups:
        yield say("Groups with fewer than {least} people are left out: they agree by chance.", least=_LEAST_RATERS)


METHODS = (
    Method(
        "agreement",
        "how much the people of each group agree: rwg, average deviation and what chance makes of them",
        (
            Option("items", Kind.COLUMNS, "the columns of the items, commas between them"),
            Option("group", Kind.COLUMN, "the column of the team or company"),
            Option("categories", Kind.WHOLE, "how many answers could be chosen", "5"),
            Option("nulls", Kind.TEXT, "how answers spread when nobody agrees, two or more", "uniform,slight_skew"),
            Option("correlation", Kind.NUMBER, "between items, for chance; their own within groups if left out", ""),
            Option("seed", Kind.WHOLE, "where the draws of chance start", "1"),
        ),
        RunsOn.BOTH,
        "agreement-and-icc",
        _agreement,
    ),
)
