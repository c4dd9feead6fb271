"""The entrance is closed by default."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from pytest_django import Settings

from lerend_web.core.access import EVERYBODY, OPERATOR, open_to
from lerend_web.people.enums import OrganisationRole
from tests.lerend_web.actors import client_of, person, place

pytestmark = pytest.mark.django_db


def forgotten(_request: HttpRequest) -> HttpResponse:
    """Nobody said who may use it."""
    return HttpResponse("seen")


@open_to(EVERYBODY)
def open_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@open_to(OPERATOR, OrganisationRole.COMPANY_CONTACT)
def for_some(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@pytest.fixture(autouse=True)
def more_routes(settings: Settings) -> Iterator[None]:
    module = ModuleType("routes_of_this_test")
    views = {"forgotten": forgotten, "open": open_view, "some": for_some}
    vars(module)["urlpatterns"] = [
        *(path(name, view, name=name) for name, view in views.items()),
        *get_resolver().url_patterns,
    ]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield
    del sys.modules[module.__name__]


def test_view_without_declaration_is_not_there_for_anybody() -> None:
    for one in (None, person("somebody"), person("operator", is_operator=True)):
        assert client_of(one).get("/forgotten").status_code == 404


def test_view_that_is_not_for_somebody_looks_like_one_that_is_not_there() -> None:
    browser = client_of(place("A").people[OrganisationRole.WORKS_COUNCIL])
    closed, missing = browser.get("/some"), browser.get("/none")
    assert closed.status_code == missing.status_code == 404
    assert closed.content.replace(b"/some", b"") == missing.content.replace(b"/none", b"")


def test_roles_and_audiences_can_stand_side_by_side() -> None:
    here = place("A")
    for one in (person("operator", is_operator=True), here.people[OrganisationRole.COMPANY_CONTACT]):
        assert client_of(one).get("/some").content == b"seen"


def test_open_view_asks_nothing_of_the_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django names no type for it
        assert Client().get("/open").content == b"seen"


def test_declaration_of_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="open to somebody"):
        open_to()
