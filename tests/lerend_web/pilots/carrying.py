"""A pilot that runs, its teams as units of their companies, and lines in its log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from lerend_web.organisations.models import Unit
from lerend_web.people.enums import ProgrammeRole
from lerend_web.pilots.domain.log import Session, write_session
from lerend_web.pilots.domain.log_codes import code_of
from lerend_web.pilots.domain.running import start
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot, PilotTeam
from tests.lerend_web.actors import Place
from tests.lerend_web.pilots.world import GAP, START, World, build

STARTED: Final = datetime(2026, 3, 9, 8, tzinfo=UTC)
BEGAN: Final = date(2026, 3, 9)
PEOPLE: Final = 12


def frozen(here: Place | None = None, **wish: Any) -> Pilot:
    """The plan is frozen and the measurement before is there; in every team work twelve people."""
    usual: dict[str, Any] = {"state": PilotState.FROZEN, "measured": 1}
    pilot = build(World(**(usual | wish)), here=here).pilot
    for team in pilot.teams.select_related("organisation"):
        Unit.objects.create(organisation=team.organisation, name=team.path[-1], headcount=PEOPLE)
    return pilot


def running(here: Place | None = None, **wish: Any) -> Pilot:
    pilot = frozen(here, **wish)
    start(pilot=pilot, by=None, at=STARTED)
    return pilot


def teams_of(pilot: Pilot) -> list[PilotTeam]:
    """Those that begin, the first company first."""
    return list(
        pilot.teams.filter(start__gt=0).order_by("organisation", "name").select_related("organisation", "pilot")
    )


def code(team: PilotTeam) -> str:
    return code_of(team.code)


def day(weeks: float) -> date:
    """So many weeks after the start."""
    return BEGAN + timedelta(days=round(7 * weeks))


def moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 15, tzinfo=UTC)


def write(team: PilotTeam, weeks: float, *, written: float | None = None, **what: Any) -> None:
    """A session so many weeks after the start, written down on that day or `written` weeks after the start."""
    usual = Session(on=day(weeks), minutes=45, came=10, leader_came=True)
    written_on = day(weeks if written is None else written)
    write_session(code=code(team), session=replace(usual, **what), at=moment(written_on))


def after_moment(number: int) -> date:
    """A week after a measurement."""
    return START + number * GAP + timedelta(days=7)


def editor_of(here: Place) -> Any:
    return here.people[ProgrammeRole.COORDINATOR]
