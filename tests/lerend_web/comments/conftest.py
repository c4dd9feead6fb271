"""Two programmes with their people, and the moderator's browser."""

from __future__ import annotations

import pytest
from django.test import Client

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.comments.rounds import with_comments
from tests.lerend_web.instruments.conftest import _english, in_english

__all__ = ["_english"]


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def wave(here: Place) -> Wave:
    return with_comments(here)


@pytest.fixture
def moderator(here: Place) -> Client:
    """Pages are English."""
    return in_english(client_of(here.people[ProgrammeRole.MODERATOR]))


@pytest.fixture
def contact(here: Place) -> Client:
    return in_english(client_of(here.people[OrganisationRole.COMPANY_CONTACT]))
