"""Two places, a room in which a meeting is open, and browsers whose pages are English."""

from __future__ import annotations

import pytest
from django.test import Client

from lerend_web.meetings.enums import MeetingState
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.workbench.views.meetings import phones
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.instruments.conftest import _english, in_english
from tests.lerend_web.meetings.hour import Room, a_meeting

__all__ = ["_english"]


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def room(here: Place) -> Room:
    """Open, with six people of two roles and one of a third."""
    room = Room(a_meeting(here.programme))
    room.go(MeetingState.OPEN)
    room.join(company=3, teacher=3, employees=1)
    return room


@pytest.fixture
def leader(here: Place) -> Client:
    return in_english(client_of(here.people[ProgrammeRole.COORDINATOR]))


@pytest.fixture
def contact(here: Place) -> Client:
    return in_english(client_of(here.people[OrganisationRole.COMPANY_CONTACT]))


@pytest.fixture(autouse=True)
def _nobody_guessed_before() -> None:
    phones.FROM_ONE.forget_everything()
    phones.FROM_ALL.forget_everything()
