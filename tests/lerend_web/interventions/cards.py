"""A card that is filled in, and people of two programmes who propose, review and make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.crypto import get_random_string

from lerend_web.community.models import GroupMember
from lerend_web.core.clock import now
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, person

CARD: Final[dict[str, Any]] = {
    "name_en": "Start the shift together",
    "what_en": "Five minutes at the board. One thing that went wrong, one that went well.",
    "mechanism_en": "People who hear of an error early dare to tell one themselves.",
    "targets": ["psychological_safety", "peer_feedback_reflection"],
    "level": "team",
    "dose_en": "Five minutes, every shift, for ten weeks.",
    "weeks_first": 3,
    "weeks_done": 10,
    "hours_each": 4,
    "hours_to_run": 6,
    "euro_low": 0,
    "euro_high": 200,
    "delivered_by_en": "The team leader.",
    "before_en": "Choose a board and a moment.",
    "during_en": "Ask, listen, and write down one agreement.",
    "after_en": "Look back after ten weeks.",
    "circumstances": ["paid_time"],
    "needs_en": "Nobody is called to account for an error that is told here.",
    "fails_en": "In the third week nobody has time.\nThe manager does all the talking.",
    "grade": "D",
    "note_en": "Two teams did it for ten weeks and were content.",
}

SCRIPT: Final[dict[str, Any]] = {
    "people_en": "Four to twelve managers.",
    "material_en": "A board\nPens",
    "steps": [
        {"minutes": 10, "do_en": "Ask what they learned last.", "say_en": "What did you find out this week?"},
        {"minutes": 20, "do_en": "Choose one thing to try.", "say_en": ""},
    ],
}


@dataclass(frozen=True, slots=True)
class Three:
    """Those who may review what the place's own company proposes."""

    peer: Person
    teacher: Person
    researcher: Person


def three_reviewers(here: Place) -> Three:
    return Three(another_contact(here), here.people[ProgrammeRole.TEACHER], here.people[ProgrammeRole.RESEARCHER])


def another_contact(here: Place) -> Person:
    """The contact of another company of the same programme."""
    company, one = Organisation.objects.create(name=get_random_string(12)), person(get_random_string(12).lower())
    company.programmes.add(here.programme)
    OrganisationMember.objects.create(organisation=company, person=one, role=OrganisationRole.COMPANY_CONTACT)
    return one


def another(role: ProgrammeRole, here: Place) -> Person:
    one = person(get_random_string(12).lower())
    ProgrammeMember.objects.create(programme=here.programme, person=one, role=role)
    return one


def maker(theme: Theme, one: Person) -> Person:
    """Somebody who is in the working group of the theme."""
    GroupMember.objects.create(theme=theme, person=one, invited_at=now(), joined_at=now())
    return one
