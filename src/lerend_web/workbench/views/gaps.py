"""Where the companies of a programme have bottlenecks without a proven approach, and how a pilot begins there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.interventions.domain.workshops import newest_version
from lerend_web.interventions.models import WorkshopVersion
from lerend_web.interventions.queries import is_maker, workshops_of
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.rules import EDITORS
from lerend_web.programmes.models import Programme
from lerend_web.workbench.domain.gaps import brief_of, gaps_of
from lerend_web.workbench.domain.outcomes.programmes import LEAST_COMPANIES
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import PROGRAMME_READERS, person_of, the_programme


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
    roles = [role.value for role in EDITORS]
    context = {
        "programme": found,
        "brief": brief,
        "made": _made(request, found),
        "may_open": person_of(request).programme_roles.filter(programme=found, role__in=roles).exists(),
    }
    return draw(request, "gaps/brief", context)


def _made(request: PlatformRequest, programme: Programme) -> WorkshopVersion | None:
    """What the workshop made from which somebody comes, if they are one of its makers."""
    wanted = request.GET.get("workshop", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    one = workshops_of(programme).filter(pk=int(wanted[:9])).first()
    return newest_version(one) if one is not None and is_maker(person_of(request), one.theme) else None
