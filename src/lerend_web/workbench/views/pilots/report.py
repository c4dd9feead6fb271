"""Taking the outcome of a pilot along: a report, slides, and for researchers every look as it was kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.reports import PilotFile, looks_of, report_of, slides_of
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, READERS, PilotRefused
from lerend_web.workbench.views.pilots.frame import the_pilot
from lerend_web.workbench.views.pilots.result import draw_outcome


@open_to(*READERS)
@require_safe
def pilot_report(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _handed_out(request, the_pilot(request, pilot, *READERS), report_of)


@open_to(*READERS)
@require_safe
def pilot_slides(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _handed_out(request, the_pilot(request, pilot, *READERS), slides_of)


@open_to(*EDITORS)
@require_safe
def pilot_effects(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _handed_out(request, the_pilot(request, pilot, *EDITORS), looks_of)


def _handed_out(request: PlatformRequest, pilot: Pilot, make: Callable[[Pilot], PilotFile]) -> HttpResponse:
    """The file, or the page that says why there is none yet."""
    try:
        file = make(pilot)
    except PilotRefused as refusal:
        context = {"refused": str(refusal.sentence)}
        return draw_outcome(request, "no_result", pilot, context, page="pilot-result", status=400)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "no-store"
    return answer
