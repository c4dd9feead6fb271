"""Who somebody can be. A role is held in a programme or in an organisation, never everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias


class ProgrammeRole(StrEnum):
    COORDINATOR = "coordinator"
    RESEARCHER = "researcher"
    TEACHER = "teacher"
    MODERATOR = "moderator"
    KEY_HOLDER = "programme_key_holder"  # another value than in an organisation: it is another right


class OrganisationRole(StrEnum):
    COMPANY_CONTACT = "company_contact"
    TEAM_LEADER = "team_leader"
    WORKS_COUNCIL = "works_council"
    INFORMANT = "informant"  # fills in the company form, for management or HR
    KEY_HOLDER = "key_holder"


Role: TypeAlias = ProgrammeRole | OrganisationRole
