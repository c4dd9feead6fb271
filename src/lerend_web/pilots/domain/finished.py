"""Pilots with a signed verdict, as the catalogue sees them: effect, comparison, independence, and whose witness each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Final

from django.db.models import QuerySet

from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Effect
from lerend.evidence.grading.finished import Comparison, FinishedPilot
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING, Grade, published
from lerend.evidence.grading.standing import Step, replayed
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior
from lerend.interventions.catalogue import Intervention, Measure
from lerend.report.words import printable
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.interventions.models import Proposal
from lerend_web.pilots.domain.course import Course, courses_of
from lerend_web.pilots.domain.kept_looks import seen_in
from lerend_web.pilots.models import Pilot, StoredEffect
from lerend_web.programmes.models import Programme
from lerend_web.scans.rules import day_of

COMPARED_WITH: Final[dict[Kind, Comparison]] = {
    Kind.LOTTERY: Comparison.DRAWN,
    Kind.STEPPED: Comparison.DRAWN,
    Kind.TIE_BREAKER: Comparison.DRAWN,
    Kind.ENCOURAGEMENT: Comparison.DRAWN,
    Kind.CUT_OFF: Comparison.CUT_OFF,
    Kind.COMPARISON: Comparison.OTHERS,
    Kind.BEFORE_AFTER: Comparison.BEFORE,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A pilot with a signed verdict, and what was seen at its last look."""

    pilot: Pilot
    stored: StoredEffect
    effect: Effect
    finished: FinishedPilot


def entry_id(reference: str) -> str:
    """The id of an entry in a reference such as ``team_debrief@2``: pilots of all versions of an entry count together."""
    return reference.partition("@")[0]


def entry_called(programme: Programme, id: str) -> Intervention | None:
    """The entry of the programme's catalogue; None where there is none (any more)."""
    found = whole_catalogue([programme]).catalogue.interventions
    return next((one for one in found if one.id == id), None)


def judged_rows(programme: Programme) -> QuerySet[Pilot]:
    """Pilots of a programme with a signed verdict and something seen, in the order in which they were judged."""
    found = Pilot.objects.filter(programme=programme, verdict__isnull=False, effects__isnull=False)
    known = found.select_related("programme", "verdict").prefetch_related("effects", "partners", "measurements")
    return known.distinct().order_by("verdict__at", "pk")


def judged_pilots(programme: Programme, entry: Intervention) -> tuple[Judged, ...]:
    """Those that tried an entry, in the order in which they were judged."""
    rows = [one for one in judged_rows(programme) if entry_id(one.intervention) == entry.id]
    makers = set(Proposal.objects.filter(programme=programme, entry=entry.id).values_list("author", flat=True))
    return as_judged(rows, {one.pk: _can_be_compared(one, entry) for one in rows}, makers)


def as_judged(rows: Sequence[Pilot], same_outcome: dict[int, bool], makers: Collection[int]) -> tuple[Judged, ...]:
    """What the library takes of these pilots; one whose effect has no doubt that can be used is left out.

    Args:
        same_outcome: by pilot, whether it measured what its approach is there for.
        makers: who made the approach: a verdict that one of them signed is not independent.
    """
    names, witnesses = _names(rows), _witnesses(rows)
    found = []
    for pilot, course in zip(rows, courses_of(rows), strict=True):
        stored = list(pilot.effects.all())[-1]
        effect = seen_in(stored).effect
        if not (isfinite(effect.estimate) and isfinite(effect.se) and effect.se > 0):
            continue
        finished = FinishedPilot(
            effect=PilotEffect(
                id=names[pilot.pk],
                value=effect.estimate,
                standard_error=effect.se,
                df=effect.df if isfinite(effect.df) and effect.df > 0 else None,
                company=witnesses[pilot.pk],
                intervention=entry_id(pilot.intervention),
            ),
            comparison=COMPARED_WITH[effect.kind],
            finished_on=_last_day(pilot, stored),
            independent=pilot.verdict.by_id not in makers,
            same_outcome=same_outcome[pilot.pk],
            done=_share_done(course),
        )
        found.append(Judged(pilot, stored, effect, finished))
    return tuple(found)


@lru_cache(maxsize=256)
def led_to(pilots: tuple[FinishedPilot, ...], prior: Prior, grade: Grade) -> Step:
    """Where pilots that count have led from what was published, by the day on which they finished."""
    ordered = sorted(pilots, key=lambda one: (one.finished_on, one.effect.id))
    return replayed(ordered, prior, grade, SMALLEST_WORTH_HAVING)


def prior_of(entry: Intervention) -> Prior:
    """What publications let us expect of an entry, halved; of several sizes the smallest counts."""
    sized = [one for one in entry.effects if one.size is not None and one.measure is Measure.DIFFERENCE]
    smallest = min(sized, key=lambda one: one.size or 0.0, default=None)
    grade = published_grade(entry)
    if smallest is None:
        return published(grade, None)
    return published(grade, smallest.size, smallest.low, smallest.high)


def published_grade(entry: Intervention) -> Grade:
    """The grade that the entry came with."""
    return Grade(entry.evidence.grade.value)


def _can_be_compared(pilot: Pilot, entry: Intervention) -> bool:
    return pilot.factor in {*entry.targets, *entry.toward}


def _share_done(course: Course) -> float:
    """Without a log nobody knows; then nothing is said about it."""
    return 1.0 if course.dose is None else min(max(course.dose, 0.0), 1.0)


def _last_day(pilot: Pilot, stored: StoredEffect) -> date:
    """Of the measurement that was looked at last."""
    days = [one.on for one in pilot.measurements.all() if one.number == stored.look]
    return max(days, default=day_of(stored.at, pilot.programme.time_zone))


def _names(rows: Iterable[Pilot]) -> dict[int, str]:
    """What sentences call each pilot: its title, and a part of its key where two have the same."""
    titles = {one.pk: printable(one.title) for one in rows}
    often = Counter(titles.values())
    return {
        one.pk: titles[one.pk] if often[titles[one.pk]] == 1 else f"{titles[one.pk]} ({one.key[:6]})" for one in rows
    }


def _witnesses(rows: Iterable[Pilot]) -> dict[int, str]:
    """Which pilots are one witness: a pilot that shares a company with an earlier one counts with that one.

    In the order of judging, so that a later pilot never changes what was counted before.
    """
    of_company: dict[int, str] = {}
    found = {}
    for pilot in rows:
        companies = sorted(one.organisation_id for one in pilot.partners.all() if one.agreed_at is not None)
        shared = [of_company[one] for one in companies if one in of_company]
        found[pilot.pk] = shared[0] if shared else pilot.key
        for one in companies:
            of_company.setdefault(one, found[pilot.pk])
    return found
