"""Many programmes under several practices: means with their intervals over programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.loop.practice import Practice
from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.running import Outcome, run_programme
from lerend.loop.world.companies import draw_world
from lerend.loop.world.numbers import Numbers, Stress
from lerend.statistics.interval import Interval
from lerend.statistics.regression.tails import t_quantile

LEVEL: Final = 0.95

Task: TypeAlias = tuple[Numbers, int, tuple[Practice, ...]]
Spread: TypeAlias = Callable[[Callable[[Task], tuple[Outcome, ...]], Iterable[Task]], Iterator[tuple[Outcome, ...]]]
"""How tasks are spread over processors, in order: `map`, or that of a pool of processes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean or ratio over programmes with its 95 % interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Compared:
    """A practice over all programmes; NaN where nothing was adopted at all.

    Attributes:
        improvement, at_end: of the outcome, in standard deviations between people.
        ratio: mean improvement over that of the first practice.
        tried, adopted, straight: per programme.
        useless, useless_here: shares of what was adopted.
        hours: spent an employee over all years.
    """

    practice: Practice
    improvement: Figure
    at_end: Figure
    ratio: Figure
    tried: float
    adopted: float
    straight: float
    useless: Figure
    useless_here: Figure
    hours: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Practices in one kind of world, in the order given; the first is what the others are set against."""

    stress: Stress
    programmes: int
    rows: tuple[Compared, ...]


def compare(
    practices: Sequence[Practice],
    *,
    numbers: Numbers,
    programmes: int,
    seed: int = 0,
    spread: Spread = map,
    done: Callable[[], None] = lambda: None,
) -> Comparison:
    """Run every practice on the same programmes.

    Args:
        seed: of the first programme; the others follow.
        spread: over processors.
        done: called after each programme, to show progress.
    """
    tasks = [(numbers, seed + place, tuple(practices)) for place in range(programmes)]
    found = []
    for outcomes in spread(outcomes_of, tasks):
        found.append(outcomes)
        done()
    columns = list(zip(*found, strict=True))
    rows = tuple(_compared(one, column, columns[0]) for one, column in zip(practices, columns, strict=True))
    return Comparison(numbers.stress, programmes, rows)


def outcomes_of(task: Task) -> tuple[Outcome, ...]:
    """One programme under each practice."""
    numbers, seed, practices = task
    asked = packaged_questionnaire()
    world = draw_world(numbers, asked.ranked, len(asked.factors), asked.outcomes, seed)
    return tuple(run_programme(world, practice, asked) for practice in practices)


def ratio_of(above: NDArray[np.float64], below: NDArray[np.float64]) -> Figure:
    """The ratio of two means over the same programmes, its interval by linearisation; NaN where the lower mean is nothing.

    With r the ratio, the error is that of the mean of above − r · below, over the lower mean (Cochran 1977, eq. 2.39); t with
    one degree of freedom less than programmes.
    """
    mean, programmes = float(below.mean()), len(above)
    if mean == 0:
        return Figure(np.nan, Interval(np.nan, np.nan))
    value = float(above.mean()) / mean
    reach = np.inf
    if programmes > 1:
        error = float((above - value * below).std(ddof=1)) / (programmes**0.5 * abs(mean))
        reach = t_quantile(LEVEL, programmes - 1) * error
    return Figure(value, Interval(value - reach, value + reach))


def _compared(practice: Practice, mine: Sequence[Outcome], first: Sequence[Outcome]) -> Compared:
    adopted = _values(mine, lambda one: one.adopted)
    ones = np.ones(len(mine))
    improved = _values(mine, lambda one: one.improvement)
    return Compared(
        practice=practice,
        improvement=ratio_of(improved, ones),
        at_end=ratio_of(_values(mine, lambda one: one.at_end), ones),
        ratio=ratio_of(improved, _values(first, lambda one: one.improvement)),
        tried=float(_values(mine, lambda one: one.tried).mean()),
        adopted=float(adopted.mean()),
        straight=float(_values(mine, lambda one: one.straight).mean()),
        useless=ratio_of(_values(mine, lambda one: one.useless), adopted),
        useless_here=ratio_of(_values(mine, lambda one: one.useless_here), adopted),
        hours=float(_values(mine, lambda one: one.hours).mean()),
    )


def _values(outcomes: Sequence[Outcome], of: Callable[[Outcome], float]) -> NDArray[np.float64]:
    return np.array([of(one) for one in outcomes], dtype=np.float64)
