"""What every page of an organisation has: its name, its tabs, and what was just done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.reach import person_of

DONE: Final[dict[str, Promise]] = {
    "added": _("Added."),
    "saved": _("Saved."),
    "moved": _("Moved."),
    "removed": _("Removed."),
    "imported": _("The file has been taken in."),
    "planned": _("The round is planned. Below you see what it still needs."),
    "taken-in": _("The scan was taken in. Nothing of the file was kept; only sums of groups stay."),
    "key-added": _("The key is there. Now try it once: choose the file that you just saved."),
    "key-tried": _("This key opens the urn. Keep the file safe: it is needed to close the round."),
    "opened": _("The round is open. People can take part now."),
    "closed": _("The round is closed. Boxes and keys are destroyed; only the sums stay."),
    "form-sent": _("Your form is signed and sent. Below you see what it says."),
    "mails-queued": _("The mails are on their way. This takes a few minutes."),
    "reminded": _("Everybody gets a reminder."),
    "invited": _("The invitation is on its way."),
    "joined": _("The organisation takes part. Its contact gets a mail with the way in."),
    "takes-part": _("Your organisation takes part in this programme too."),
    "void-asked": _("You asked to void the cards. A second person has to do the same."),
    "voided": _("All unused cards are void. New ones can be made."),
}
"""What a page says after a change; its word travels in the address, so nothing waits in a session."""


@dataclass(frozen=True, slots=True)
class Tab:
    name: Promise
    link: str
    is_current: bool


def tabs_of(request: PlatformRequest, organisation: Organisation, current: str) -> list[Tab]:
    """The pages of an organisation that this person can open."""
    if not _has_role(request, organisation, OrganisationRole.COMPANY_CONTACT):
        return []
    pages = [
        ("organisation", _("Rounds")),
        ("teams", _("Teams")),
        ("company-form", _("Company form")),
        ("company-meetings", _("Meetings")),
        ("actions", _("Actions")),
        ("members", _("People")),
        ("organisation-log", _("Log")),
    ]
    return [Tab(name, reverse(route, args=[organisation.pk]), route == current) for route, name in pages]


def draw(
    request: PlatformRequest,
    template: str,
    context: dict[str, Any],
    *,
    organisation: Organisation | None = None,
    tab: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page, with what was just done above it."""
    shown = {"done": DONE.get(request.GET.get("done", "")), "organisation": organisation, **context}
    if organisation is not None:
        shown["tabs"] = tabs_of(request, organisation, tab)
        shown["via_programmes"] = _programmes_between(request, organisation)
    with timezone.override(ZoneInfo(AMSTERDAM)):
        return render(request, f"workbench/{template}.html", shown, status=status)


def _has_role(request: PlatformRequest, organisation: Organisation, role: OrganisationRole) -> bool:
    return person_of(request).organisation_roles.filter(organisation=organisation, role=role).exists()


def _programmes_between(request: PlatformRequest, organisation: Organisation) -> list[Any]:
    """Programmes by which a coordinator came to this organisation: the way back."""
    if ProgrammeRole.COORDINATOR not in request.roles:
        return []
    coordinated = person_of(request).programme_roles.filter(role=ProgrammeRole.COORDINATOR).values("programme")
    return list(organisation.programmes.filter(pk__in=coordinated))
