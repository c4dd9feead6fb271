"""Taking an outcome along: reports, slides, tables; each from the same release."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.files import TakenFile, offers, taken, team_sheet
from lerend_web.workbench.domain.outcomes.shown import note_reading
from lerend_web.workbench.reach import CONTACT, person_of
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_files(request: PlatformRequest, wave: int) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
    except NothingReleased as error:
        raise Http404 from error
    context = {"offers": offers("company"), "sheets": seen.outcome.sheets}
    return draw_outcome(request, seen, "files", context, page="wave-outcome-files")


@open_to(*CONTACT)
@require_safe
def wave_outcome_file(request: PlatformRequest, wave: int, slug: str) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
        file = taken(seen.outcome, slug, "company")
    except (NothingReleased, LookupError) as error:
        raise Http404 from error
    note_reading(seen.wave, about=file.name, by=person_of(request), at=request.at)
    return handed_out(file)


@open_to(*CONTACT)
@require_safe
def wave_outcome_team_sheet(request: PlatformRequest, wave: int, team: int) -> HttpResponse:
    """The sheet of one team as one A4."""
    try:
        seen = seen_by_contact(request, wave)
        sheet = seen.outcome.sheet(team)
    except (NothingReleased, LookupError) as error:
        raise Http404 from error
    note_reading(seen.wave, about=sheet.name, by=person_of(request), at=request.at)
    return handed_out(team_sheet(seen.outcome, sheet))


def handed_out(file: TakenFile) -> HttpResponse:
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "no-store"
    return answer
