"""The outcome of a closed round. For the company contact; a coordinator sees no scores."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.models import FrozenWave, Wave
from lerend_web.scans.rules import day_of
from lerend_web.workbench.domain.outcomes import note_reading, outcome_page
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_wave


@open_to(*CONTACT)
@require_safe
def wave_outcome(request: PlatformRequest, wave: int) -> HttpResponse:
    """The report as a page of its own, with a way back above it; ``?team=3`` is the sheet of one team."""
    found = the_wave(request, wave, *CONTACT)
    frozen = FrozenWave.objects.filter(wave=found, wave__state="closed").select_related("wave__programme").first()
    if frozen is None:
        raise Http404
    if not frozen.statistics:
        return draw(request, "too_few", {"wave": found}, organisation=found.organisation, tab="organisation")
    number = request.GET.get("team", "")
    try:
        page = outcome_page(
            frozen,
            language="en" if (get_language() or "nl").startswith("en") else "nl",
            made_on=str(date_format(_closed_on(found), "j F Y")),
            number=int(number) if number.isdecimal() and len(number) < 6 else None,
        )
    except LookupError as error:
        raise Http404 from error
    note_reading(found, sheet=page.sheet, by=person_of(request), at=request.at)
    way_back = render_to_string("workbench/parts/way_back.html", {"wave": found})
    answer = HttpResponse(page.html.replace("<header>", f"{way_back}<header>", 1))
    answer["Content-Security-Policy"] = page.policy
    return answer


def _closed_on(wave: Wave) -> date:
    return day_of(wave.closed_at, wave.programme.time_zone) if wave.closed_at else wave.closes_on
