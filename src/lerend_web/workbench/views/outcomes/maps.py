"""The teams side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.maps import maps_of
from lerend_web.workbench.reach import CONTACT
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_map(request: PlatformRequest, wave: int) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased as error:
        raise Http404 from error
    context = {"maps": maps_of(seen.outcome), "sheets": seen.outcome.sheets}
    return draw_outcome(request, seen, "map", context, page="wave-outcome-map")
