"""Who may fill in a company form, and in which role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lerend_web.company_form.enums import InformantRole
from lerend_web.people.enums import OrganisationRole, ProgrammeRole

MOST_PEOPLE: Final = 4
"""Who fill in the form of one organisation in one year."""
FEWEST_BESIDE: Final = 2
"""Sent forms from which they are laid beside each other: one alone has nothing to stand beside."""
READERS: Final = (ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER)
"""Who sees the sent forms of a programme's organisations without filling in one."""
FILLERS: Final = (OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL, OrganisationRole.INFORMANT)
"""Roles in an organisation with which somebody can fill in its form."""


CAN_BE_NAMED: Final = (InformantRole.MANAGEMENT, InformantRole.HR, InformantRole.WORKS_COUNCIL)


def membership_for(role: InformantRole) -> OrganisationRole:
    """The role in the organisation that somebody gets who is named for the form."""
    council = role is InformantRole.WORKS_COUNCIL
    return OrganisationRole.WORKS_COUNCIL if council else OrganisationRole.INFORMANT


def informant_roles(roles: Iterable[str]) -> tuple[InformantRole, ...]:
    """As whom somebody can sign: nobody speaks for the works council who is not in it."""
    held = set(roles)
    found = []
    if held & {OrganisationRole.COMPANY_CONTACT.value, OrganisationRole.INFORMANT.value}:
        found += [InformantRole.MANAGEMENT, InformantRole.HR, InformantRole.OTHER]
    if OrganisationRole.WORKS_COUNCIL.value in held:
        found.append(InformantRole.WORKS_COUNCIL)
    return tuple(found)
