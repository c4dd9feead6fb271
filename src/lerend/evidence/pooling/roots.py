"""The place where a function of one number crosses zero, between two places where it has different signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_MOST_STEPS: Final = 200
_AS_CLOSE_AS: Final = 4e-15


def root_between(function: Callable[[float], float], low: float, high: float, *, at_low: float | None = None) -> float:
    """The root, to the last digits.

    Regula falsi that halves the weight of a stale end (Dowell & Jarratt 1971), and bisection where that shrinks too slowly.
    The caller sees to it that the signs at both ends differ; where they do not, the end nearest to zero is given.
    """
    f_low = function(low) if at_low is None else at_low
    f_high = function(high)
    if f_low == 0 or f_high == 0 or (f_low > 0) == (f_high > 0):
        return low if abs(f_low) <= abs(f_high) else high
    side, last = 0, high - low
    for step in range(_MOST_STEPS):
        middle = (low * f_high - high * f_low) / (f_high - f_low)
        if step % 3 == 2 and high - low > 0.5 * last:
            middle = 0.5 * (low + high)
        if step % 3 == 2:
            last = high - low
        value = function(middle)
        if value == 0 or high - low <= _AS_CLOSE_AS * max(abs(low), abs(high)):
            return middle
        if (value > 0) == (f_high > 0):
            high, f_high = middle, value
            f_low = 0.5 * f_low if side == 1 else f_low
            side = 1
        else:
            low, f_low = middle, value
            f_high = 0.5 * f_high if side == -1 else f_high
            side = -1
    return 0.5 * (low + high)


def first_above(function: Callable[[float], float], start: float) -> float:
    """A place, found by doubling from `start`, where a falling function is no longer above zero."""
    place = start
    for _ in range(_MOST_STEPS):
        if function(place) <= 0:
            return place
        place *= 2
    return place
