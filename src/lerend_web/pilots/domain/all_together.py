"""All judged pilots of a programme together: approaches side by side, each helped by what the others and its companies say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from lerend.evidence.grading.finished import counted
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING
from lerend.evidence.pooling.bayes import Belief
from lerend.evidence.pooling.nested import NestedPool, pool_nested
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.report.words import printable
from lerend_web.instruments.domain.faults import language
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.pilots.domain.evidence import Line
from lerend_web.pilots.domain.finished import entry_id, judged_pilots, judged_rows
from lerend_web.programmes.models import Programme
from lerend_web.scans.rules import day_of

LEAST_APPROACHES: Final = 2
"""With one approach there is nothing to lay beside it: its own page says all."""


@dataclass(frozen=True, slots=True)
class Approach:
    """One approach: its mean over companies, and the chance in whole percents that it is worth having in a new company."""

    id: str
    name: str
    pilots: int
    companies: int
    mean: Line
    worth: int


@dataclass(frozen=True, slots=True)
class AllTogether:
    """Every approach that was tried, the best expected first, and one that nobody tried here yet.

    Attributes:
        rests_on_prior: no company, or no approach, has two pilots, so that differences between those can't be told apart.
    """

    approaches: tuple[Approach, ...]
    new: Line
    new_worth: int
    smallest: float
    rests_on_prior: bool


def all_together(programme: Programme, *, at: datetime) -> AllTogether | None:
    """What the pilots that count say of all approaches; None with fewer than two approaches."""
    known = {one.id: one for one in whole_catalogue([programme]).catalogue.interventions}
    tried = dict.fromkeys(entry_id(one.intervention) for one in judged_rows(programme))
    day = day_of(at, programme.time_zone)
    effects: list[PilotEffect] = []
    for called in tried:
        if called in known:
            kept, _left = counted([one.finished for one in judged_pilots(programme, known[called])], day)
            effects += [one.effect for one in kept]
    if len({one.intervention for one in effects}) < LEAST_APPROACHES:
        return None
    names = {called: printable(one.name.in_language(language())) for called, one in known.items()}
    return _told(_pooled(tuple(effects)), names)


@lru_cache(maxsize=64)
def _pooled(effects: tuple[PilotEffect, ...]) -> NestedPool:
    """Kept, as the same pilots give the same answer."""
    return pool_nested(effects, worth_having=SMALLEST_WORTH_HAVING)


def _told(found: NestedPool, names: dict[str, str]) -> AllTogether:
    approaches = [
        Approach(one.id, names[one.id], one.pilots, one.companies, _line(one.mean), _percent(one.new))
        for one in found.interventions
    ]
    return AllTogether(
        approaches=tuple(sorted(approaches, key=lambda one: -one.mean.value)),
        new=_line(found.new),
        new_worth=_percent(found.new),
        smallest=found.worth_having,
        rests_on_prior=found.same_everywhere,
    )


def _line(belief: Belief) -> Line:
    return Line(belief.mean, belief.interval.low, belief.interval.high)


def _percent(belief: Belief) -> int:
    return round(100 * belief.above_worth)
