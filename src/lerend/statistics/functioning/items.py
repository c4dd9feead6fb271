"""Differential item functioning by ordinal logistic regression (Zumbo 1999), from one table per item.

Three models of an item: by the score of the other items; also by group (*uniform*: the item is easier for one group at
every score); also by score times group (*non-uniform*: it tells people apart better in one group).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.cumulative.fitting import CumulativeFit, fit_cumulative
from lerend.statistics.functioning.adjusted import adjusted, upper_tail
from lerend.statistics.functioning.tables import ScoreTable, table_of
from lerend.wording import Message, say

Values = NDArray[np.float64]

Matching: TypeAlias = Literal["rest", "total"]
MODERATE: Final = 0.035
LARGE: Final = 0.07
"""Rises of Nagelkerke's R² from which a difference is called moderate and large (Jodoin & Gierl 2001)."""
_NONE: Final[Values] = np.empty(0)
LEAST_PEOPLE: Final = 100
"""Below this in a group, tests see little and their p-values are rough."""


class NothingToCompare(LerendError):
    """Answers in which items cannot be compared between groups."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of two nested models.

    Attributes:
        chi_square: twice the difference of the log-likelihoods.
        df: degrees of freedom.
        p: of this chi-square or more where groups do not differ.
    """

    chi_square: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemFunctioning:
    """One item.

    Attributes:
        both: uniform and non-uniform together, the test to look at first; None where a model could not be fitted.
        uniform, non_uniform: each by itself, one after the other.
        p_adjusted: of `both`, over all items (Benjamini & Hochberg 1995).
        nagelkerke: of the three models.
        mcfadden: likewise.
        rise: of Nagelkerke's R² from the first model to the last: how much the group matters.
        size: negligible, moderate or large by `rise`.
        log_likelihoods: of no model, and of the three.
        slopes: (2,) or more, of score and groups, in the second model.
        thresholds: of the second model.
        score_change: by how much of itself the slope of the score changes when the group comes in.
        unused: groups that never gave an answer that others gave.
    """

    item: str
    both: Comparison | None
    uniform: Comparison | None
    non_uniform: Comparison | None
    p_adjusted: float | None
    nagelkerke: tuple[float, ...]
    mcfadden: tuple[float, ...]
    rise: float | None
    size: str | None
    log_likelihoods: tuple[float, ...]
    slopes: Values
    thresholds: Values
    score_change: float | None
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Functioning:
    """All items of a scale.

    Attributes:
        groups: the first is what the others are compared with.
        people: of each group.
        items: in the order given.
        concerns: what must be said beside the numbers.
    """

    groups: tuple[str, ...]
    people: tuple[int, ...]
    items: tuple[ItemFunctioning, ...]
    concerns: tuple[Message, ...]


def item_functioning(
    codes: NDArray[np.int64],
    items: Sequence[str],
    group: NDArray[np.intp],
    groups: Sequence[str],
    *,
    matching: Matching = "rest",
) -> Functioning:
    """Compare every item of a scale between groups, people matched on what they answered to the scale.

    Args:
        codes: (people, k) answers, all of them there, larger meaning more on every item.
        group: (people,) place in `groups`.
        matching: on the sum of the other items, or of all of them.

    Raises:
        NothingToCompare: fewer than two groups or three items, a group without people, or an item that everybody
            answered the same.
    """
    people = np.bincount(group, minlength=len(groups))
    _check(codes, items, people, groups)
    total = codes.sum(axis=1)
    rest = total[:, np.newaxis] - codes if matching == "rest" else np.broadcast_to(total[:, np.newaxis], codes.shape)
    tables = [table_of(codes[:, place], rest[:, place], group) for place in range(len(items))]
    models = [_models(table, len(groups)) for table in tables]
    tests = [_tests(found, len(groups) - 1) for found in models]
    p = adjusted([three[0].p if three else None for three in tests])
    return Functioning(
        groups=tuple(groups),
        people=tuple(people.tolist()),
        items=tuple(
            _item(item, table, found, three, value, groups)
            for item, table, found, three, value in zip(items, tables, models, tests, p, strict=True)
        ),
        concerns=tuple(_said(people, groups, [i for i, three in zip(items, tests, strict=True) if not three])),
    )


def _models(table: ScoreTable, groups: int) -> tuple[CumulativeFit, ...]:
    """By score, score and group, and both with their product; nothing where one of them could not be fitted."""
    score = table.score[:, np.newaxis]
    member = (table.group[:, np.newaxis] == np.arange(1, groups)).astype(np.float64)
    designs = (score, np.hstack([score, member]), np.hstack([score, member, score * member]))
    found = [fit_cumulative(design, table.counts) for design in designs]
    fits = tuple(one for one in found if one is not None)
    return fits if len(fits) == len(designs) else ()


def _tests(fits: tuple[CumulativeFit, ...], df: int) -> tuple[Comparison, ...]:
    """Both together, uniform, non-uniform."""
    if not fits:
        return ()
    by_score, with_group, with_product = (fit.log_likelihood for fit in fits)
    steps = (
        (with_product - by_score, 2 * df),
        (with_group - by_score, df),
        (with_product - with_group, df),
    )
    return tuple(Comparison(2 * rise, freedom, upper_tail(2 * rise, freedom)) for rise, freedom in steps)


def _item(
    item: str,
    table: ScoreTable,
    fits: tuple[CumulativeFit, ...],
    tests: tuple[Comparison, ...],
    p: float | None,
    groups: Sequence[str],
) -> ItemFunctioning:
    unused = tuple(
        name for number, name in enumerate(groups) if (table.counts[table.group == number].sum(0) == 0).any()
    )
    if not fits:
        return ItemFunctioning(item, None, None, None, None, (), (), None, None, (), _NONE, _NONE, None, unused)
    given = table.counts.sum(axis=0)
    people = float(given.sum())
    empty = float((given * np.log(given / people)).sum())
    reached = np.array([fit.log_likelihood for fit in fits])
    nagelkerke = (1 - np.exp(2 * (empty - reached) / people)) / (1 - np.exp(2 * empty / people))
    rise = float(nagelkerke[2] - nagelkerke[0])
    return ItemFunctioning(
        item=item,
        both=tests[0],
        uniform=tests[1],
        non_uniform=tests[2],
        p_adjusted=p,
        nagelkerke=tuple(nagelkerke.tolist()),
        mcfadden=tuple((1 - reached / empty).tolist()),
        rise=rise,
        size="large" if rise >= LARGE else "moderate" if rise >= MODERATE else "negligible",
        log_likelihoods=(empty, *reached.tolist()),
        slopes=fits[1].slopes,
        thresholds=fits[1].thresholds,
        score_change=float(abs(fits[1].slopes[0] / fits[0].slopes[0] - 1)),
        unused=unused,
    )


def _said(people: NDArray[np.int64], groups: Sequence[str], unfitted: Sequence[str]) -> Iterator[Message]:
    few = tuple(name for name, number in zip(groups, people, strict=True) if number < LEAST_PEOPLE)
    if few:
        yield say(
            "Fewer than {least} people in {groups}: only large differences can be seen.", least=LEAST_PEOPLE, groups=few
        )
    if unfitted:
        yield say(
            "These items could not be compared, because a score or a group goes with one answer only: {items}.",
            items=tuple(unfitted),
        )


def _check(codes: NDArray[np.int64], items: Sequence[str], people: NDArray[np.int64], groups: Sequence[str]) -> None:
    if len(groups) < 2 or (people == 0).any():
        raise _nothing(
            "group", say("Two groups with answers are needed."), say("Name a column with two groups or more.")
        )
    if len(items) < 3:
        raise _nothing(
            "items", say("People are matched on the other items, so three are needed."), say("Name more items.")
        )
    same = tuple(item for item, column in zip(items, codes.T, strict=True) if column.min() == column.max())
    if same:
        raise _nothing(
            ", ".join(same), say("Everybody gave the same answer, so it goes with nothing."), say("Leave the item out.")
        )


def _nothing(where: str, what: Message, mend: Message) -> NothingToCompare:
    return NothingToCompare([Problem(where, what, mend)])
