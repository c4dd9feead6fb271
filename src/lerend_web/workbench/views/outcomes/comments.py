"""What people wrote, as far as it is shown: under the factors of the model, without team, number or time."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.comments.domain.releasing import released_of, why_none_yet
from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.shown import note_reading
from lerend_web.workbench.reach import CONTACT, person_of
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, draw_too_few, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_comments(request: PlatformRequest, wave: int) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased:
        return draw_too_few(request, wave)
    unders = released_of(seen.wave)
    note_reading(seen.wave, by=person_of(request), at=request.at)
    context = {"unders": unders, "why_none": why_none_yet(seen.wave, at=request.at) if unders is None else ""}
    return draw_outcome(request, seen, "comments", context, page="wave-outcome-comments")
