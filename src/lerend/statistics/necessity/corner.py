"""Which corner of the plot is empty, and within which bounds: all else is worked out for the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say

Values = NDArray[np.float64]


class NoCeilingPossible(LerendError):
    """Values from which no ceiling can be drawn."""


class Corner(IntEnum):
    """The corner that is empty; in the upper left one a high value of the factor goes with every high outcome."""

    UPPER_LEFT = 1
    UPPER_RIGHT = 2
    LOWER_LEFT = 3
    LOWER_RIGHT = 4

    @property
    def x_sign(self) -> int:
        return -1 if self in (Corner.UPPER_RIGHT, Corner.LOWER_RIGHT) else 1

    @property
    def y_sign(self) -> int:
        return -1 if self in (Corner.LOWER_LEFT, Corner.LOWER_RIGHT) else 1


@dataclass(frozen=True, slots=True)
class Scope:
    """The bounds within which values can lie: those seen, or those of the scales."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    @property
    def width(self) -> float:
        return self.x_high - self.x_low

    @property
    def height(self) -> float:
        return self.y_high - self.y_low

    @property
    def area(self) -> float:
        return self.width * self.height

    def turned(self, corner: Corner) -> Scope:
        """The same bounds after the empty corner was turned to the upper left, or back."""
        xs = sorted((corner.x_sign * self.x_low, corner.x_sign * self.x_high))
        ys = sorted((corner.y_sign * self.y_low, corner.y_sign * self.y_high))
        return Scope(xs[0], xs[1], ys[0], ys[1])


def observed_scope(x: Values, y: Values) -> Scope:
    """The bounds of what was seen.

    Raises:
        NoCeilingPossible: unequal lengths, fewer than two values, a value missing or without end, or all the same.
    """
    if x.shape != y.shape or x.ndim != 1 or len(x) < 2:
        raise _impossible(
            say("A ceiling needs a factor and an outcome of the same two or more people or units."),
            say("Leave out who lacks one of the two."),
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise _impossible(say("A value is missing."), say("Leave out who lacks the factor or the outcome."))
    scope = Scope(float(x.min()), float(x.max()), float(y.min()), float(y.max()))
    if scope.width <= 0 or scope.height <= 0:
        raise _impossible(
            say("All values of the factor, or all of the outcome, are the same."),
            say("Nothing can be said about necessity then."),
        )
    return scope


def checked_scope(observed: Scope, scope: Scope | None) -> Scope:
    """The scope to use: the given one where it holds everything that was seen.

    Raises:
        NoCeilingPossible: a value lies outside the given scope.
    """
    if scope is None:
        return observed
    if not (
        scope.x_low <= observed.x_low < observed.x_high <= scope.x_high
        and scope.y_low <= observed.y_low < observed.y_high <= scope.y_high
    ):
        raise _impossible(
            say("Values lie outside the scope that was given."), say("Give the lowest and highest value of the scales.")
        )
    return scope


def _impossible(what: Message, mend: Message) -> NoCeilingPossible:
    return NoCeilingPossible([Problem("necessity", what, mend)])
