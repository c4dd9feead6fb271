"""What one run compares: all programmes in the ordinary world, some of them part by part, and a few in worlds that break assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.loop.practice import LEREND, ONLY_CHOICE, ONLY_DIAGNOSIS, ONLY_JUDGEMENT, STRICT, TODAY, Practice
from lerend.loop.world.numbers import Stress

_PARTS_OF: Final = 4
_STRESSED_OF: Final = 10


@dataclass(frozen=True, slots=True)
class Section:
    """Practices in one kind of world; today's first.

    Attributes:
        programmes: at least two, so that there is an interval.
    """

    stress: Stress
    practices: tuple[Practice, ...]
    programmes: int


def sections_of(programmes: int, worlds: Sequence[Stress] = tuple(Stress)) -> tuple[Section, ...]:
    """All programmes as they are, a quarter of them with single parts, a tenth in each world that breaks an assumption."""
    found = []
    if Stress.NONE in worlds:
        parts = (TODAY, ONLY_DIAGNOSIS, ONLY_CHOICE, ONLY_JUDGEMENT)
        found.append(Section(Stress.NONE, (TODAY, STRICT, LEREND), programmes))
        found.append(Section(Stress.NONE, parts, _some(programmes, _PARTS_OF)))
    stressed = [world for world in worlds if world is not Stress.NONE]
    count = programmes if Stress.NONE not in worlds else _some(programmes, _STRESSED_OF)
    return (*found, *(Section(world, (TODAY, LEREND), count) for world in stressed))


def _some(programmes: int, part: int) -> int:
    return max(2, programmes // part)
