"""Pilots, as far as a person reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Partner, Pilot
from lerend_web.programmes.models import Programme


def pilots_for(person: Person, *roles: Role) -> QuerySet[Pilot]:
    """Pilots of programmes in which somebody has one of the roles, and those that their company was asked for."""
    above = [role.value for role in roles if isinstance(role, ProgrammeRole)]
    inside = [role.value for role in roles if isinstance(role, OrganisationRole)]
    programmes = person.programme_roles.filter(role__in=above).values("programme")
    organisations = person.organisation_roles.filter(role__in=inside).values("organisation")
    asked = Partner.objects.filter(organisation__in=organisations).values("pilot")
    reached = Q(programme__in=programmes) | Q(pk__in=asked)
    return Pilot.objects.filter(reached).select_related("programme", "theme", "owner", "partner")


def going_on() -> QuerySet[Pilot]:
    """All pilots from the frozen plan until the end."""
    return Pilot.objects.filter(state__in=(PilotState.FROZEN.value, PilotState.RUNNING.value))


def looked_after_by(person: Person) -> QuerySet[Pilot]:
    """Those of them of which somebody is the owner."""
    return going_on().filter(owner=person).select_related("programme")


def pilots_of(programme: Programme) -> QuerySet[Pilot]:
    return Pilot.objects.filter(programme=programme).select_related("theme", "owner", "partner")
