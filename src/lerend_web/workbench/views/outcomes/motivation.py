"""Motivation: what it goes together with, and how it differs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.topics import motivation_in
from lerend_web.workbench.reach import CONTACT
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_motivation(request: PlatformRequest, wave: int) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased as error:
        raise Http404 from error
    context = {"motivation": motivation_in(seen.outcome)}
    return draw_outcome(request, seen, "motivation", context, page="wave-outcome-motivation")
