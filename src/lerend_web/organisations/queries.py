"""Organisations and units as far as a person reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.organisations.models import Organisation, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person


def organisations_for(person: Person, *roles: Role) -> QuerySet[Organisation]:
    """The organisations that a person reaches with one of the roles.

    A role in an organisation reaches that one; a role in a programme reaches every organisation of the programme.
    Without roles: any role in the organisation itself, none by way of a programme.
    """
    mine = person.organisation_roles.all()
    if roles:
        mine = mine.filter(role__in=[role for role in roles if isinstance(role, OrganisationRole)])
    programmes = person.programme_roles.filter(role__in=[role for role in roles if isinstance(role, ProgrammeRole)])
    reached = Q(pk__in=mine.values("organisation")) | Q(programmes__in=programmes.values("programme"))
    return Organisation.objects.filter(reached).distinct().order_by("name", "pk")


def units_of(organisation: Organisation) -> QuerySet[Unit]:
    return Unit.objects.filter(organisation=organisation).select_related("parent")


def units_led_by(person: Person) -> QuerySet[Unit]:
    """The units that a person leads; what lies below them is for the caller to add."""
    led = person.organisation_roles.filter(role=OrganisationRole.TEAM_LEADER, unit__isnull=False)
    return Unit.objects.filter(pk__in=led.values("unit"))
