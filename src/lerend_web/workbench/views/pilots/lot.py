"""The lot of a pilot: drawn again before everybody's eyes. Whoever has the address may look; names of teams only some see."""

from __future__ import annotations

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.plan_words import told_lot
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.queries import pilots_for
from lerend_web.pilots.rules import READERS
from lerend_web.workbench.pages import draw
from lerend_web.workbench.pilot_words import SAID
from lerend_web.workbench.views.pilots.frame import is_above, own_companies, pages_of


@open_to(EVERYBODY)
@require_safe
def pilot_lot(request: PlatformRequest, pilot: str) -> HttpResponse:
    """The key in the address is long and random: it stands on the plan, and gives no more than this."""
    found = Pilot.objects.filter(key=pilot, plan__isnull=False).select_related("programme", "plan").first()
    if found is None:
        raise Http404
    companies, reached = _known_to(request, found)
    said = SAID.get(request.GET.get("said", "")) if reached else None
    context = {
        "pilot": found,
        "programme": found.programme,
        "reached": reached,
        "frozen": found.plan,
        "lot": told_lot(found, companies=companies),
        "pages": pages_of(request, found, "pilot-lot") if reached else [],
        **({"done": said} if said else {}),
    }
    answer = draw(request, "pilots/lot", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _known_to(request: PlatformRequest, found: Pilot) -> tuple[Collection[int] | None, bool]:
    """Companies whose teams this visitor may know by name (None: all), and whether the pilot is within their reach."""
    if request.person is None or not pilots_for(request.person, *READERS).filter(pk=found.pk).exists():
        return (), False
    return (None if is_above(request, found) else own_companies(request, found)), True
