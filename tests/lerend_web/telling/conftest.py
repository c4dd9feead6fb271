"""A programme that shows itself, its people, and the browsers in which they are signed in; pages are English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from lerend_web.core.clock import now
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.public.views.joining import TRIES
from lerend_web.scans.models import Wave
from lerend_web.telling.domain.pages import open_page, write_page
from lerend_web.telling.models import ProgrammePage
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.released import some_outcome


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    TRIES.forget_everything()
    with translation.override("en"):
        yield


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def page(here: Place) -> ProgrammePage:
    """Of a programme that is open to everybody."""
    by = here.people[ProgrammeRole.COORDINATOR]
    page = write_page(programme=here.programme, text_nl="Samen **leren**.", text_en="", by=by, at=now())
    open_page(programme=here.programme, by=by, at=now())
    return page


@pytest.fixture
def wave(here: Place) -> Wave:
    """Closed on 11 June 2026, and promised to be told on 2 July."""
    return some_outcome(here.organisation, here.programme)


@pytest.fixture
def visitor() -> Client:
    return in_english(client_of(None))


@pytest.fixture
def coordinator(here: Place) -> Client:
    return in_english(client_of(here.people[ProgrammeRole.COORDINATOR]))


@pytest.fixture
def contact(here: Place) -> Client:
    return in_english(client_of(here.people[OrganisationRole.COMPANY_CONTACT]))


def in_english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client
