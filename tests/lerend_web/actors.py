"""People of two programmes and two organisations, for every test that asks who may do what."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client

from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember

PASSWORD = "correct horse battery staple"  # noqa: S105 -- of people who are made up
ROLES: tuple[Role, ...] = (*ProgrammeRole, *OrganisationRole)


@dataclass(frozen=True, slots=True)
class Place:
    """A programme with one organisation in it, and one person for every role there."""

    programme: Programme
    organisation: Organisation
    people: dict[Role, Person]


def place(letter: str) -> Place:
    """A programme and an organisation of their own, called after a letter."""
    programme = Programme.objects.create(name=f"Programme {letter}")
    organisation = Organisation.objects.create(name=f"Organisation {letter}")
    organisation.programmes.add(programme)
    people = {role: person(f"{role.value}.{letter}".lower()) for role in ROLES}
    for role, one in people.items():
        if isinstance(role, ProgrammeRole):
            ProgrammeMember.objects.create(programme=programme, person=one, role=role)
        else:
            OrganisationMember.objects.create(organisation=organisation, person=one, role=role)
    return Place(programme, organisation, people)


def person(name: str, *, is_operator: bool = False) -> Person:
    """Somebody with an account; the password is `PASSWORD`."""
    # Several tests may seed the databases of one running platform.
    namesakes = Person.objects.filter(name=name).count()
    email = f"{name}{namesakes or ''}@test.example"
    one = Person.objects.create(email=email, name=name, is_operator=is_operator, password=_hashed())
    EmailAddress.objects.create(user=one, email=email, verified=True, primary=True)
    return one


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; once is enough for all who are made up."""
    return make_password(PASSWORD)


def client_of(one: Person | None, *, both_factors: bool = True, enforce_csrf_checks: bool = False) -> Client:
    """A browser in which somebody is signed in; nobody for None."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if one is not None:
        client.force_login(one)
        if both_factors:
            _show_second_factor(client, one)
    return client


def _show_second_factor(client: Client, one: Person) -> None:
    session = client.session
    session["account_authentication_methods_user"] = str(one.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "id": 0, "at": time.time()}]
    session.save()


def everybody(here: Place, elsewhere: Place, operator: Person) -> Iterator[tuple[str, Person | None, frozenset[Role]]]:
    """Every kind of actor: a name, the person, and the roles that they have here."""
    yield "anonymous", None, frozenset()
    yield "operator", operator, frozenset()
    for role in ROLES:
        yield f"{role.value} here", here.people[role], frozenset({role})
        yield f"{role.value} elsewhere", elsewhere.people[role], frozenset()
