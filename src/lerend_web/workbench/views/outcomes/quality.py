"""For the researcher of a programme: how well a round measured, and the files to compute with."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.workbench.domain.outcomes.files import offers, taken
from lerend_web.workbench.domain.outcomes.quality import quality_of
from lerend_web.workbench.domain.outcomes.shown import note_reading, outcome_of
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import RESEARCHER, person_of, the_scan
from lerend_web.workbench.views.outcomes.files import handed_out
from lerend_web.workbench.views.outcomes.frame import SHORTEST_DIGEST, Seen


@open_to(*RESEARCHER)
@require_safe
def wave_quality(request: PlatformRequest, wave: int) -> HttpResponse:
    seen = _seen(request, wave)
    note_reading(seen.wave, about="measurement quality", by=person_of(request), at=request.at)
    context = {
        "wave": seen.wave,
        "outcome": seen.outcome,
        "quality": quality_of(seen.wave, seen.outcome),
        "offers": offers("researcher"),
        "digest": seen.outcome.release.digest[:SHORTEST_DIGEST],
    }
    return draw(request, "outcome/quality", context, organisation=seen.wave.organisation)


@open_to(*RESEARCHER)
@require_safe
def wave_quality_file(request: PlatformRequest, wave: int, slug: str) -> HttpResponse:
    seen = _seen(request, wave)
    try:
        file = taken(seen.outcome, slug, "researcher")
    except LookupError as error:
        raise Http404 from error
    note_reading(seen.wave, about=file.name, by=person_of(request), at=request.at)
    return handed_out(file)


def _seen(request: PlatformRequest, wave: int) -> Seen:
    found = the_scan(request, wave, *RESEARCHER)
    outcome = outcome_of(found) if found.state == WaveState.CLOSED else None
    if outcome is None:
        raise Http404
    return Seen(found, outcome)
