"""Who may fill in a company form, and in which role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lerend_web.company_form.enums import InformantRole
from lerend_web.people.enums import OrganisationRole

FILLERS: Final = (OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL, OrganisationRole.INFORMANT)
"""Roles in an organisation with which somebody can fill in its form."""


def informant_roles(roles: Iterable[str]) -> tuple[InformantRole, ...]:
    """As whom somebody can sign: nobody speaks for the works council who is not in it."""
    held = set(roles)
    found = []
    if held & {OrganisationRole.COMPANY_CONTACT.value, OrganisationRole.INFORMANT.value}:
        found += [InformantRole.MANAGEMENT, InformantRole.HR, InformantRole.OTHER]
    if OrganisationRole.WORKS_COUNCIL.value in held:
        found.append(InformantRole.WORKS_COUNCIL)
    return tuple(found)
