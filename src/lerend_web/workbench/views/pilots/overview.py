"""The pilots of a programme: how far each is, with which companies, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.charters import name_of_factor
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.queries import pilots_for
from lerend_web.pilots.rules import EDITORS, READERS
from lerend_web.scans.rules import day_of
from lerend_web.workbench.pages import draw
from lerend_web.workbench.pilot_words import PILOT_STATES
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.themes import programme_reached


@dataclass(frozen=True, slots=True)
class PilotRow:
    """`waits` is for how many companies nobody answered yet; `next_on` the next measurement, or the last day to offer."""

    pilot: Pilot
    state: Promise
    factor: str
    companies: int
    waits: int
    next_on: date | None


@open_to(*READERS)
@require_safe
def pilots(request: PlatformRequest, programme: int) -> HttpResponse:
    """Whose company was not asked for a pilot does not see it."""
    found = programme_reached(request, programme, *READERS)
    person = person_of(request)
    mine = pilots_for(person, *READERS).filter(programme=found).select_related("pool")
    today = day_of(request.at, found.time_zone)
    rows = [_row(one, today) for one in mine.prefetch_related("partners", "measurements")]
    edits = person.programme_roles.filter(programme=found, role__in=[role.value for role in EDITORS]).exists()
    return draw(request, "pilots/list", {"programme": found, "rows": rows, "edits": edits})


def _row(pilot: Pilot, today: date) -> PilotRow:
    partners = list(pilot.partners.all())
    return PilotRow(
        pilot=pilot,
        state=PILOT_STATES[PilotState(pilot.state)],
        factor=name_of_factor(pilot),
        companies=sum(one.agreed_at is not None for one in partners),
        waits=sum(one.agreed_at is None for one in partners),
        next_on=_next_of(pilot, today),
    )


def _next_of(pilot: Pilot, today: date) -> date | None:
    coming = [one.on for one in pilot.measurements.all() if one.on >= today]
    if hasattr(pilot, "pool") and pilot.pool.closed_at is None and pilot.pool.closes_on >= today:
        coming.append(pilot.pool.closes_on)
    return min(coming, default=None)
