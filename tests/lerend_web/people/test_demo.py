"""Characters of the demo are played without a password, in a demo only, and have nothing of their own to change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from lerend_web.people.domain.accounts import NoSuchCharacter, sign_in_demo
from lerend_web.people.models import Person
from tests.lerend_web.actors import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def marloes(settings: Settings) -> Person:
    settings.DEMO = True
    return Person.objects.create_user("marloes@voorbeeld.example", name="Marloes", demo_character="marloes")


def request() -> HttpRequest:
    made = RequestFactory().post("/")
    made.user = AnonymousUser()
    answer: Callable[[HttpRequest], HttpResponse] = lambda _request: HttpResponse()  # noqa: E731 -- a place to stand
    SessionMiddleware(answer).process_request(made)
    return made


def test_character_is_signed_in_without_a_password(marloes: Person) -> None:
    asked = request()
    assert sign_in_demo(asked, "marloes") == marloes
    assert asked.user == marloes


@pytest.mark.parametrize("character", ["", "nobody"])
def test_nobody_else_can_be_played(character: str, marloes: Person) -> None:
    person("real")
    with pytest.raises(NoSuchCharacter):
        sign_in_demo(request(), character)


def test_nobody_is_played_where_real_people_are(marloes: Person, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(NoSuchCharacter):
        sign_in_demo(request(), "marloes")


def test_played_character_needs_no_second_factor_but_only_in_a_demo(marloes: Person, settings: Settings) -> None:
    browser = client_of(marloes, both_factors=False)
    assert browser.get(reverse("account")).status_code == 200
    settings.DEMO = False
    assert browser.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "mfa_activate_totp", "usersessions_list"])
def test_player_cannot_change_the_account_or_see_who_else_plays(name: str, marloes: Person) -> None:
    assert client_of(marloes, both_factors=False).get(reverse(name)).status_code == 404


def test_character_has_no_password_to_sign_in_with(marloes: Person, client: Client) -> None:
    client.post(reverse("account_login"), {"login": marloes.email, "password": ""})
    assert client.get(reverse("account")).status_code == 302
