"""The report on a closed round: of the company, and of each team that has one of its own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.shown import first_bottlenecks, note_reading, report_parts
from lerend_web.workbench.reach import CONTACT, person_of
from lerend_web.workbench.views.outcomes.frame import (
    NothingReleased,
    draw_outcome,
    draw_too_few,
    seen_by_contact,
)


@open_to(*CONTACT)
@require_safe
def wave_outcome(request: PlatformRequest, wave: int) -> HttpResponse:
    """The seven parts about the whole company."""
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased:
        return draw_too_few(request, wave)
    parts = report_parts(seen.wave, addresses=_topics_of(wave))
    note_reading(seen.wave, by=person_of(request), at=request.at)
    context = {"parts": parts, "sheets": seen.outcome.sheets, "first": first_bottlenecks(seen.outcome)}
    return draw_outcome(request, seen, "report", context, page="wave-outcome")


@open_to(*CONTACT)
@require_safe
def wave_outcome_team(request: PlatformRequest, wave: int, team: int) -> HttpResponse:
    """The same about one team."""
    try:
        seen = seen_by_contact(request, wave)
        sheet = seen.outcome.sheet(team)
    except (NothingReleased, LookupError) as error:
        raise Http404 from error
    parts = report_parts(seen.wave, addresses=_topics_of(wave), unit=sheet.path)
    note_reading(seen.wave, about=sheet.name, by=person_of(request), at=request.at)
    return draw_outcome(request, seen, "team", {"parts": parts, "sheet": sheet}, page="")


def _topics_of(wave: int) -> str:
    return reverse("wave-outcome-topic", args=[wave, "x"]).removesuffix("x")
