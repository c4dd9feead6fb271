"""Factors as they are coded per pilot, before anybody knows the effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.evidence.pooling.problems import EffectsAreWrong, Numbers, wrong
from lerend.wording import Text, say

MOST_FACTORS: Final = 12


@dataclass(frozen=True, slots=True)
class CodedFactor:
    """Something that may make the difference between pilots.

    Attributes:
        values: one per pilot, in the same order: 0 or 1 for what is there or not, else any scale.
        name: short, such as "the manager takes part".
        context: as it follows on "where", such as "the manager takes part herself".
        mechanism: as it follows on "because", such as "people then see that time for it is real".
    """

    id: str
    name: Text
    values: tuple[float, ...]
    context: Text
    mechanism: Text

    @property
    def is_yes_or_no(self) -> bool:
        return set(self.values) <= {0.0, 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Standardised:
    """(k, m) factors with mean 0 and deviation 1 over the pilots; (m,) what one deviation is in the factor's own unit."""

    values: Numbers
    deviations: Numbers


def standardised(factors: Sequence[CodedFactor], pilots: int) -> Standardised:
    """The factors side by side.

    Raises:
        EffectsAreWrong: none or too many, another number of values than pilots, unknown values, an id twice, or a factor
            that is the same in all pilots.
    """
    if not factors or len(factors) > MOST_FACTORS:
        what = say("There are {count} factors.", count=len(factors))
        raise wrong("factors", what, say("Choose 1 to {most} before the effects are known.", most=MOST_FACTORS))
    if len({factor.id for factor in factors}) < len(factors):
        raise wrong("factors", say("A factor is there twice."), say("Give every factor an id of its own."))
    values = np.array([_values(factor, pilots) for factor in factors]).T
    deviations = values.std(axis=0)
    return Standardised((values - values.mean(axis=0)) / deviations, deviations)


def _values(factor: CodedFactor, pilots: int) -> Numbers:
    values = np.asarray(factor.values, float)
    problem = _problem(factor, values, pilots)
    if problem is not None:
        raise problem
    return values


def _problem(factor: CodedFactor, values: Numbers, pilots: int) -> EffectsAreWrong | None:
    where = f"factor {factor.id}"
    if values.shape != (pilots,):
        what = say("It is coded for {coded} of {pilots} pilots.", coded=values.size, pilots=pilots)
        return wrong(where, what, say("Code it for every pilot, or leave it out."))
    if not np.isfinite(values).all():
        return wrong(where, say("For a pilot it is unknown."), say("Code it for every pilot, or leave it out."))
    if values.std() <= 1e-12 * max(float(np.abs(values).max()), 1.0):
        return wrong(where, say("It is the same in all pilots, so it explains no difference."), say("Leave it out."))
    return None
