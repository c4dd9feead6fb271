"""Signing in takes two factors, on every way in."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from lerend_web.core.models import AuditEntry
from lerend_web.people.domain.accounts import invite_person
from lerend_web.people.domain.invitations import code_for
from lerend_web.people.models import Person
from tests.lerend_web.actors import PASSWORD, client_of, person
from tests.lerend_web.people.signing_in import (
    code_of,
    gives_password,
    has_app,
    is_signed_in,
    shows_code,
    with_app,
)
from tests.lerend_web.people.test_invitation import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def marloes() -> Person:
    return person("marloes")


@pytest.mark.django_db(transaction=True)  # some of it happens when the change is kept for good
def test_journey_from_invitation_to_signed_in_again(client: Client) -> None:
    one = invite_person(email="new@test.example", name="New", by=None, at=AT)
    client.post(reverse("invitation"), {"code": code_for(one), "password1": PASSWORD, "password2": PASSWORD})
    assert not is_signed_in(client)  # the second factor is still to be made

    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    assert "<svg" in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert not has_app(one)
    right = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret.group(1))})
    codes = client.get(right["Location"]).content.decode()
    assert len(set(re.findall(r"<li><code>(\d{8})</code></li>", codes))) == 10
    assert is_signed_in(client)

    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert gives_password(client, one.email)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert shows_code(client, code_of(secret.group(1), steps=1))["Location"] == "/work"
    assert is_signed_in(client)
    assert AuditEntry.objects.filter(code="person.signed_in", actor=one.pk).count() == 2


@pytest.mark.django_db(transaction=True)  # some of it happens when the change is kept for good
def test_spare_codes_are_shown_once_and_work_once(client: Client) -> None:
    one = invite_person(email="new@test.example", name="New", by=None, at=AT)
    client.post(reverse("invitation"), {"code": code_for(one), "password1": PASSWORD, "password2": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", page)[0]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.findall(r"<li><code>(\d{8})</code></li>", shown)
    assert re.findall(r"\d{8}", client.get(reverse("mfa_view_recovery_codes")).content.decode()) == []
    for expected in (True, False):
        browser = Client()
        gives_password(browser, one.email)
        shows_code(browser, spare[0])
        assert is_signed_in(browser) is expected


def test_code_of_the_app_works_once_while_its_time_runs_on(marloes: Person) -> None:
    code = code_of(with_app(marloes))
    for expected in (True, False):
        browser = Client()
        gives_password(browser, marloes.email)
        shows_code(browser, code)
        assert is_signed_in(browser) is expected


def test_password_alone_shows_nothing_and_leads_to_the_set_up_page(client: Client, marloes: Person) -> None:
    gives_password(client, marloes.email)
    answer = client.get(reverse("account"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert marloes.name not in client.get("/").content.decode()


def test_session_from_before_the_second_factor_cannot_add_one_of_its_own(marloes: Person) -> None:
    thief = client_of(marloes, both_factors=False)
    assert thief.get(reverse("mfa_index")).status_code == 200
    with_app(marloes)  # in the meantime, by herself
    for name in ("mfa_index", "mfa_add_webauthn", "account_reauthenticate", "account"):
        answer = thief.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_secret_of_the_app_is_not_in_the_database_in_plain(marloes: Person) -> None:
    secret = with_app(marloes)
    factor = Authenticator.objects.get(user=marloes)
    assert secret not in str(factor.data)
    assert factor.wrap().validate_code(code_of(secret))


def test_last_second_factor_cannot_be_taken_away(marloes: Person) -> None:
    with_app(marloes)
    browser = client_of(marloes)
    session = browser.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    page = browser.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "/account/second-step" in page
    assert has_app(marloes)


def test_session_gets_another_key_when_somebody_signs_in(client: Client, marloes: Person) -> None:
    secret = with_app(marloes)
    client.get(reverse("account_login"))
    gives_password(client, marloes.email)
    before = client.cookies["session"].value
    shows_code(client, code_of(secret))
    assert client.cookies["session"].value != before


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    for address in ("/account/signup", "/account/signup/", "/accounts/signup/", "/account/sign-up"):
        assert client.get(address).status_code == 404


def test_new_password_by_code_does_not_skip_the_second_factor(
    client: Client, marloes: Person, mailoutbox: list[EmailMessage]
) -> None:
    secret = with_app(marloes)
    client.post(reverse("account_reset_password"), {"email": marloes.email})
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}-[A-Z]{4}$", str(mailoutbox[0].body), flags=re.MULTILINE)
    assert code is not None
    assert code.group() not in mailoutbox[0].subject
    client.post(reverse("account_confirm_password_reset_code"), {"code": code.group()})
    new = "another correct horse"
    done = client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    assert done["Location"] == reverse("account_password_reset_completed")
    assert not is_signed_in(client)
    gives_password(client, marloes.email, new)
    assert not is_signed_in(client)
    shows_code(client, code_of(secret))
    assert is_signed_in(client)


def test_closed_account_is_out_at_once(marloes: Person) -> None:
    browser = client_of(marloes)
    assert is_signed_in(browser)
    Person.objects.filter(pk=marloes.pk).update(is_active=False)
    assert not is_signed_in(browser)
