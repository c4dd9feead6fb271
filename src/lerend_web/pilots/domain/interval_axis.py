"""The line on which intervals of effects lie: from where to where it runs, and where on it a number has its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Final

from lerend.evidence.figures import decimal
from lerend_web.instruments.domain.faults import language

_LEAST: Final = 0.5
_MOST: Final = 2.0
"""Points: what lies farther is drawn as an open end, so that one wide interval does not make all others a dot."""
_STEP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Axis:
    """From minus `reach` to `reach` points, nothing in the middle: up and down look alike."""

    reach: float

    def place(self, value: float) -> float:
        """From 0 at the left to 1 at the right; what lies beyond has its place at the end."""
        inside = min(max(value, -self.reach), self.reach)
        return (inside + self.reach) / (2 * self.reach)

    def holds(self, value: float) -> bool:
        return isfinite(value) and abs(value) <= self.reach

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Numbers to write under it, from left to right, as people write them."""
        values = (-self.reach, -self.reach / 2, 0.0, self.reach / 2, self.reach)
        return tuple((value, decimal(value).in_language(language())) for value in values)


def axis_for(values: Iterable[float]) -> Axis:
    """A line that holds these numbers, as far as one line can."""
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    return Axis(min(max(_LEAST, ceil(largest / _STEP) * _STEP), _MOST))
