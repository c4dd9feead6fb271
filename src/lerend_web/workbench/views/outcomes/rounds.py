"""A round beside the earlier ones."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.rounds import earlier_rounds
from lerend_web.workbench.reach import CONTACT
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_rounds(request: PlatformRequest, wave: int) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased as error:
        raise Http404 from error
    context = {"earlier": earlier_rounds(seen.wave, seen.outcome)}
    return draw_outcome(request, seen, "rounds", context, page="wave-outcome-rounds")
