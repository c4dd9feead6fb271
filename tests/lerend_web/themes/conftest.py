"""Two programmes with their people, each in a browser of their own; pages are English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lerend_web.people.enums import Role
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.theme_routes import a_theme

Browse = Callable[[Role], Client]


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def elsewhere(db: None) -> Place:
    return place("B")


@pytest.fixture
def by(here: Place) -> Browse:
    """The browser of whoever has a role here."""
    return lambda role: in_english(client_of(here.people[role]))


@pytest.fixture
def theme(here: Place) -> Theme:
    """One that was chosen."""
    return a_theme(here)
