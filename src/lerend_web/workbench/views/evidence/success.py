"""What makes the difference between the pilots of a programme: as a page, and as a report to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.combinations import SUCCESS_WHY
from lerend_web.pilots.domain.success import Success, success_of
from lerend_web.pilots.domain.success_paper import reading, success_paper
from lerend_web.scans.rules import day_of
from lerend_web.workbench.evidence_picture import scale_for
from lerend_web.workbench.reach import PROGRAMME_READERS, the_programme
from lerend_web.workbench.views.evidence.frame import draw_evidence
from lerend_web.workbench.views.papers import pdf


@open_to(*PROGRAMME_READERS)
@require_safe
def success_factors(request: PlatformRequest, programme: int) -> HttpResponse:
    """Below 20 pilots everything on it is called a hypothesis."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    told = success_of(found)
    context: dict[str, Any] = {"programme": found, "told": told, "is_told": isinstance(told, Success)}
    if isinstance(told, Success):
        scale = scale_for([row.effect for row in told.rows], told.smallest)
        rows = [(row, scale.bar(row.effect)) for row in told.rows]
        context |= {"scale": scale, "rows": rows, "reading": reading(told), "success_why": SUCCESS_WHY}
    return draw_evidence(request, "success", context)


@open_to(*PROGRAMME_READERS)
@require_safe
def success_report(request: PlatformRequest, programme: int) -> HttpResponse:
    """The same on paper, as a tagged PDF."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    return pdf(success_paper(found, made_on=day_of(request.at, found.time_zone)), "success-factors")
