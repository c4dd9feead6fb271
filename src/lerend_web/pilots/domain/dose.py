"""How much of a pilot took place in each team, beside what was planned by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lerend_web.pilots.domain.teams import holds
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogEntry, Pilot, PilotTeam
from lerend_web.scans.domain.key_groups import tree_of
from lerend_web.scans.rules import day_of

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Dose:
    """One team that begins at some time.

    Attributes:
        people: how many are meant: who works there.
        begins: the day from which on it can begin; None while that is not known.
        planned: sessions that should have been held by then; it grows evenly over the weeks of the plan.
        held: sessions that were held; `as_planned` of them without an important part left out.
        came: people over all sessions together.
    """

    team: PilotTeam
    people: int
    begins: date | None
    planned: float
    held: int
    as_planned: int
    came: int
    has_log: bool


def doses_of(pilot: Pilot, *, on: date | None = None) -> tuple[Dose, ...]:
    """What each team did, in the order of the teams.

    Args:
        on: up to this day; None: everything, beside all that fits before the last measurement.
    """
    teams = teams_that_begin(pilot)
    begins = beginnings(pilot, teams)
    people = people_in(teams)
    until = on or _last_day(pilot)
    entries = entries_of(teams)
    return tuple(
        _dose(
            one,
            people[one.pk],
            begins[one.pk],
            until,
            [line for line in entries[one.pk] if on is None or line.on <= on],
        )
        for one in teams
    )


def teams_that_begin(pilot: Pilot) -> list[PilotTeam]:
    """Teams that get the approach at some time; those that only compare have no log."""
    rows = pilot.teams.filter(start__gt=0).select_related("organisation", "pilot")
    return list(rows.order_by("start", "organisation__name", "name"))


def entries_of(teams: Sequence[PilotTeam]) -> defaultdict[int, list[LogEntry]]:
    """Lines of the log by team, in the order of their days."""
    found = defaultdict[int, list[LogEntry]](list)
    for line in LogEntry.objects.filter(team__in=teams):
        found[line.team_id].append(line)
    return found


def beginnings(pilot: Pilot, teams: Sequence[PilotTeam]) -> dict[int, date | None]:
    """From which day on each team can begin: after the measurement before its own, and not before the pilot starts."""
    days = {
        (one.organisation_id, one.number): max(one.on, one.wave.closes_on) if one.wave else one.on
        for one in pilot.measurements.select_related("wave")
    }
    started = None if pilot.started_at is None else day_of(pilot.started_at, pilot.programme.time_zone)
    return {one.pk: _later(started, days.get((one.organisation_id, (one.start or 1) - 1))) for one in teams}


def people_in(teams: Sequence[PilotTeam]) -> dict[int, int]:
    """How many people work in each team, as its organisation says; else what the release said at least."""
    organisations = {one.organisation_id: one.organisation for one in teams}
    trees = {pk: tree_of(one).people for pk, one in organisations.items()}
    found = {}
    for one in teams:
        inside = (n for unit, n in trees[one.organisation_id].items() if holds(one, unit))
        found[one.pk] = sum(inside) or one.people
    return found


def planned_by(pilot: Pilot, begins: date | None, day: date) -> float:
    """Sessions that should have been held on a day."""
    if begins is None or day < begins:
        return 0.0
    return float(pilot.sessions) * min((day - begins).days / (WEEK * pilot.weeks), 1.0)


def was_held(line: LogEntry) -> bool:
    return line.faithful != Faithful.NOT_DONE


def _dose(team: PilotTeam, people: int, begins: date | None, until: date | None, lines: Sequence[LogEntry]) -> Dose:
    held = [line for line in lines if was_held(line)]
    return Dose(
        team=team,
        people=people,
        begins=begins,
        planned=planned_by(team.pilot, begins, until) if until else float(team.pilot.sessions),
        held=len(held),
        as_planned=sum(line.faithful == Faithful.AS_PLANNED for line in held),
        came=sum(line.came for line in held),
        has_log=bool(lines),
    )


def _last_day(pilot: Pilot) -> date | None:
    """The last measurement: what would come after it is no part of the test."""
    last = pilot.measurements.filter(number__gt=0).order_by("-on").first()
    return None if last is None else last.on


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)
