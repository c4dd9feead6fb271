"""Example objects for the routes of pilots that are being prepared (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from lerend_web.core.clock import now
from lerend_web.pilots.domain.pool import code_of, offer, open_pool
from lerend_web.pilots.models import FrozenPlan, Partner, Pilot
from tests.lerend_web.actors import Place
from tests.lerend_web.pilots.begun import a_pilot
from tests.lerend_web.pilots.world import World, build


def _programme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


def _factor(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "factor": "psychological_safety"}


def _pilot(where: Place) -> dict[str, Any]:
    return {"pilot": asked_pilot(where).key}


def _company(where: Place) -> dict[str, Any]:
    return {"pilot": asked_pilot(where).key, "organisation": where.organisation.pk}


def _frozen(where: Place) -> dict[str, Any]:
    return {"pilot": frozen_pilot(where).key}


def _volunteer(where: Place) -> dict[str, Any]:
    pilot = asked_pilot(where)
    pilot.teams.create(organisation=where.organisation, path=["A", "Ovens"], name="Ovens", people=9)
    open_pool(pilot=pilot, closes_on=now().date() + timedelta(days=9), by=None, at=now())
    made = offer(code=code_of(pilot), name="Els", reach="", team=None, at=now())
    return {"pilot": pilot.key, "volunteer": made.pk}


def asked_pilot(where: Place) -> Pilot:
    """A draft; the company of the place was asked."""
    pilot = a_pilot(where)
    Partner.objects.create(pilot=pilot, organisation=where.organisation, asked_at=now())
    return pilot


def frozen_pilot(where: Place) -> Pilot:
    """One for each programme; its company takes part."""
    known = FrozenPlan.objects.filter(pilot__programme=where.programme).first()
    return known.pilot if known else build(World(companies=1, teams=6, measured=0), here=where).pilot


PLAN_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (("pilots", "pilot-new"), _programme),
    (("pilot-from-brief",), _factor),
    (
        (
            *("pilot", "pilot-charter", "pilot-companies", "pilot-design", "pilot-teams", "pilot-freeze"),
            *("pilot-pool", "pilot-pool-close", "pilot-pool-cards"),
        ),
        _pilot,
    ),
    (("pilot-agree", "pilot-decline", "pilot-publish"), _company),
    (("pilot-plan", "pilot-plan-text", "pilot-lot"), _frozen),
    (("pilot-pool-remove",), _volunteer),
)
