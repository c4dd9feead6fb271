"""A company with an outcome, and one client for each role."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.scans.models import StoredRelease, Wave
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.released import released


@dataclass(frozen=True, slots=True)
class Company:
    """Where an outcome is, with its release."""

    where: Place
    stored: StoredRelease

    @property
    def wave(self) -> Wave:
        return self.stored.wave

    def client(self, role: Role) -> Client:
        client = client_of(self.where.people[role])
        client.post(reverse("language-choose"), {"language": "en", "next": "/"})
        return client

    def seen(self, route: str, *more: object, role: Role = OrganisationRole.COMPANY_CONTACT) -> str:
        """A page of the outcome as somebody of this role reads it."""
        answer = self.client(role).get(reverse(route, args=[self.wave.pk, *more]))
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def status(self, route: str, *more: object, role: Role) -> int:
        return self.client(role).get(reverse(route, args=[self.wave.pk, *more])).status_code


@pytest.fixture
def company(db: None) -> Company:
    where = place("A")
    return Company(where, released(where.organisation, where.programme))


RESEARCHER = ProgrammeRole.RESEARCHER
