"""Papers about a round as PDF: the dossier for the works council, the letter and the poster for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.dossier import works_council_dossier
from lerend_web.scans.domain.letter_and_poster import letter, poster
from lerend_web.scans.enums import Collected
from lerend_web.scans.models import Wave
from lerend_web.workbench.reach import CONTACT_AND_COORDINATOR, the_wave

PAPERS: Final[dict[str, Callable[[Wave], bytes]]] = {
    "dossier": works_council_dossier,
    "letter": letter,
    "poster": poster,
}


@open_to(*CONTACT_AND_COORDINATOR, OrganisationRole.WORKS_COUNCIL)
@require_safe
def wave_paper(request: PlatformRequest, wave: int, paper: str) -> HttpResponse:
    found = the_wave(request, wave, *CONTACT_AND_COORDINATOR, OrganisationRole.WORKS_COUNCIL)
    if paper not in PAPERS or found.collected == Collected.ELSEWHERE:
        raise Http404
    return pdf(PAPERS[paper](found), paper)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A file to save. Its name says nothing about the organisation, for it lies in a folder that others see."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
