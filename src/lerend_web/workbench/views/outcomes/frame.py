"""What every page of an outcome has: the release, its pages, and a note of who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.workbench.domain.outcomes.shown import Outcome, outcome_of
from lerend_web.workbench.pages import Tab, draw
from lerend_web.workbench.reach import CONTACT, the_scan

PAGES: Final = (
    ("wave-outcome", _("In brief")),
    ("wave-outcome-map", _("Map of the teams")),
    ("wave-outcome-comments", _("What people wrote")),
    ("wave-outcome-motivation", _("Motivation")),
    ("wave-outcome-rounds", _("Earlier rounds")),
    ("wave-outcome-files", _("Take along")),
    ("wave-outcome-trail", _("Where the numbers come from")),
)
"""The pages of an outcome, in the order of its own row of tabs."""
SHORTEST_DIGEST: Final = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A round whose outcome somebody may see, with that outcome."""

    wave: Wave
    outcome: Outcome


class NothingReleased(Exception):
    """Too few people answered: there is a page that says so."""


def seen_by_contact(request: PlatformRequest, wave: int) -> Seen:
    """The outcome, for a contact of the organisation; for anybody else it does not exist.

    Raises:
        NothingReleased: too few people answered.
    """
    found = the_scan(request, wave, *CONTACT)
    if found.state != WaveState.CLOSED:
        raise Http404
    outcome = outcome_of(found)
    if outcome is None:
        raise NothingReleased
    return Seen(found, outcome)


def draw_outcome(
    request: PlatformRequest, seen: Seen, template: str, context: dict[str, Any], *, page: str
) -> HttpResponse:
    """A page inside the frame of an outcome."""
    shown = {
        "wave": seen.wave,
        "outcome": seen.outcome,
        "outcome_tabs": _tabs(seen.wave, page),
        "digest": seen.outcome.release.digest[:SHORTEST_DIGEST],
        **context,
    }
    return draw(request, f"outcome/{template}", shown, organisation=seen.wave.organisation, tab="organisation")


def draw_too_few(request: PlatformRequest, wave: int, *roles: OrganisationRole) -> HttpResponse:
    found = the_scan(request, wave, *(roles or CONTACT))
    return draw(request, "too_few", {"wave": found}, organisation=found.organisation, tab="organisation")


def _tabs(wave: Wave, current: str) -> Sequence[Tab]:
    pages: Sequence[tuple[str, Promise]] = PAGES
    return [Tab(name, reverse(route, args=[wave.pk]), route == current) for route, name in pages]
