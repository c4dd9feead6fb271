"""Three judges of one pilot on one scale: where each sees the effect, and between which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend_web.demo.domain.three_judges import Judge, Judged

WIDTH: Final = 320.0
EDGE: Final = 12.0
FIRST: Final = 34.0
APART: Final = 30.0
_ROOM: Final = 0.05
"""Points that are kept free on both sides."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One judge: the dot at (`x`, `y`), and the bar from `left`; without limits there is no bar."""

    x: float
    y: float
    left: float = 0.0
    length: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """In the units of the drawing: `nothing` is where no effect lies; the marks of before and after, the lot and the truth."""

    nothing: float
    before_after: Mark
    lottery: Mark
    truth: Mark
    width: float = WIDTH
    bottom: float = FIRST + 2 * APART + 16


def picture_of(found: Judged) -> Picture:
    """The same numbers as stand in the text."""
    judges = (found.before_after, found.lottery)
    ends = [0.0, found.truth, *(end for one in judges for end in (one.points, one.low, one.high) if end is not None)]
    low, high = min(ends) - _ROOM, max(ends) + _ROOM

    def at(points: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (points - low) / (high - low)

    def mark(judge: Judge, row: int) -> Mark:
        y = FIRST + row * APART
        if judge.low is None or judge.high is None:
            return Mark(at(judge.points), y)
        return Mark(at(judge.points), y, at(judge.low), at(judge.high) - at(judge.low))

    truth = Mark(at(found.truth), FIRST + 2 * APART)
    return Picture(at(0.0), mark(found.before_after, 0), mark(found.lottery, 1), truth)
