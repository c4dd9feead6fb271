"""The same pilot judged three times: before and after among those who began, by the lot, and by the truth of the made-up world."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from lerend.errors import LerendError
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import Placement
from lerend.evidence.design.team import Team
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.figures import decimal
from lerend.statistics.interval import Interval
from lerend_web.demo.domain.pilot_truth import BY_ITSELF, true_points
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.grade_history import change_of, standing_after, standing_before
from lerend_web.pilots.domain.kept_looks import seen_in
from lerend_web.pilots.domain.plans import Plan
from lerend_web.pilots.domain.readings import reading_of
from lerend_web.pilots.domain.results import newest_seen
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import Pilot


class Says(StrEnum):
    """What a judge makes of the numbers."""

    WORKS = "works"
    NOT_SEEN = "not_seen"
    HARMS = "harms"


@dataclass(frozen=True, slots=True)
class Said:
    """Numbers as people read them; empty where there is no limit."""

    points: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Judge:
    """One way to judge, in points of the scale from 1 to 5; no limits where the teams were too few to give any."""

    points: float
    low: float | None
    high: float | None
    teams: int

    @property
    def said(self) -> Said:
        """The same in figures of the reader's language."""
        return Said(_figure(self.points), _figure(self.low), _figure(self.high))

    @property
    def says(self) -> Says:
        """As people read such numbers: it is there when its limits are on one side of nothing."""
        if self.low is not None and self.low > 0:
            return Says.WORKS
        return Says.HARMS if self.high is not None and self.high < 0 else Says.NOT_SEEN


@dataclass(frozen=True, slots=True)
class Grading:
    """What the pilot does to the grade of its approach; `waits` for a signature."""

    before: str
    after: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """All three, in points.

    Attributes:
        waited: what the teams changed that had not begun; nobody looks at it who looks before and after.
        smallest: is worth having.
        by_itself: what all teams of a pilot truly moved without it.
    """

    before_after: Judge
    waited: Judge | None
    lottery: Judge
    truth: float
    smallest: float
    by_itself: float
    grading: Grading | None

    @property
    def truly_worth_having(self) -> bool:
        return self.truth >= self.smallest


def judged_three_times(pilot: Pilot) -> Judged | None:
    """None while nobody has looked at an outcome of it, or where teams were not drawn."""
    stored = newest_seen(pilot)
    if stored is None:
        return None
    effect, plan = seen_in(stored).effect, frozen_plan(pilot)
    started = {one.team for one in plan.design.placements if _began(one, effect.wave)}
    before_after = _before_and_after(pilot, plan, effect.wave, started)
    if before_after is None or not effect.is_effect:
        return None
    return Judged(
        before_after=before_after,
        waited=_before_and_after(pilot, plan, effect.wave, set(plan.design.teams) - started),
        lottery=_judge(effect.estimate, effect.interval, effect.teams, plan.deviation),
        truth=true_points(pilot),
        smallest=plan.rule.smallest * plan.deviation,
        by_itself=BY_ITSELF,
        grading=_grading(pilot),
    )


def _began(placement: Placement, number: int) -> bool:
    return placement.begins is not None and placement.begins <= number


def _before_and_after(pilot: Pilot, plan: Plan, number: int, chosen: Collection[str]) -> Judge | None:
    """What some teams changed, as is usual: nobody else is looked at."""
    found = [one for one in plan.design.placements if one.team in chosen]
    teams = [Team(one.team, one.organisation, one.people) for one in found]
    try:
        design = design_pilot(Kind.BEFORE_AFTER, teams, waves=plan.design.waves)
        measured = reading_of(pilot, plan, until=number).measured.of(design.teams)
        change = estimate_effect(measured, design, smallest=plan.rule.smallest, deviation=plan.deviation, wave=number)
    except LerendError:
        return None
    return _judge(change.estimate, change.interval, change.teams, plan.deviation)


def _judge(estimate: float, interval: Interval, teams: int, deviation: float) -> Judge:
    low, high = (_limit(end * deviation) for end in (interval.low, interval.high))
    return Judge(estimate * deviation, low, high, teams)


def _limit(points: float) -> float | None:
    return points if isfinite(points) else None


def _grading(pilot: Pilot) -> Grading | None:
    change = change_of(pilot)
    if change is None:
        return None
    waits = change.state == GradeState.PROPOSED
    return Grading(standing_before(change).grade.value, standing_after(change).grade.value, waits)


def _figure(points: float | None) -> str:
    return "" if points is None else decimal(points).in_language(language())
