"""How long a session lasts, and how its owner ends it."""

from __future__ import annotations

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from lerend_web.people import sessions
from lerend_web.people.models import Person
from tests.lerend_web.actors import PASSWORD, client_of, person
from tests.lerend_web.people.signing_in import code_of, gives_password, is_signed_in, shows_code, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def marloes() -> Person:
    return person("marloes")


class Time:
    """A clock that the test moves on."""

    def __init__(self) -> None:
        self.moment = time.time()

    def time(self) -> float:
        return self.moment


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


def test_session_ends_after_half_an_hour_without_doing_anything(marloes: Person, later: Time) -> None:
    browser = client_of(marloes)
    assert is_signed_in(browser)
    later.moment += 29 * 60
    assert is_signed_in(browser)
    later.moment += 29 * 60
    assert is_signed_in(browser)
    later.moment += 31 * 60
    assert not is_signed_in(browser)


def test_session_ends_after_twelve_hours_whatever_somebody_does(marloes: Person, later: Time) -> None:
    browser = client_of(marloes)
    for _twenty_minutes in range(3 * 12):
        assert is_signed_in(browser)
        later.moment += 20 * 60
    later.moment += 60
    assert not is_signed_in(browser)


def signed_in(one: Person, secret: str, step: int, name: str) -> Client:
    browser = Client(headers={"user-agent": name})
    gives_password(browser, one.email)
    shows_code(browser, code_of(secret, steps=step))
    assert is_signed_in(browser)
    return browser


def test_owner_sees_where_they_are_signed_in_and_ends_one(marloes: Person) -> None:
    secret = with_app(marloes)
    laptop = signed_in(marloes, secret, 0, "Laptop")
    phone = signed_in(marloes, secret, 1, "Phone")
    page = laptop.get(reverse("usersessions_list")).content.decode()
    assert "Laptop" in page
    assert "Phone" in page
    lost = UserSession.objects.get(user_agent="Phone")
    laptop.post(reverse("session-end", args=[lost.pk]))
    assert is_signed_in(laptop)
    assert not is_signed_in(phone)


def test_owner_ends_all_others_at_once(marloes: Person) -> None:
    secret = with_app(marloes)
    laptop = signed_in(marloes, secret, 0, "Laptop")
    phone = signed_in(marloes, secret, 1, "Phone")
    laptop.post(reverse("sessions-end-others"))
    assert is_signed_in(laptop)
    assert not is_signed_in(phone)


def test_nobody_ends_a_session_of_somebody_else(marloes: Person) -> None:
    secret = with_app(marloes)
    laptop = signed_in(marloes, secret, 0, "Laptop")
    row = UserSession.objects.get(user=marloes)
    assert client_of(person("other")).post(reverse("session-end", args=[row.pk])).status_code == 404
    assert is_signed_in(laptop)


def test_new_password_ends_all_other_sessions(marloes: Person) -> None:
    secret = with_app(marloes)
    laptop = signed_in(marloes, secret, 0, "Laptop")
    phone = signed_in(marloes, secret, 1, "Phone")
    new = "another correct horse"
    laptop.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(laptop)
    assert not is_signed_in(phone)
