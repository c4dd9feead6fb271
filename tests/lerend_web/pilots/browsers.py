"""Browsers of people with a part in a pilot; pages are English."""

from __future__ import annotations

from django.test import Client

from lerend_web.people.enums import Role
from lerend_web.people.models import Person
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.instruments.conftest import in_english


def by(here: Place, role: Role) -> Client:
    """Of whoever has a role here."""
    return of(here.people[role])


def of(person: Person | None) -> Client:
    return in_english(client_of(person))


def said(client: Client, address: str) -> str:
    """What a page says."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
