"""How well a mixture followed the units before they began, time by time, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.evidence.synthetic.history import History
from lerend.evidence.synthetic.placebo import Placebo
from lerend.wording import Message, say

Floats = NDArray[np.float64]
WORST: Final = 0.25
"""A mixture further off than this, in standard deviations between controls, follows too badly (Rubin 2001; Stuart 2010)."""
_FEW_TIMES: Final = 10
_FEW_SETS: Final = 19
"""With fewer sets of controls no p of .05 can come out."""
_CARRIED: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit, or one time, counts in a mixture."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Moment:
    """One time: the mean of the units that begin, what the mixture gives for it, and observed minus mixture."""

    time: float
    observed: float
    synthetic: float
    gap: float
    begun: bool


@dataclass(frozen=True, slots=True)
class Following:
    """How well the mixture follows before the start.

    Attributes:
        error: root of the mean squared gap before the start, in points of the outcome.
        spread: standard deviation between controls at one time, over the times before the start.
        misfit: the one over the other.
    """

    error: float
    spread: float
    misfit: float


def following(history: History, gap: Floats, worst: float) -> Following:
    """From (before,) gaps.

    Raises:
        EffectCannotBeEstimated: the mixture is further off than `worst`, or controls do not differ.
    """
    spread = sqrt(float(history.of_controls[:, : history.before].var(axis=0, ddof=1).mean()))
    if spread == 0:
        raise no_effect(say("The units that never begin do not differ."), say("Add units that do."))
    error = root_mean_square(gap)
    if error > worst * spread:
        what = say(
            "No mixture of the others follows these units before they began: it is {share} hundredths of the standard "
            "deviation between units off, and {worst} is the most.",
            share=round(100 * error / spread),
            worst=round(100 * worst),
        )
        raise no_effect(what, say("Add units that are more alike, or use another comparison."))
    return Following(error, spread, error / spread)


def moments_of(history: History, observed: Floats, synthetic: Floats) -> tuple[Moment, ...]:
    """All times in their order."""
    return tuple(
        Moment(float(time), float(real), float(made), float(real - made), bool(time >= history.start))
        for time, real, made in zip(history.times, observed, synthetic, strict=True)
    )


def shares_of(names: tuple[str, ...], weight: Floats) -> tuple[Share, ...]:
    """Those that count, the heaviest first."""
    order = np.argsort(-weight, kind="stable")
    return tuple(Share(names[place], float(weight[place])) for place in order if weight[place] > _CARRIED)


def root_mean_square(values: Floats) -> float:
    """Of gaps, in the points that they are in."""
    return sqrt(float((values**2).mean()))


def refuse_few_controls(history: History) -> None:
    """Raises: EffectCannotBeEstimated where controls could not take the place of the units that began."""
    if len(history.controls) < len(history.begun) + 2:
        raise no_effect(
            say("There are too few units that never begin to take the place of those that did."),
            say("Add units that never begin."),
        )


def cautions_of(history: History, placebo: Placebo) -> tuple[Message, ...]:
    """What to know before using the result."""
    found = []
    if placebo.sets < _FEW_SETS:
        found.append(
            say(
                "There are few controls: no p below {share} in 100 can come out, so chance is never ruled out.",
                share=round(100 * placebo.smallest),
            )
        )
    if history.before < _FEW_TIMES:
        found.append(
            say(
                "There are {count} times before the start: a mixture can follow so few by accident.",
                count=history.before,
            )
        )
    if placebo.drawn:
        found.append(say("Sets of controls were drawn, as there are too many to look at all."))
    if history.left_out:
        found.append(say("Not measured at every time, and left out: {units}.", units=history.left_out))
    return tuple(found)
