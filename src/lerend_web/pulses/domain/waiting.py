"""What of pulses waits for somebody: planning one that is due, keys, sealing, cards, opening, counting, closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pulses.domain.keys import holders_of
from lerend_web.pulses.models import Pulse, PulseSeries
from lerend_web.pulses.queries import series_for
from lerend_web.pulses.rules import KEY_MAKERS, PLAN_AHEAD, PLANNERS
from lerend_web.scans.domain.people_since import is_asked, is_known
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS, closing_moment, day_of
from lerend_web.themes.models import Action
from lerend_web.themes.rules import LIVE

CARDS_AHEAD: Final = timedelta(days=10)
"""So long before a pulse opens its cards are brought up: they are printed and carried to the teams."""


class Task(StrEnum):
    """What is to be done."""

    PLAN = "plan"
    KEY = "key"
    SEAL = "seal"
    CARDS = "cards"
    OPEN = "open"
    COUNT = "count"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing to do, by when; `wave` where it is about one pulse, `series` where there is one already."""

    task: Task
    name: str
    organisation: int
    on: date
    is_late: bool
    action: int | None = None
    series: int | None = None
    wave: int | None = None


def waits_for(person: Person, *, at: datetime) -> list[Waits]:
    """Everything about pulses that somebody can do now, what is due first."""
    contacts = set(organisations_for(person, *PLANNERS).values_list("pk", flat=True))
    found = [*_to_plan(contacts, at), *_of_series(person, contacts, at)]
    return sorted(found, key=lambda one: (one.on, one.name))


def _to_plan(contacts: set[int], at: datetime) -> Iterator[Waits]:
    """Actions with a date for three questions that comes near, and no series."""
    live = [state.value for state in LIVE]
    rows = Action.objects.filter(organisation__in=contacts, pulse_on__isnull=False, state__in=live, pulse_series=None)
    for action in rows.select_related("organisation"):
        today = day_of(at, _zone(action))
        if action.pulse_on is not None and action.pulse_on - PLAN_AHEAD <= today:
            late = action.pulse_on < today
            yield Waits(Task.PLAN, action.what, action.organisation_id, action.pulse_on, is_late=late, action=action.pk)


def _of_series(person: Person, contacts: set[int], at: datetime) -> Iterator[Waits]:
    coordinated = set(person.programme_roles.filter(role=ProgrammeRole.COORDINATOR).values_list("programme", flat=True))
    for series in series_for(person, *KEY_MAKERS).filter(stopped_at=None):
        is_contact = series.organisation_id in contacts
        if series.sealed_at is None:
            yield from _before_sealing(series, person, is_contact=is_contact, at=at)
            continue
        for pulse in series.pulses.all():
            if pulse.wave is None or pulse.wave.state == WaveState.CLOSED:
                continue
            for task, on in _of_pulse(pulse.wave, at):
                # The programme makes the cards, not the employer.
                if series.programme_id in coordinated if task is Task.CARDS else is_contact:
                    yield _about(series, pulse, task, on, at)


def _before_sealing(series: PulseSeries, person: Person, *, is_contact: bool, at: datetime) -> Iterator[Waits]:
    first = next(iter(series.pulses.all()), None)
    if first is None:
        return
    holders = holders_of(series)
    has_key = any(holder.person == person.pk for holder in holders)
    if len(holders) < HOLDERS and not has_key:
        yield _about(series, first, Task.KEY, first.on, at)
    elif is_contact and len(holders) >= HOLDERS:
        yield _about(series, first, Task.SEAL, first.on, at)


def _of_pulse(wave: Wave, at: datetime) -> Iterator[tuple[Task, date]]:
    """What can be done with one pulse now, and by when."""
    today = day_of(at, wave.programme.time_zone)
    if wave.state == WaveState.PLANNED:
        if wave.mode == Mode.CARD and wave.cards_printed_at is None:
            if wave.opens_on - CARDS_AHEAD <= today:
                yield Task.CARDS, wave.opens_on
        elif wave.opens_on <= today:
            yield Task.OPEN, wave.opens_on
        return
    if is_asked(wave) and not is_known(wave):
        yield Task.COUNT, wave.closes_on
    if at >= closing_moment(wave):
        yield Task.CLOSE, wave.closes_on


def _about(series: PulseSeries, pulse: Pulse, task: Task, on: date, at: datetime) -> Waits:
    late = on < day_of(at, series.programme.time_zone)
    return Waits(
        task,
        series.name,
        series.organisation_id,
        on,
        is_late=late,
        action=series.action_id,
        series=series.pk,
        wave=pulse.wave_id,
    )


def _zone(action: Action) -> str:
    programme = action.organisation.programmes.order_by("pk").first()
    return AMSTERDAM if programme is None else str(programme.time_zone)
