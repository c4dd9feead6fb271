"""Where the marks stand in the picture of effects with their intervals: whole numbers for a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lerend_web.pilots.domain.finding import Finding, LookRow
from lerend_web.pilots.domain.interval_axis import Axis

WIDTH: Final = 340
_EDGE: Final = 16
_TOP: Final = 24
_ROW: Final = 46


@dataclass(frozen=True, slots=True)
class Mark:
    """One look: its bar from `left` to `right`; an end that is open goes on beyond the picture."""

    row: LookRow
    y: int
    x: int
    left: int
    right: int
    opens_left: bool
    opens_right: bool

    @property
    def width(self) -> int:
        return max(self.right - self.left, 2)

    @property
    def words_at(self) -> int:
        return self.y - 13

    @property
    def top(self) -> int:
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Picture:
    """`worth` is where the smallest effect worth having lies; None for a mere change."""

    marks: tuple[Mark, ...]
    nothing: int
    worth: int | None
    ticks: tuple[tuple[int, str], ...]
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom + 22

    @property
    def width(self) -> int:
        return WIDTH


def picture_of(finding: Finding) -> Picture:
    """The looks of a pilot, the first above."""
    axis = finding.axis
    return Picture(
        marks=tuple(_marks(finding.looks, axis)),
        nothing=_x(axis, 0.0),
        worth=_x(axis, finding.smallest) if finding.is_effect else None,
        ticks=tuple((_x(axis, value), said) for value, said in axis.ticks),
        bottom=_TOP + _ROW * len(finding.looks) + 4,
    )


def _marks(looks: tuple[LookRow, ...], axis: Axis) -> Iterator[Mark]:
    for place, row in enumerate(looks):
        low = -axis.reach if row.low is None else row.low
        high = axis.reach if row.high is None else row.high
        yield Mark(
            row=row,
            y=_TOP + _ROW * place + 30,
            x=_x(axis, row.estimate),
            left=_x(axis, low),
            right=_x(axis, high),
            opens_left=row.low is None or not axis.holds(row.low),
            opens_right=row.high is None or not axis.holds(row.high),
        )


def _x(axis: Axis, value: float) -> int:
    return _EDGE + round(axis.place(value) * (WIDTH - 2 * _EDGE))
