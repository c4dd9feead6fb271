"""Example objects for the routes of what came of a pilot (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lerend_web.core.clock import now
from lerend_web.pilots.models import Partner, Pilot
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place


def _pilot(where: Place) -> dict[str, Any]:
    """One whose plan is not frozen: the pages say so, to exactly those who may read them."""
    pilot = Pilot.objects.create(
        programme=where.programme,
        key=new_public_code(),
        title="Look back together",
        factor="psychological_safety",
        problem="Errors are not talked about.",
        made_at=now(),
    )
    Partner.objects.create(pilot=pilot, organisation=where.organisation, asked_at=now(), agreed_at=now())
    return {"pilot": pilot.key}


PILOT_RESULT_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (
        (
            *("pilot-result", "pilot-look", "pilot-verdict", "pilot-report", "pilot-slides"),
            *("pilot-effects", "pilot-case", "told-case"),
        ),
        _pilot,
    ),
)
