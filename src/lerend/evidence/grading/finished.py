"""A finished pilot as the catalogue sees it, and whether and how it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.wording import Message, say

YEARS_THAT_COUNT: Final = 10
JUDGED_BY_MAKER: Final = 2.0
"""The variance of an effect that the makers of the approach judged themselves is taken this many times larger."""


class Comparison(StrEnum):
    """What the effect was compared with, from fair to unfair."""

    DRAWN = "drawn"
    """Lots, a stepped start in random order, or a tie-breaker: chance decided who began."""
    CUT_OFF = "cut_off"
    """A score measured before decided."""
    OTHERS = "others"
    """Other teams or companies, not drawn."""
    BEFORE = "before"
    """The same people before: no effect estimate."""


@dataclass(frozen=True, slots=True)
class FinishedPilot:
    """What a finished pilot brings to the catalogue.

    Attributes:
        effect: with id, company, intervention, and its doubt.
        finished_on: its last measurement.
        independent: whoever judged it did not make or sell the approach.
        same_outcome: measured on the factor (or outcome) that the catalogue entry promises, with its questions.
        done: share (0 to 1) of the agreed dose that was really given. A pilot is never left out for it.
    """

    effect: PilotEffect
    comparison: Comparison
    finished_on: date
    independent: bool = True
    same_outcome: bool = True
    done: float = 1.0


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A pilot that does not enter the effect, and why."""

    pilot: str
    reason: Message


def counted(pilots: Sequence[FinishedPilot], today: date) -> tuple[tuple[FinishedPilot, ...], tuple[NotCounted, ...]]:
    """Which pilots enter the effect; never decided by what they found."""
    kept, left = [], []
    for pilot in pilots:
        reason = _why_not(pilot, today)
        if reason is None:
            kept.append(pilot)
        else:
            left.append(NotCounted(pilot.effect.id, reason))
    return tuple(kept), tuple(left)


def by_company(pilots: Sequence[FinishedPilot]) -> tuple[PilotEffect, ...]:
    """One effect per company: pilots of one company are no independent witnesses.

    They are averaged by precision, with the doubt that they would have if their errors were all the same.
    """
    companies: dict[str, list[PilotEffect]] = {}
    for pilot in pilots:
        name = pilot.effect.company or pilot.effect.id
        companies.setdefault(name, []).append(_own_doubt(pilot))
    return tuple(_one(name, effects) for name, effects in companies.items())


def _why_not(pilot: FinishedPilot, today: date) -> Message | None:
    if pilot.comparison is Comparison.BEFORE:
        return say("It compares people with themselves before, so it says nothing about the effect.")
    if not pilot.same_outcome:
        return say("It measured something else than what this approach is there for.")
    if (today - pilot.finished_on).days > 365.25 * YEARS_THAT_COUNT:
        return say("It ended more than {years} years ago.", years=YEARS_THAT_COUNT)
    return None


def _own_doubt(pilot: FinishedPilot) -> PilotEffect:
    if pilot.independent:
        return pilot.effect
    return replace(pilot.effect, standard_error=pilot.effect.standard_error * float(np.sqrt(JUDGED_BY_MAKER)))


def _one(company: str, effects: Sequence[PilotEffect]) -> PilotEffect:
    if len(effects) == 1:
        return effects[0]
    values, variances = arrays_of(effects)
    weights = 1 / variances / (1 / variances).sum()
    error = float(weights @ np.sqrt(variances))
    return PilotEffect(effects[0].id, float(weights @ values), error, None, company, effects[0].intervention)
