"""Programmes as far as a person reaches."""

from __future__ import annotations

from django.db.models import QuerySet

from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme


def programmes_for(person: Person, *roles: Role) -> QuerySet[Programme]:
    """The programmes in which a person has one of the roles; without roles: any role in the programme itself."""
    mine = person.programme_roles.all()
    if roles:
        mine = mine.filter(role__in=[role for role in roles if isinstance(role, ProgrammeRole)])
    return Programme.objects.filter(pk__in=mine.values("programme")).order_by("name", "pk")
