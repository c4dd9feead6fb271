"""What the teams of a made-up pilot did, written as they would write it: with the code on the sheet of each team."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from lerend_web.demo.domain.world import SEED
from lerend_web.pilots.domain.dose import beginnings, people_in, teams_that_begin
from lerend_web.pilots.domain.log import Session, write_session
from lerend_web.pilots.domain.log_codes import code_of
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogCode, Pilot, PilotTeam
from lerend_web.scans.rules import day_of

MINUTES: Final = 30
_CAME: Final = (0.75, 0.95)
_LEADER_CAME: Final = 0.7
_CHANGED: Final = 0.15
_AFTERNOON: Final = time(16, 0)


def write_logs(pilot: Pilot, *, until: datetime) -> None:
    """Every session that fits before a moment and is not written yet, evenly over the weeks of the plan."""
    zone = ZoneInfo(pilot.programme.time_zone)
    teams = teams_that_begin(pilot)
    begins, people = beginnings(pilot, teams), people_in(teams)
    codes = {row.team_id: code_of(row) for row in LogCode.objects.filter(team__in=teams)}
    for team in teams:
        written = team.log.count()
        for session in _sessions(pilot, team, begins[team.pk], people[team.pk])[written:]:
            if session.on <= day_of(until, pilot.programme.time_zone):
                at = datetime.combine(session.on, _AFTERNOON, tzinfo=zone)
                write_session(code=codes[team.pk], session=session, at=at)


def _sessions(pilot: Pilot, team: PilotTeam, first: date | None, people: int) -> list[Session]:
    """All of a team; none before it is known when it begins."""
    if first is None:
        return []
    every, chance = timedelta(days=7 * pilot.weeks) / pilot.sessions, np.random.default_rng([SEED, team.pk])
    return [_session(first + every * (number + 0.5), people, chance) for number in range(pilot.sessions)]


def _session(day: date, people: int, chance: np.random.Generator) -> Session:
    is_changed = chance.random() < _CHANGED
    return Session(
        on=day,
        minutes=MINUTES,
        came=max(1, round(people * chance.uniform(*_CAME))),
        leader_came=bool(chance.random() < _LEADER_CAME),
        faithful=Faithful.CHANGED if is_changed else Faithful.AS_PLANNED,
        changed="Korter, want het was druk." if is_changed else "",
    )
