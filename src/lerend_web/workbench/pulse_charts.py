"""Where the marks of a small chart over time stand: whole numbers for a picture, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend_web.pulses.domain.results import Chart, Group, Point

TOP: Final = 14
BOTTOM: Final = 114
LEFT: Final = 34
STEP: Final = 62
RIGHT: Final = 30
_LOWEST: Final = 1.0
_HIGHEST: Final = 5.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One pulse in a chart; without a value only its place."""

    point: Point
    x: int
    y: int
    low: int
    high: int

    @property
    def is_shown(self) -> bool:
        return self.point.value is not None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with the places of everything in it."""

    chart: Chart
    marks: tuple[Mark, ...]
    width: int
    lines: tuple[tuple[int, int], ...]

    @property
    def height(self) -> int:
        return BOTTOM + 26

    @property
    def end(self) -> int:
        return self.width - 8

    @property
    def hidden(self) -> tuple[Point, ...]:
        return tuple(mark.point for mark in self.marks if not mark.is_shown)


def drawn(group: Group) -> list[Drawn]:
    """The charts of a group; none where no pulse is closed."""
    return [_drawn(chart) for chart in group.charts if chart.points]


def _drawn(chart: Chart) -> Drawn:
    marks = tuple(_mark(place, point) for place, point in enumerate(chart.points))
    width = LEFT + STEP * max(len(marks) - 1, 2) + RIGHT
    return Drawn(chart, marks, width, tuple((value, _height(float(value))) for value in range(1, 6)))


def _mark(place: int, point: Point) -> Mark:
    x = LEFT + 16 + STEP * place
    return Mark(point, x, _height(point.value or _LOWEST), _height(point.low), _height(point.high))


def _height(value: float) -> int:
    inside = min(max(value, _LOWEST), _HIGHEST)
    return round(BOTTOM - (inside - _LOWEST) / (_HIGHEST - _LOWEST) * (BOTTOM - TOP))
