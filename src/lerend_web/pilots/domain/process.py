"""How a pilot goes: for teams that begin together, sessions over the weeks since they began, beside the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lerend_web.pilots.domain.dose import (
    WEEK,
    beginnings,
    entries_of,
    people_in,
    planned_by,
    teams_that_begin,
    was_held,
)
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogEntry, Pilot, PilotTeam

MOST_WEEKS: Final = 52


@dataclass(frozen=True, slots=True)
class Week:
    """Up to the end of one week since the start (of the last: up to today), on average in a team.

    The shares are of that week's sessions.

    Attributes:
        planned, held: sessions so far.
        sessions: held in this week, in all teams together.
        reach: share of the people meant who came; None without a session.
        led: share of the sessions at which the leader was; None likewise.
        as_planned: share of the sessions without an important part left out; None likewise.
    """

    number: int
    until: date
    planned: float
    held: float
    sessions: int
    reach: float | None
    led: float | None
    as_planned: float | None


@dataclass(frozen=True, slots=True)
class Arm:
    """Teams that begin together; `weeks` is empty while they have not begun."""

    arm: str
    start: int
    teams: int
    begins: date | None
    weeks: tuple[Week, ...]


def process_of(pilot: Pilot, *, on: date, organisations: frozenset[int] | None = None) -> tuple[Arm, ...]:
    """Each group of teams that begins at some time, those that begin first first.

    Args:
        organisations: whose teams; None for all.
    """
    teams = [one for one in teams_that_begin(pilot) if organisations is None or one.organisation_id in organisations]
    known = _Known(pilot, beginnings(pilot, teams), people_in(teams), entries_of(teams))
    arms = defaultdict[tuple[int, str], list[PilotTeam]](list)
    for one in teams:
        arms[one.start or 0, one.arm].append(one)
    return tuple(_arm(known, arm, start, own, on) for (start, arm), own in sorted(arms.items()))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all teams, by their numbers."""

    pilot: Pilot
    begins: dict[int, date | None]
    people: dict[int, int]
    entries: dict[int, list[LogEntry]]


def _arm(known: _Known, arm: str, start: int, teams: Sequence[PilotTeam], on: date) -> Arm:
    first = min((day for one in teams if (day := known.begins[one.pk]) is not None), default=None)
    if first is None or on < first:
        return Arm(arm, start, len(teams), first, ())
    lines = [
        (line, known.people[one.pk])
        for one in teams
        for line in known.entries[one.pk]
        if was_held(line) and line.on <= on
    ]
    last = min((on - first).days // WEEK + 1, MOST_WEEKS)
    return Arm(
        arm, start, len(teams), first, tuple(_week(known, n, first, on, teams, lines) for n in range(1, last + 1))
    )


def _week(
    known: _Known,
    number: int,
    first: date,
    on: date,
    teams: Sequence[PilotTeam],
    lines: Sequence[tuple[LogEntry, int]],
) -> Week:
    begins = first + timedelta(days=WEEK * (number - 1))
    until = min(begins + timedelta(days=WEEK - 1), on)
    # What was held before the first week still is part of what was held.
    so_far = [line for line, _people in lines if line.on <= until]
    own = [(line, people) for line, people in lines if begins <= line.on <= until]
    meant = sum(people for _line, people in own)
    planned = [planned_by(known.pilot, known.begins[one.pk], until + timedelta(days=1)) for one in teams]
    return Week(
        number=number,
        until=until,
        planned=sum(planned) / len(teams),
        held=len(so_far) / len(teams),
        sessions=len(own),
        reach=sum(min(line.came, people) for line, people in own) / meant if meant else None,
        led=_share([line.leader_came for line, _people in own]),
        as_planned=_share([line.faithful == Faithful.AS_PLANNED for line, _people in own]),
    )


def _share(said: Sequence[bool]) -> float | None:
    return sum(said) / len(said) if said else None
