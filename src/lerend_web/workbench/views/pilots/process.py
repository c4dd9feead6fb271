"""How a pilot goes: sessions over the weeks beside the plan, for each group of teams that begins together."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.process import process_of
from lerend_web.pilots.rules import READERS
from lerend_web.scans.rules import day_of
from lerend_web.workbench.pilot_process_chart import drawn
from lerend_web.workbench.views.pilots.frame import the_pilot
from lerend_web.workbench.views.pilots.running import companies_seen, draw_part, today_in


@open_to(*READERS)
@require_safe
def pilot_process(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    seen = companies_seen(request, found)
    until = today_in(request, found)
    if found.ended_at is not None:
        until = min(until, day_of(found.ended_at, found.programme.time_zone))
    arms = process_of(found, on=until, organisations=seen)
    context = {
        "arms": [(arm, drawn(arm, sessions=found.sessions)) for arm in arms],
        "only_own": seen is not None,
    }
    return draw_part(request, "process", found, context)
