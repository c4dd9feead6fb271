"""Example objects for the routes of pulses (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.crypto import get_random_string

from lerend_web.core.clock import now
from lerend_web.organisations.models import Unit
from lerend_web.pulses.domain.planning import AskedUnit, SeriesPlan, plan_series
from lerend_web.pulses.domain.subject import subject_of
from lerend_web.pulses.models import PulseSeries
from lerend_web.themes.models import Action
from tests.lerend_web.actors import Place


def _action(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk, "action": an_action(where).pk}


def _series(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk, "series": a_series(where).pk}


def _promised(where: Place) -> dict[str, Any]:
    series = a_series(where)
    PulseSeries.objects.filter(pk=series.pk).update(promise="{}", promise_digest="0" * 64, sealed_at=now())
    return {"organisation": where.organisation.pk, "series": series.pk}


def an_action(where: Place) -> Action:
    return Action.objects.create(
        organisation=where.organisation, factor="psychological_safety", what="Start the day together", made_at=now()
    )


def a_series(where: Place) -> PulseSeries:
    """Planned, in a team of nine; nothing is promised yet."""
    unit = Unit.objects.create(organisation=where.organisation, name=get_random_string(20), headcount=9)
    plan = SeriesPlan(units=(AskedUnit((unit.name,)),), first_on=date(2026, 10, 1), pulses=2)
    return plan_series(about=subject_of(an_action(where)), programme=where.programme, plan=plan, by=None, at=now())


PULSE_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (("pulse-plan", "pulse-talk"), _action),
    (
        ("pulses", "pulse-seal", "pulse-stop", "pulse-sheet", "pulse-keys", "pulse-keys-try", "pulse-key-remove"),
        _series,
    ),
    (("pulse-promise",), _promised),
)
