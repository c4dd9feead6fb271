"""A desk at the dairy, with somebody who only fills in the company form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.workbench.desk import Desk, a_desk


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR=tmp_path):
        yield tmp_path


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()


@pytest.fixture
def dairy(desk: Desk) -> Organisation:
    return desk.dairy.organisation


@pytest.fixture
def director(dairy: Organisation) -> Person:
    one = person("director")
    OrganisationMember.objects.create(organisation=dairy, person=one, role=OrganisationRole.INFORMANT)
    return one


@pytest.fixture
def informant(director: Person) -> Client:
    """The director's browser; pages are English."""
    client = client_of(director)
    client.cookies["language"] = "en"
    return client
