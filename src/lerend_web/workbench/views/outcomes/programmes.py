"""What the companies of a programme share."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.outcomes.programmes import LEAST_COMPANIES, LEAST_FOR_USUAL, programme_outcome
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import PROGRAMME_READERS, the_programme


@open_to(*PROGRAMME_READERS)
@require_safe
def programme_outcomes(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *PROGRAMME_READERS)
    context = {
        "programme": found,
        "shared": programme_outcome(found),
        "least": LEAST_COMPANIES,
        "least_for_usual": LEAST_FOR_USUAL,
    }
    return draw(request, "outcome/programme", context)
