"""A team leader: when the round runs, what the own team will get and from how many answers, and what to say now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import units_led_by, units_of
from lerend_web.organisations.rules import tree_rows
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import LOWEST_K, day_of, minimum_invited
from lerend_web.workbench.domain.team_floors import ABOUT_A_LEADER, MOST_ROOM
from lerend_web.workbench.next_steps import what_leaders_get
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_organisation

LEADER: Final = (OrganisationRole.TEAM_LEADER,)


@dataclass(frozen=True, slots=True)
class Team:
    """A team that somebody leads, with everybody below it; `is_large_enough` for a sheet of its own to be possible."""

    pk: int
    where: str
    people: int
    is_large_enough: bool
    can_rank: bool
    can_tell_of_leader: bool


@open_to(*LEADER)
@require_safe
def my_team(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *LEADER)
    waves = _waves(found)
    wave = waves[0] if waves else None
    k = wave.k if wave else LOWEST_K
    context = {
        "wave": wave,
        "says": what_leaders_get(waves, day_of(request.at, wave.programme.time_zone if wave else AMSTERDAM)),
        "teams": _teams(request, found, k),
        "k": k,
        "invited": minimum_invited(k),
        "about_a_leader": max(k, ABOUT_A_LEADER),
        "most_room": max(k, MOST_ROOM),
        "contacts": _contacts(found),
        "released": next((one for one in waves if one.releases.exists()), None),
    }
    return draw(request, "leader/my_team", context, organisation=found)


@open_to(*LEADER)
@require_safe
def leader_guide(request: PlatformRequest, organisation: int) -> HttpResponse:
    """What can be said in a team now, and what not: one page, to read or to print."""
    found = the_organisation(request, organisation, *LEADER)
    waves = _waves(found)
    return draw(request, "leader/guide", {"wave": waves[0] if waves else None}, organisation=found)


def _waves(organisation: Organisation) -> Sequence[Wave]:
    return list(Wave.objects.filter(organisation=organisation).select_related("programme"))


def _teams(request: PlatformRequest, organisation: Organisation, k: int) -> list[Team]:
    led = set(units_led_by(person_of(request)).filter(organisation=organisation).values_list("pk", flat=True))
    rows = [row for row in tree_rows(units_of(organisation)) if row.unit.pk in led]
    return [
        Team(
            pk=row.unit.pk,
            where=row.where,
            people=row.people,
            is_large_enough=row.people >= minimum_invited(k),
            can_rank=row.people >= max(k, MOST_ROOM),
            can_tell_of_leader=row.people >= max(k, ABOUT_A_LEADER),
        )
        for row in rows
    ]


def _contacts(organisation: Organisation) -> list[str]:
    members = organisation.members.filter(role=OrganisationRole.COMPANY_CONTACT).order_by("person__name")
    return list(members.values_list("person__name", flat=True).distinct())
