"""Where an intervention stands: its grade, and what to expect of it in a company that starts now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot
from typing import Final

from lerend.evidence.grading.finished import FinishedPilot, by_company
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING, Grade
from lerend.evidence.pooling.bayes import Pooled, pool
from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.tails import normal_p, t_quantile
from lerend.statistics.interval import Interval

LIKELY_FOR_CONTRADICTION: Final = 0.5
SURPRISING: Final = 0.05
WIDER: Final = 1.1
"""A contradicting pilot makes the interval at least a tenth wider than it was."""
DOUBLED: Final = 2.0
"""After a contradiction both doubts of what was held before count so many times larger."""
_TOLD_APART: Final = 3
"""Companies from which on it is said that they differ."""
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Standing:
    """What is thought of an intervention at one moment; effects in standard deviations between people.

    Attributes:
        effect, interval: in a company that starts now; the interval holds it with probability .95.
        worth_having, above_zero: probability that it is worth having there, and above zero.
        mean_interval, mean_above_zero, mean_worth_having: of the mean over companies.
        pilots, companies: that count.
        prior_share: part (0 to 1) of the mean that publications (halved) still carry.
        mixed: companies differ so much that in more than one of four it would do nothing or harm.
    """

    grade: Grade
    effect: float
    interval: Interval
    worth_having: float
    above_zero: float
    mean_interval: Interval
    mean_above_zero: float
    mean_worth_having: float
    spread: float
    pilots: int
    companies: int
    prior_share: float
    mixed: bool


def standing_of(
    pilots: Sequence[FinishedPilot],
    prior: Prior,
    grade: Grade,
    *,
    smallest: float = SMALLEST_WORTH_HAVING,
) -> Standing:
    """The standing that pilots (all of which count) and a prior give, whatever the grade."""
    return _standing(_pooled(pilots, prior, smallest), len(pilots), prior, grade, smallest)


def _pooled(pilots: Sequence[FinishedPilot], prior: Prior, smallest: float) -> Pooled | None:
    effects = by_company(pilots)
    return pool(effects, prior=prior, worth_having=smallest) if effects else None


def _standing(found: Pooled | None, pilots: int, prior: Prior, grade: Grade, smallest: float) -> Standing:
    if found is None:
        return _of_prior(prior, grade, smallest)
    mixed = found.effects >= _TOLD_APART and found.new.above_zero < 0.75
    return Standing(
        grade=grade,
        effect=found.new.mean,
        interval=found.new.interval,
        worth_having=found.new.above_worth,
        above_zero=found.new.above_zero,
        mean_interval=found.mean.interval,
        mean_above_zero=found.mean.above_zero,
        mean_worth_having=found.mean.above_worth,
        spread=found.spread.mean,
        pilots=pilots,
        companies=found.effects,
        prior_share=found.prior_share,
        mixed=mixed,
    )


class Contradiction(StrEnum):
    """How a pilot says something else than what was thought."""

    HARM = "harm"
    """Its own 95 % interval lies below zero."""
    NOT_ENOUGH = "not_enough"
    """Its interval lies below the smallest effect worth having, while such an effect was likely."""
    SURPRISE = "surprise"
    """An effect as low was to be expected in fewer than one of twenty pilots like it."""


def doubted(prior: Prior) -> Prior:
    """What was held before, after a contradiction: the same mean, twice the doubt and twice the spread."""
    return Prior(prior.mean, DOUBLED * prior.deviation, replace(prior.spread, scale=DOUBLED * prior.spread.scale))


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Where pilots have led, one after the other.

    Attributes:
        found: the pilots pooled; None before the first.
        prior: what publications let us expect, after the contradictions up to here; doubted once at most.
        contradiction: how the last pilot said something else than what was thought, if it did.
    """

    standing: Standing
    found: Pooled | None
    prior: Prior
    contradiction: Contradiction | None = None


def contradiction(pilot: FinishedPilot, step: Step, smallest: float) -> Contradiction | None:
    """How a pilot that counts contradicts what was thought; None where it does not."""
    (own,) = by_company([pilot])
    high = own.value + own.standard_error * (_Z if own.df is None else t_quantile(0.95, own.df))
    if high < 0:
        return Contradiction.HARM
    if high < smallest and step.standing.worth_having >= LIKELY_FOR_CONTRADICTION:
        return Contradiction.NOT_ENOUGH
    return Contradiction.SURPRISE if _chance_of_so_low(own, step) < SURPRISING else None


def taken_in(
    step: Step, pilots: Sequence[FinishedPilot], pilot: FinishedPilot, published: Prior, smallest: float
) -> Step:
    """The next step, when `pilot` joins `pilots`; the grade is left as it is."""
    against = contradiction(pilot, step, smallest)
    prior = doubted(published) if against else step.prior
    found = _pooled((*pilots, pilot), prior, smallest)
    after = _standing(found, len(pilots) + 1, prior, step.standing.grade, smallest)
    return Step(widened(after, step.standing) if against else after, found, prior, against)


def replayed(pilots: Sequence[FinishedPilot], published: Prior, grade: Grade, smallest: float) -> Step:
    """Where pilots, in the order given, have led from what was published; the grade is what people signed last."""
    step = Step(standing_of((), published, grade, smallest=smallest), None, published)
    for place, pilot in enumerate(pilots):
        step = taken_in(step, pilots[:place], pilot, published, smallest)
    return step


def widened(after: Standing, before: Standing) -> Standing:
    """`after`, its interval at least a tenth wider than before, and never higher at its low end."""
    was = before.interval.high - before.interval.low
    is_now = after.interval.high - after.interval.low
    factor = max(1.0, WIDER * was / is_now)
    low = after.effect - factor * (after.effect - after.interval.low)
    high = after.effect + factor * (after.interval.high - after.effect)
    return replace(after, interval=Interval(min(low, before.interval.low), high))


def _chance_of_so_low(own: PilotEffect, step: Step) -> float:
    value, variance = (float(each[0]) for each in arrays_of([own]))
    if step.found is not None:
        return step.found.new_observed_below(value, variance)
    prior = step.prior
    deviation = hypot(prior.deviation, prior.spread.scale, variance**0.5)
    tail = 0.5 * normal_p((value - prior.mean) / deviation)
    return tail if value < prior.mean else 1 - tail


def _of_prior(prior: Prior, grade: Grade, smallest: float) -> Standing:
    """Before any pilot: E[tau²] of a half-normal prior is its scale squared."""
    deviation = hypot(prior.deviation, prior.spread.scale)
    new = Interval(prior.mean - _Z * deviation, prior.mean + _Z * deviation)
    mean = Interval(prior.mean - _Z * prior.deviation, prior.mean + _Z * prior.deviation)
    return Standing(
        grade=grade,
        effect=prior.mean,
        interval=new,
        worth_having=_above(smallest, prior.mean, deviation),
        above_zero=_above(0.0, prior.mean, deviation),
        mean_interval=mean,
        mean_above_zero=_above(0.0, prior.mean, prior.deviation),
        mean_worth_having=_above(smallest, prior.mean, prior.deviation),
        spread=prior.spread.scale * (2 / 3.141592653589793) ** 0.5,
        pilots=0,
        companies=0,
        prior_share=1.0,
        mixed=False,
    )


def _above(threshold: float, mean: float, deviation: float) -> float:
    tail = 0.5 * normal_p((threshold - mean) / deviation)
    return tail if threshold >= mean else 1 - tail
