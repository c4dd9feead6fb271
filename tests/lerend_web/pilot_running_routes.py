"""Example objects for the routes of pilots that run (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.crypto import get_random_string

from lerend_web.core.clock import now
from lerend_web.organisations.models import Unit
from lerend_web.pilots.domain.log_codes import make_codes
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import LogEntry, Measurement, Partner, Pilot, PilotTeam
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place


def a_running_pilot(where: Place) -> Pilot:
    """One company with one team, whose session of ten people is in the log, and a measurement to come."""
    pilot = Pilot.objects.create(
        programme=where.programme,
        key=new_public_code(),
        title="Look back together",
        factor="psychological_safety",
        problem="Errors are not talked about.",
        state=PilotState.RUNNING,
        made_at=now(),
        started_at=now(),
    )
    Partner.objects.create(pilot=pilot, organisation=where.organisation, asked_at=now(), agreed_at=now())
    name = get_random_string(20)
    Unit.objects.create(organisation=where.organisation, name=name, headcount=12)
    path = [where.organisation.name, name]
    team = PilotTeam.objects.create(
        pilot=pilot, organisation=where.organisation, path=path, name=name, people=10, arm="A", start=1
    )
    make_codes(pilot)
    LogEntry.objects.create(team=team, on=date(2026, 10, 1), minutes=45, came=10, at=now())
    Measurement.objects.create(pilot=pilot, organisation=where.organisation, number=1, on=date(2026, 12, 1))
    return pilot


def _pilot(where: Place) -> dict[str, Any]:
    return {"pilot": a_running_pilot(where).key}


def _line(where: Place) -> dict[str, Any]:
    pilot = a_running_pilot(where)
    return {"pilot": pilot.key, "line": LogEntry.objects.get(team__pilot=pilot).pk}


def _team(where: Place) -> dict[str, Any]:
    pilot = a_running_pilot(where)
    return {"pilot": pilot.key, "team": pilot.teams.get().pk}


def _measurement(where: Place) -> dict[str, Any]:
    pilot = a_running_pilot(where)
    return {"pilot": pilot.key, "measurement": pilot.measurements.get().pk}


def _company(where: Place) -> dict[str, Any]:
    return {"pilot": a_running_pilot(where).key, "organisation": where.organisation.pk}


PILOT_RUNNING_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (
        (
            *("pilot-running", "pilot-start", "pilot-finish", "pilot-stop", "pilot-process", "pilot-log"),
            *("pilot-sheets", "pilot-measurements"),
        ),
        _pilot,
    ),
    (("pilot-log-strike",), _line),
    (("pilot-log-renew",), _team),
    (
        (
            *("pilot-measurement-plan", "pilot-measurement-attach"),
            *("pilot-measurement-detach", "pilot-measurement-arms"),
        ),
        _measurement,
    ),
    (("pilot-pulse-plan",), _company),
)
