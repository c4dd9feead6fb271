"""A dairy with a company contact, a works council and a coordinator, each with a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import ProgrammeMember
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.scans.dairy import Dairy, new_dairy


@dataclass
class Desk:
    """Who works with the dairy, and the browsers in which they are signed in; pages are English."""

    dairy: Dairy
    people: dict[str, Person]
    contact: Client
    coordinator: Client
    works_council: Client
    outsider: Client


def a_desk(*, is_demo: bool = False) -> Desk:
    dairy = new_dairy(is_demo=is_demo)
    people = {name: person(name) for name in ("contact", "coordinator", "council", "outsider")}
    for name, role in (("contact", OrganisationRole.COMPANY_CONTACT), ("council", OrganisationRole.WORKS_COUNCIL)):
        OrganisationMember.objects.create(organisation=dairy.organisation, person=people[name], role=role)
    ProgrammeMember.objects.create(
        programme=dairy.programme, person=people["coordinator"], role=ProgrammeRole.COORDINATOR
    )
    dairy.contact, dairy.council = people["contact"], people["council"]
    browsers = {name: _english(client_of(one)) for name, one in people.items()}
    return Desk(
        dairy=dairy,
        people=people,
        contact=browsers["contact"],
        coordinator=browsers["coordinator"],
        works_council=browsers["council"],
        outsider=browsers["outsider"],
    )


def _english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client
