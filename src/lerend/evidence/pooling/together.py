"""Pilots taken together in both ways, side by side: Bayesian as the answer, the classical one to compare it with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.evidence.pooling.bayes import WORTH_HAVING, Pooled, pool
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.random_effects import RandomEffects, random_effects
from lerend.evidence.pooling.saying import belief_in_words, in_deviations, prior_said, with_interval
from lerend.wording import Message, say

LEAST_CLASSICAL: Final = 3


@dataclass(frozen=True, slots=True)
class Together:
    """All that is shown of pilots taken together.

    Attributes:
        classical: REML with Hartung–Knapp, never narrowed, and its prediction interval; None below three pilots.
        sentences: the mean, a new company, what the prior still carries, and the classical answer.
    """

    pooled: Pooled
    classical: RandomEffects | None
    sentences: tuple[Message, ...]


def taken_together(
    pilots: Sequence[PilotEffect], *, prior: Prior | None = None, worth_having: float = WORTH_HAVING
) -> Together:
    """Pilots of one approach on one outcome.

    Raises:
        EffectsAreWrong: no pilots, or numbers that cannot be used.
    """
    found = pool(pilots, prior=prior, worth_having=worth_having)
    classical = None
    if len(pilots) >= LEAST_CLASSICAL:
        errors = np.array([pilot.standard_error for pilot in pilots], float)
        classical = random_effects([pilot.value for pilot in pilots], errors**2)
    return Together(found, classical, _sentences(found, classical))


def _sentences(found: Pooled, classical: RandomEffects | None) -> tuple[Message, ...]:
    ours = (
        say("On average: {belief}.", belief=belief_in_words(found.mean)),
        say("In a company that starts now: {belief}.", belief=belief_in_words(found.new)),
        prior_said(found),
    )
    if classical is None:
        return (*ours, say("From three pilots on, the same is shown without what we held likely before."))
    beside = say(
        "Without what we held likely before: {mean}; in a new company between {low} and {high}. These ranges rest on {df} "
        "degrees of freedom.",
        mean=with_interval(classical.mean, classical.interval),
        low=in_deviations(classical.prediction.low),
        high=in_deviations(classical.prediction.high),
        df=classical.effects - 1,
    )
    return (*ours, beside)
