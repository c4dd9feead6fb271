"""Where the lines of a chart of sessions over weeks stand: whole numbers for a picture, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend_web.pilots.domain.process import Arm

LEFT: Final = 40
TOP: Final = 16
BOTTOM: Final = 176
WIDTH: Final = 640
_END: Final = WIDTH - 16
_FEWEST_WEEKS: Final = 4
_MOST_LABELS: Final = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two lines as points for a polyline, and the marks of both axes: a number, and its place."""

    planned: str
    held: str
    last_held: tuple[int, int]
    sessions: tuple[tuple[int, int], ...]
    weeks: tuple[tuple[int, int], ...]
    width: int = WIDTH
    height: int = BOTTOM + 34
    left: int = LEFT
    end: int = _END
    bottom: int = BOTTOM


def drawn(arm: Arm, *, sessions: int) -> Drawn | None:
    """The chart of teams that begin together; none where they have not begun."""
    if not arm.weeks:
        return None
    weeks = max(arm.weeks[-1].number, _FEWEST_WEEKS)
    most = max(sessions, *(week.held for week in arm.weeks), 1)
    held = [(0, 0.0), *((week.number, week.held) for week in arm.weeks)]
    planned = [(0, 0.0), *((week.number, week.planned) for week in arm.weeks)]
    return Drawn(
        planned=" ".join(f"{_x(week, weeks)},{_y(value, most)}" for week, value in planned),
        held=" ".join(f"{_x(week, weeks)},{_y(value, most)}" for week, value in held),
        last_held=(_x(held[-1][0], weeks), _y(held[-1][1], most)),
        sessions=tuple((value, _y(value, most)) for value in _marks(int(most))),
        weeks=tuple((value, _x(value, weeks)) for value in _marks(weeks)),
    )


def _marks(most: int) -> range:
    return range(0, most + 1, max(1, -(-most // _MOST_LABELS)))


def _x(week: float, weeks: int) -> int:
    return round(LEFT + (_END - LEFT) * week / weeks)


def _y(value: float, most: float) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * value / most)
