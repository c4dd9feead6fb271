"""Where the bars of intervals stand, all on one line from minus to plus: whole numbers for a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lerend_web.pilots.domain.evidence import Line
from lerend_web.pilots.domain.interval_axis import Axis, axis_for

WIDTH: Final = 300
_EDGE: Final = 22
"""Room for half a number that stands under the end of the line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval; an end that lies beyond the drawing is open."""

    line: Line
    x: int
    left: int
    right: int
    opens_left: bool
    opens_right: bool

    @property
    def width(self) -> int:
        return max(self.right - self.left, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """The line under all bars: where nothing is, where an effect begins to be worth having, and the numbers to write."""

    axis: Axis
    nothing: int
    worth: int
    ticks: tuple[tuple[int, str], ...]

    @property
    def width(self) -> int:
        return WIDTH

    def bar(self, line: Line) -> Bar:
        return Bar(
            line=line,
            x=_x(self.axis, line.value),
            left=_x(self.axis, line.low),
            right=_x(self.axis, line.high),
            opens_left=not self.axis.holds(line.low),
            opens_right=not self.axis.holds(line.high),
        )


def scale_for(lines: Iterable[Line], smallest: float) -> Scale:
    """One line that holds all of these, as far as one can."""
    axis = axis_for(end for line in lines for end in (line.low, line.high))
    ticks = tuple((_x(axis, value), words) for value, words in axis.ticks)
    return Scale(axis, _x(axis, 0.0), _x(axis, smallest), ticks)


def _x(axis: Axis, value: float) -> int:
    return _EDGE + round(axis.place(value) * (WIDTH - 2 * _EDGE))
