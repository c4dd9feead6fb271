"""Attacks T27 and T28: every route against every role, and every object against people of another place.

Exactly those come in that the route names, and others find nothing there. The last tests break the build on purpose:
a page that forgets to look whose object it is, and one that says of nobody that they may use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from pytest_django import DjangoDbBlocker

from lerend_web.core.access import EVERYBODY, OPERATOR, OWN_ACCOUNT, SETTING_UP, SIGNED_IN, Access, access_of
from lerend_web.core.audit import record
from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.people.queries import roles_of
from lerend_web.scans.models import Wave
from lerend_web.workbench.views import waves
from tests.lerend_web.actors import Place, client_of, everybody, person, place
from tests.lerend_web.routes import EXAMPLES
from tests.lerend_web.taken_back import taken_back

METHODS = ("get", "post")
Actor = tuple[str, Person | None, frozenset[Role]]


def routes(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


ROUTES = {str(route.name): route for route in routes(get_resolver().url_patterns)}
CLOSED = {name: route for name, route in ROUTES.items() if EVERYBODY not in (access_of(route.callback) or {EVERYBODY})}


ALSO_EMPTY = {
    "mfa_view_recovery_codes",
    "mfa_deactivate_totp",
    "mail",
    "demo-closing",
    "demo-key",
    "demo-meeting",
    "demo-phones",
    "demo-choice",
    "demo-grade",
    "demo-evidence",
    "demo-pilot-goes-on",
    "meeting-themes",
    "programme-brief",
}
"""Routes that give 404 to whom they are open as well, as long as there is nothing to see."""


class Outcome(Enum):
    SIGN_IN = auto()
    NOTHING = auto()
    COMES_IN = auto()


@dataclass(frozen=True)
class Town:
    """Two places and an operator, and for everybody the cookies of a browser in which they are signed in."""

    here: Place
    elsewhere: Place
    operator: Person
    cookies: dict[int, dict[str, str]]
    client: Client

    def actors(self) -> Iterator[Actor]:
        return everybody(self.here, self.elsewhere, self.operator)

    def browser(self, one: Person | None) -> Client:
        """A browser as it is after signing in. One client lends it to all: a new one starts the middleware anew."""
        self.client.cookies = SimpleCookie(self.cookies[one.pk] if one is not None else {})
        return self.client


def _cookies(client: Client) -> dict[str, str]:
    return {name: cookie.value for name, cookie in client.cookies.items()}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Made once: each test takes back what it does, the last one all of it."""
    with django_db_blocker.unblock(), taken_back():
        here, elsewhere, operator = place("A"), place("B"), person("operator", is_operator=True)
        people = [*here.people.values(), *elsewhere.people.values(), operator]
        yield Town(here, elsewhere, operator, {one.pk: _cookies(client_of(one)) for one in people}, Client())


def address_of(name: str, where: Place) -> str:
    """The address of a route, of an object in a place where it names one."""
    parts: dict[str, Any] = EXAMPLES[name].make(where) if names_object(name) else {}
    return reverse(name, kwargs=parts)


def names_object(name: str) -> bool:
    return bool(ROUTES[name].pattern.converters)


def expected(name: str, access: Access, one: Person | None, roles_here: frozenset[Role], here: Place) -> Outcome:
    """What somebody meets at a route (at an object here): worked out from what the view declares, nothing else."""
    if one is None:
        return Outcome.SIGN_IN
    if names_object(name) and (owner := EXAMPLES[name].belongs_to):
        return Outcome.COMES_IN if one == here.people[owner] else Outcome.NOTHING
    roles = roles_here if names_object(name) else roles_of(one)
    is_let_in = bool(
        access & {SIGNED_IN, OWN_ACCOUNT, SETTING_UP} or access & roles or (OPERATOR in access and one.is_operator)
    )
    return Outcome.COMES_IN if is_let_in else Outcome.NOTHING


def met(name: str, one: Person | None, town: Town, address: str) -> Outcome:
    """What somebody does meet at an address of a route, by every method; a page of ours each time."""
    seen, before = set(), AuditEntry.objects.count()
    for method in METHODS:
        with taken_back():
            answer: HttpResponse = getattr(town.browser(one), method)(address)
            written = AuditEntry.objects.count() - before
        assert answer.status_code < 500, f"{method} {name}"
        if answer.status_code == 404:
            assert "<h1>" in answer.content.decode()
            assert not written, f"{method} {name} did something all the same"
            seen.add(Outcome.NOTHING)
        elif answer.status_code == 302 and answer["Location"].startswith(reverse("account_login")):
            seen.add(Outcome.SIGN_IN)
        elif answer.status_code != 405:
            seen.add(Outcome.COMES_IN)
    assert len(seen) == 1, f"{name}: its methods differ: {seen}"
    return seen.pop()


def test_every_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in routes(get_resolver().url_patterns)]
    assert None not in names
    assert len(names) == len(set(names))


def silent(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    """Routes that do not say who may use them."""
    return [str(route.name) for route in routes(patterns) if access_of(route.callback) is None]


def test_every_route_says_who_may_use_it() -> None:
    assert silent(get_resolver().url_patterns) == []


def test_every_route_that_names_an_object_has_an_example() -> None:
    assert {name for name in ROUTES if names_object(name)} - set(EXAMPLES) == set()


def differing(name: str, town: Town, actors: Iterable[Actor]) -> list[str]:
    """Which of these people meet something else at a route than its view declares."""
    access = access_of(ROUTES[name].callback)
    assert access is not None
    differ, address = [], address_of(name, town.here)
    for actor, one, roles_here in actors:
        should = expected(name, access, one, roles_here, town.here)
        does = met(name, one, town, address)
        if does is not should and not (name in ALSO_EMPTY and should is Outcome.COMES_IN):
            differ.append(actor)
    return differ


@pytest.mark.django_db(databases=["default", "urn"])
@pytest.mark.parametrize("name", CLOSED)
def test_route_lets_in_exactly_those_that_it_names(name: str, town: Town) -> None:
    assert differing(name, town, town.actors()) == []


@pytest.mark.django_db(databases=["default", "urn"])
@pytest.mark.parametrize("name", CLOSED)
def test_password_alone_opens_nothing_but_the_way_to_a_second_factor(name: str, town: Town) -> None:
    access = access_of(ROUTES[name].callback)
    assert access is not None
    one = town.here.people[ProgrammeRole.COORDINATOR]
    answer = client_of(one, both_factors=False).get(address_of(name, town.here))
    if SETTING_UP in access:
        assert answer.status_code in {200, 302}
    else:
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.django_db(databases=["default", "urn"])
def test_page_that_forgets_whose_object_it_is_would_be_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waves, "the_wave", lambda _request, number, *_roles: Wave.objects.get(pk=number))
    assert any(actor.endswith("elsewhere") for actor in differing("wave", town, town.actors()))


def test_page_that_names_nobody_would_be_found() -> None:
    def undeclared(_request: HttpRequest) -> HttpResponse:
        """A view without a word on who may use it."""
        return HttpResponse()

    broken = [path("forgotten", undeclared, name="forgotten"), *get_resolver().url_patterns]
    assert silent(broken) == ["forgotten"]


@pytest.mark.django_db(databases=["default", "urn"])
def test_page_that_declares_too_many_would_be_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A declaration wider than the objects that the view finds: the sweep meets 404 where it was told to come in."""
    monkeypatch.setattr(ROUTES["council"].callback, "access", frozenset(OrganisationRole))
    too_many = [f"{role.value} here" for role in OrganisationRole if role is not OrganisationRole.WORKS_COUNCIL]
    assert differing("council", town, town.actors()) == too_many


@pytest.mark.django_db(databases=["default", "urn"])
def test_refusal_that_does_something_all_the_same_would_be_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def writes_first(_request: object, number: int, *_roles: object) -> Wave:
        with transaction.atomic():
            record(by=None, at=now(), code="wave.changed", subject=str(number))
        raise Http404

    monkeypatch.setattr(waves, "the_wave", writes_first)
    with pytest.raises(AssertionError, match="did something all the same"):
        met("wave", town.elsewhere.people[OrganisationRole.COMPANY_CONTACT], town, address_of("wave", town.here))
