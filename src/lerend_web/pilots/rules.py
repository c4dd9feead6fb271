"""What holds for pilots: who may do what, and what a refusal says."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role

EDITORS: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER)
"""Who makes a pilot, asks companies, and freezes its plan."""
READERS: Final[tuple[Role, ...]] = (
    ProgrammeRole.COORDINATOR,
    ProgrammeRole.RESEARCHER,
    ProgrammeRole.TEACHER,
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.TEAM_LEADER,
    OrganisationRole.WORKS_COUNCIL,
)
"""Who sees a pilot: everybody with a part in the programme, and the companies that take part in it."""
SIGNERS: Final[tuple[Role, ...]] = (ProgrammeRole.RESEARCHER,)
"""Who signs a verdict and a new grade."""
PARTNERS: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT,)
"""Who says for a company that it takes part."""


class PilotRefused(Exception):
    """A change that cannot be: `field` of the form (empty: all of it), and a sentence that says what to do."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
