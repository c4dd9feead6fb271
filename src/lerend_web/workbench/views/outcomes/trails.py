"""Where a number comes from."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.shown import Outcome
from lerend_web.workbench.domain.outcomes.topics import TrailOfNumber, method_rows, trail_of
from lerend_web.workbench.reach import CONTACT
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_trail(request: PlatformRequest, wave: int) -> HttpResponse:
    """``?topic=psychological_safety&team=3`` is the trail of one number."""
    try:
        seen = seen_by_contact(request, wave)
        number = _number(seen.outcome, request.GET.get("topic", ""), request.GET.get("team", ""))
    except (NothingReleased, LookupError) as error:
        raise Http404 from error
    context = {"number": number, "rows": method_rows(seen.outcome), "release": seen.outcome.release}
    return draw_outcome(request, seen, "trail", context, page="wave-outcome-trail")


def _number(outcome: Outcome, topic: str, team: str) -> TrailOfNumber | None:
    if not topic:
        return None
    known = team.isdecimal() and len(team) < 6
    unit = outcome.unit(outcome.sheet(int(team)).path) if known else outcome.company
    return trail_of(outcome, topic, unit=unit)
