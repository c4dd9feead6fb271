"""The first account, and any other, is made from the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import override_settings

from lerend_web.people.models import Person
from lerend_web.people.queries import roles_of
from lerend_web.programmes.models import Programme
from tests.lerend_web.actors import person

SITE = "https://scan.test.example"
pytestmark = pytest.mark.django_db(transaction=True)  # the mail goes when the change is kept for good


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    with override_settings(ADDRESS=SITE, ADDRESS_IS_SET=True):
        yield


def test_operator_is_invited_by_mail(mailoutbox: list[EmailMessage], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "op@test.example", "Op", "--role", "operator", "--language", "en")
    assert Person.objects.get().is_operator
    assert mailoutbox[0].to == ["op@test.example"]
    assert f"An invitation is on its way to op@test.example. Its link leads to {SITE}." in capsys.readouterr().out
    assert SITE in str(mailoutbox[0].body)


def test_without_an_address_of_the_platform_nothing_is_sent(mailoutbox: list[EmailMessage]) -> None:
    with override_settings(ADDRESS_IS_SET=False), pytest.raises(CommandError, match="Set LEREND_ADDRESS first"):
        call_command("invite", "op@test.example", "Op", "--role", "operator")
    assert mailoutbox == []
    assert not Person.objects.exists()


def test_role_in_a_programme_is_given_with_the_invitation(mailoutbox: list[EmailMessage]) -> None:
    programme = Programme.objects.create(name="P")
    call_command("invite", "c@test.example", "C", "--role", "coordinator", "--programme", str(programme.pk))
    assert {role.value for role in roles_of(Person.objects.get())} == {"coordinator"}
    assert not Person.objects.get().is_operator


def test_role_without_programme_says_which_there_are() -> None:
    programme = Programme.objects.create(name="Leren")
    with pytest.raises(CommandError, match=rf"there are: {programme.pk} \(Leren\)"):
        call_command("invite", "c@test.example", "C", "--role", "coordinator")
    assert not Person.objects.exists()


def test_account_in_use_never_becomes_operator(mailoutbox: list[EmailMessage]) -> None:
    there = person("there")
    with pytest.raises(CommandError, match="never becomes operator"):
        call_command("invite", there.email, "X", "--role", "operator")
    assert mailoutbox == []


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="is no e-mail address"):
        call_command("invite", "nobody", "X", "--role", "operator")
