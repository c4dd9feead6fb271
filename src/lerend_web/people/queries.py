"""What is known of a person. Rows of programmes and organisations are reached backwards, from the person."""

from __future__ import annotations

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person


def roles_of(person: Person) -> frozenset[Role]:
    """Every role that a person has anywhere: enough to open a view, never enough to see an object."""
    programmes = person.programme_roles.values_list("role", flat=True)
    organisations = person.organisation_roles.values_list("role", flat=True)
    return frozenset({ProgrammeRole(role) for role in programmes} | {OrganisationRole(role) for role in organisations})
