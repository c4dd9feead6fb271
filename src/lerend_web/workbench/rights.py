"""What somebody may do with a round, for the page to offer only that. The views decide again for themselves."""

from __future__ import annotations

from dataclasses import dataclass

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.models import Wave
from lerend_web.workbench.reach import person_of


@dataclass(frozen=True, slots=True)
class Rights:
    is_contact: bool
    is_coordinator: bool
    is_works_council: bool

    @property
    def can_open(self) -> bool:
        return self.is_contact or self.is_coordinator

    @property
    def can_read_papers(self) -> bool:
        return self.is_contact or self.is_coordinator or self.is_works_council


def rights_of(request: PlatformRequest, wave: Wave) -> Rights:
    person = person_of(request)
    inside = set(person.organisation_roles.filter(organisation=wave.organisation_id).values_list("role", flat=True))
    above = set(person.programme_roles.filter(programme=wave.programme_id).values_list("role", flat=True))
    return Rights(
        is_contact=OrganisationRole.COMPANY_CONTACT in inside,
        is_coordinator=ProgrammeRole.COORDINATOR in above,
        is_works_council=OrganisationRole.WORKS_COUNCIL in inside,
    )


def voiding_of(request: PlatformRequest, wave: Wave) -> dict[str, bool]:
    """Who has asked to make the cards void, as seen by who looks."""
    asked, mine = wave.void_asked_by_id, person_of(request).pk
    return {"asked_by_me": asked == mine, "asked_by_other": asked not in {None, mine}}
