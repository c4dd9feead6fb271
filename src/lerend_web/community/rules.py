"""Who takes part in a working group, who may change a case, and what a wish for a learning partner can say."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role

COORDINATOR: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR,)
CONTACT: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT,)
GROUP_ROLES: Final[tuple[Role, ...]] = (
    ProgrammeRole.COORDINATOR,
    ProgrammeRole.RESEARCHER,
    ProgrammeRole.TEACHER,
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.TEAM_LEADER,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.INFORMANT,
)
"""Who can be invited to a working group, and sees which groups there are. Only members see what is in one."""
PARTS: Final = ("context", "what", "dose", "cost", "came_of_it", "failed")
"""Of a case, in the order in which it is told."""
LONGEST_PART: Final = 2000
LEAST_WISHES: Final = 3
"""With fewer companies that opted in, a proposal would name its other side."""
MOST_PARTNERS: Final = 3
REACHES: Final = (25, 50, 100)
"""Kilometres that somebody can choose to travel at most."""
BRANCHES: Final[dict[str, Promise]] = {
    "dairy": _("Dairy"),
    "bakery": _("Bakery and sweets"),
    "food": _("Other food"),
    "water": _("Water and drinks"),
    "chemistry": _("Chemistry and medicines"),
    "metal": _("Metal and machines"),
    "paper": _("Paper, wood and plastics"),
    "energy": _("Energy and waste"),
    "building": _("Building"),
    "transport": _("Transport and storage"),
    "shops": _("Shops and trade"),
    "care": _("Care"),
    "education": _("Education"),
    "services": _("Services and offices"),
    "other": _("Something else"),
}


class CommunityRefused(Exception):
    """A change that cannot be: `field` of the form (empty: all of it), and a sentence that says what to do."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
