"""From a measured value to how far a case belongs to a set: anchors that somebody can defend, never found in the data.

Ragin (2008), Redesigning Social Inquiry: the direct method puts the log odds of membership on a line through three anchors,
the indirect one fits them to a sorting of the cases that people made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say

Values = NDArray[np.float64]
AT_THE_ANCHORS: Final = 0.95
"""Membership at the anchor of full membership; one minus this at full non-membership."""
_MOST_ROUNDS: Final = 200


class CalibrationIsWrong(LerendError):
    """Anchors or groups that membership cannot be worked out from."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """What full membership and full non-membership mean, and where the difference between in and out lies.

    Attributes:
        excluded: the value of a case that is fully out.
        crossover: neither in nor out.
        included: fully in; below `excluded` where low values are in the set.
        reason: why these values and no others; shown wherever the set is used.
    """

    excluded: float
    crossover: float
    included: float
    reason: str

    def __post_init__(self) -> None:
        """Raises: CalibrationIsWrong."""
        anchors = (self.excluded, self.crossover, self.included)
        if list(anchors) not in (sorted(set(anchors)), sorted(set(anchors), reverse=True)):
            raise _wrong(
                say("The anchors are not in order."),
                say("Give fully out, neither, fully in, from low to high or from high to low."),
            )
        if not self.reason.strip():
            raise _wrong(say("The anchors have no reason."), say("Write down why a case is in or out at these values."))

    def shifted(self, *, excluded: float = 0.0, crossover: float = 0.0, included: float = 0.0) -> Anchors:
        """The same anchors, each moved by a share of the distance between the outer two."""
        span = self.included - self.excluded
        return Anchors(
            self.excluded + excluded * span,
            self.crossover + crossover * span,
            self.included + included * span,
            self.reason,
        )


def direct(values: Values, anchors: Anchors, *, at_the_anchors: float = AT_THE_ANCHORS) -> Values:
    """Membership by the direct method: logistic, with `at_the_anchors` where a case is fully in.

    Args:
        values: (cases,).
    """
    steep = np.log(at_the_anchors / (1 - at_the_anchors))
    membership: Values = 1 / (1 + np.exp(-steep * _along(values, anchors)))
    return membership


def direct_by_powers(values: Values, anchors: Anchors, *, below: float = 1.0, above: float = 1.0) -> Values:
    """Membership that is 0 and 1 at the outer anchors, straight between them or bent by a power on either side."""
    along = np.clip(_along(values, anchors), -1.0, 1.0)
    low = 0.5 * np.where(along < 0, 1 + along, 1.0) ** below
    high = 1 - 0.5 * np.where(along >= 0, 1 - along, 0.0) ** above
    return np.where(along < 0, low, high)


def indirect(values: Values, sorted_as: Values) -> Values:
    """Membership by the indirect method: a fractional logit on the value and its square (Ragin 2008; Papke & Wooldridge 1996).

    Args:
        values: (cases,).
        sorted_as: (cases,) membership that people gave each case roughly, such as 0, .2, .4, .6, .8 or 1.

    Raises:
        CalibrationIsWrong: lengths differ, a membership outside 0 and 1, fewer than three different values, or no fit.
    """
    if values.shape != sorted_as.shape or not ((sorted_as >= 0) & (sorted_as <= 1)).all():
        raise _wrong(say("Every case needs a membership from 0 to 1."), say("Sort the cases again."))
    if len(np.unique(values)) < 3:
        raise _wrong(say("There are fewer than three different values."), say("Use the sorting itself."))
    z = (values - values.mean()) / values.std()
    design = np.column_stack([np.ones_like(z), z, z**2])
    weights = np.zeros(3)
    for _round in range(_MOST_ROUNDS):
        fitted = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (sorted_as - fitted)
        curve = (design * (fitted * (1 - fitted))[:, None]).T @ design
        step, _, rank, _ = np.linalg.lstsq(curve, slope, rcond=1e-10)
        if rank < 3:
            break
        weights = weights + step
        if np.abs(step).max() < 1e-12 * max(1.0, np.abs(weights).max()):
            membership: Values = 1 / (1 + np.exp(-design @ weights))
            return membership
    raise _wrong(
        say("No smooth membership fits this sorting: one value tells in from out."), say("Use the direct method.")
    )


def gaps_between(values: Values, thresholds: int) -> tuple[float, ...]:
    """Where the data themselves fall apart: complete linkage on one line, thresholds halfway between clusters.

    To look at, not to calibrate by: anchors found in the data make the result depend on who happened to take part.

    Raises:
        CalibrationIsWrong: there are not so many different values.
    """
    points = np.unique(values)
    if thresholds < 1 or len(points) <= thresholds:
        raise _wrong(say("There are too few different values for so many thresholds."), say("Ask for fewer."))
    low, high = points.tolist(), points.tolist()
    while len(low) > thresholds + 1:
        spans = [high[place + 1] - low[place] for place in range(len(low) - 1)]
        place = int(np.argmin(spans))
        high.pop(place)
        low.pop(place + 1)
    return tuple((high[place] + low[place + 1]) / 2 for place in range(thresholds))


def _along(values: Values, anchors: Anchors) -> Values:
    """-1 at fully out, 0 at the crossover, 1 at fully in."""
    upward = anchors.included > anchors.excluded
    out, cross, in_ = anchors.excluded, anchors.crossover, anchors.included
    is_in = values >= cross if upward else values <= cross
    return np.where(is_in, (values - cross) / (in_ - cross), (values - cross) / (cross - out))


def _wrong(what: Message, mend: Message) -> CalibrationIsWrong:
    return CalibrationIsWrong([Problem("calibration", what, mend)])
