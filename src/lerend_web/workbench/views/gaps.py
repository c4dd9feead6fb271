"""Where the companies of a programme have bottlenecks without a proven approach, and how a pilot begins there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.gaps import brief_of, gaps_of
from lerend_web.workbench.domain.outcomes.programmes import LEAST_COMPANIES
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import PROGRAMME_READERS, the_programme


@open_to(*PROGRAMME_READERS)
@require_safe
def programme_gaps(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *PROGRAMME_READERS)
    context = {"programme": found, "gaps": gaps_of(found), "least": LEAST_COMPANIES}
    return draw(request, "gaps/list", context)


@open_to(*PROGRAMME_READERS)
@require_safe
def programme_brief(request: PlatformRequest, programme: int, factor: str) -> HttpResponse:
    """The brief of a pilot about one bottleneck, to print or to bring to a meeting."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    try:
        brief = brief_of(found, factor)
    except LookupError as error:
        raise Http404 from error
    return draw(request, "gaps/brief", {"programme": found, "brief": brief})
