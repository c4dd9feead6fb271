"""Two programmes with their people, and the browsers in which they are signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from tests.lerend_web.actors import Place, client_of, place


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def elsewhere(db: None) -> Place:
    return place("B")


@pytest.fixture
def researcher(here: Place) -> Person:
    return here.people[ProgrammeRole.RESEARCHER]


@pytest.fixture
def desk(researcher: Person) -> Client:
    """The researcher's browser; pages are English."""
    return in_english(client_of(researcher))


def in_english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


@pytest.fixture(name="english")
def _english() -> Iterator[None]:
    """Sentences come in English."""
    with translation.override("en"):
        yield
