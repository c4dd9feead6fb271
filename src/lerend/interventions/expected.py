"""What an intervention may bring in an ordinary company: half of what studies found, and how sure that is.

Studies choose their places, measure soon and often ask the people themselves. At six to twelve months, in a company that
nobody chose, half of it is a better guess; between companies it differs more than the interval of a mean says. Both are
judgements of ours (`docs/methods/matching.md`), to be replaced by what pilots find.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from lerend.interventions.catalogue import Effect, Grade, Intervention, Level, Measure

SMALLEST_WORTH_HAVING: Final = 0.15
"""Standard deviations: below this the people who do it hardly notice."""
HALVED: Final = 0.5
_BETWEEN_COMPANIES: Final = {Grade.A: 0.15, Grade.B: 0.20, Grade.C: 0.25, Grade.D: 0.30}
_UNKNOWN_SIZE: Final = 0.10
"""For the order only: what counts for an effect of which nobody gives the size."""
_REACH: Final = {
    Level.INDIVIDUAL: 0.5,
    Level.JOB: 1.0,
    Level.TEAM: 1.0,
    Level.LEADERSHIP: 1.0,
    Level.ORGANISATION: 0.7,
    Level.BETWEEN_ORGANISATIONS: 0.4,
}
"""Share of the people of a unit whom it reaches."""
_CARRIED_OUT: Final = {1: 0.8, 2: 0.7, 3: 0.6, 4: 0.5, 5: 0.4}
"""Chance that it is really done, by rank of cost."""
_LEAST_STUDIES: Final = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """The difference to expect, in standard deviations between people, in a company that starts now.

    Attributes:
        value, low, high: with the range that holds the difference in 95 of 100 companies.
        worth_having: probability that it is at least `SMALLEST_WORTH_HAVING`.
        studies: at least so many studies are behind it.
    """

    value: float
    low: float
    high: float
    worth_having: float
    studies: int

    @property
    def is_enough(self) -> bool:
        """Likely worth having, and seen by more than one or two studies."""
        return self.worth_having >= 0.75 and self.studies >= _LEAST_STUDIES


def expected_effect(entry: Intervention) -> Expected | None:
    """What to expect; None where no source gives a size.

    Of several sizes the smallest counts.
    """
    sized = [effect for effect in entry.effects if effect.size is not None and effect.measure is Measure.DIFFERENCE]
    if not sized:
        return None
    effect = min(sized, key=lambda each: each.size or 0)
    mean = HALVED * (effect.size or 0)
    deviation = math.hypot(_BETWEEN_COMPANIES[entry.evidence.grade], _noise(effect))
    most = max((each.studies or 0) for each in entry.effects)
    studies = most or (_LEAST_STUDIES if entry.evidence.grade is Grade.A else 1)
    above = 0.5 * math.erfc((SMALLEST_WORTH_HAVING - mean) / deviation / math.sqrt(2))
    return Expected(mean, mean - 1.96 * deviation, mean + 1.96 * deviation, above, studies)


def expected_gain(entry: Intervention) -> float:
    """For the order of what fits: expected difference times reach times the chance that it is carried out."""
    expected = expected_effect(entry)
    size = _UNKNOWN_SIZE if expected is None else expected.value
    return size * _REACH[entry.level] * _CARRIED_OUT[entry.cost.rank]


def _noise(effect: Effect) -> float:
    if effect.low is None or effect.high is None:
        return 0.0
    return HALVED * (effect.high - effect.low) / (2 * 1.96)
