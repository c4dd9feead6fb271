"""What every page of a pilot has: the pilot as far as the person reaches, what they may do, and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.queries import pilots_for
from lerend_web.pilots.rules import EDITORS, PARTNERS, READERS
from lerend_web.workbench.pages import draw
from lerend_web.workbench.pilot_words import PILOT_STATES, SAID
from lerend_web.workbench.reach import person_of

OVER: Final = frozenset({PilotState.FINISHED, PilotState.STOPPED})
_ABOVE: Final = tuple(role.value for role in READERS if isinstance(role, ProgrammeRole))
_INSIDE: Final = tuple(role.value for role in READERS if isinstance(role, OrganisationRole))


@dataclass(frozen=True, slots=True)
class Page:
    name: Promise
    link: str
    is_current: bool


def the_pilot(request: PlatformRequest, pilot: str, *roles: Role) -> Pilot:
    """The pilot with this key, if the person has one of the roles in its programme or in a company that was asked."""
    found = pilots_for(person_of(request), *roles).filter(key=pilot).first()
    if found is None:
        raise Http404
    return found


def may_edit(request: PlatformRequest, pilot: Pilot) -> bool:
    """Whether this person plans the pilot."""
    roles = [role.value for role in EDITORS]
    return person_of(request).programme_roles.filter(programme=pilot.programme_id, role__in=roles).exists()


def is_above(request: PlatformRequest, pilot: Pilot) -> bool:
    """Whether this person has a part in the programme itself: then no company of the pilot is somebody else's."""
    return person_of(request).programme_roles.filter(programme=pilot.programme_id, role__in=_ABOVE).exists()


def own_companies(request: PlatformRequest, pilot: Pilot) -> set[int]:
    """Companies of the pilot in which this person has a part, by their ids."""
    mine = person_of(request).organisation_roles.filter(role__in=_INSIDE).values("organisation")
    return set(pilot.partners.filter(organisation__in=mine).values_list("organisation", flat=True))


def companies_spoken_for(request: PlatformRequest, pilot: Pilot) -> set[int]:
    """Companies of the pilot for which this person says yes or no."""
    roles = [role.value for role in PARTNERS]
    mine = person_of(request).organisation_roles.filter(role__in=roles).values("organisation")
    asked = Organisation.objects.filter(pilots__pilot=pilot, pk__in=mine)
    return set(asked.values_list("pk", flat=True))


def draw_pilot(
    request: PlatformRequest, template: str, pilot: Pilot, context: dict[str, Any], *, page: str, status: int = 200
) -> HttpResponse:
    """A page of a pilot.

    Args:
        template: name of a file in ``workbench/pilots``, without ending.
        page: the route of this page, for the row of pages.
    """
    said = SAID.get(request.GET.get("said", ""))
    common = {
        "pilot": pilot,
        "programme": pilot.programme,
        "state": PILOT_STATES[PilotState(pilot.state)],
        "is_draft": pilot.state == PilotState.DRAFT,
        "may_edit": may_edit(request, pilot),
        "pages": pages_of(request, pilot, page),
        **({"done": said} if said else {}),
    }
    return draw(request, f"pilots/{template}", common | context, status=status)


def pages_of(request: PlatformRequest, pilot: Pilot, current: str) -> list[Page]:
    """The pages of a pilot that this person can open, as far as it has come."""
    routes = [("pilot", _("Charter")), ("pilot-companies", _("Companies"))]
    if pilot.state == PilotState.DRAFT:
        if is_above(request, pilot):
            routes += [("pilot-design", _("Comparison")), ("pilot-pool", _("Volunteers"))]
    else:
        routes += [
            ("pilot-plan", _("Plan")),
            ("pilot-lot", _("Lot")),
            ("pilot-running", _("Carrying out")),
            ("pilot-result", _("What came of it")),
        ]
    if pilot.state in OVER and is_above(request, pilot):
        routes.append(("pilot-grade", _("Catalogue")))
    return [Page(name, reverse(route, args=[pilot.key]), route == current) for route, name in routes]
