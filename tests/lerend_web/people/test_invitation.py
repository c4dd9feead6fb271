"""An account begins with an invitation: one person, one use, one week, and for nothing else."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from lerend_web.core.models import AuditEntry
from lerend_web.people.domain import invitations
from lerend_web.people.domain.accounts import accept_invitation, invite_person
from lerend_web.people.domain.invitations import InvitationNotValid, code_for, invited_by
from lerend_web.people.models import Person
from tests.lerend_web.actors import PASSWORD, person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def invited(email: str = "marloes@test.example", language: str = "en") -> Person:
    return invite_person(email=email, name="Marloes", by=None, at=AT, language=language)


def test_invitation_is_mailed_once_the_account_is_there_for_sure(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invited()
        assert mailoutbox == []
    (mail,) = mailoutbox
    assert mail.to == ["marloes@test.example"]
    assert mail.subject == "You are invited to lerend"


def test_link_in_the_mail_is_under_the_configured_name_and_hides_its_secret(
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
) -> None:
    settings.ADDRESS = "https://lerend.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        one = invited()
    link = re.search(r"https://\S+", str(mailoutbox[0].body))
    assert link is not None
    before, _, code = link.group().partition("#")
    assert before == "https://lerend.example.org/account/invitation"
    assert invited_by(code) == one
    assert code not in mailoutbox[0].subject


def test_invited_person_chooses_a_password_and_is_sent_on_to_the_second_factor(client: Client) -> None:
    one = invited()
    form = {"code": code_for(one), "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("invitation"), form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    one.refresh_from_db()
    assert one.check_password(PASSWORD)
    assert one.password.startswith("argon2")
    assert list(AuditEntry.objects.order_by("pk").values_list("code", flat=True))[:2] == [
        "person.invited",
        "person.joined",
    ]


def test_history_of_an_invitation_holds_no_address_and_no_secret() -> None:
    one = invited()
    entry = AuditEntry.objects.get(code="person.invited")
    assert "marloes" not in f"{entry.subject}{entry.detail}".lower()
    assert entry.subject == str(one.pk)


def test_opening_the_link_uses_nothing_up(client: Client) -> None:
    one = invited()
    for _scanner in range(3):
        assert client.get(reverse("invitation")).status_code == 200
    assert invited_by(code_for(one)) == one


def test_invitation_works_once() -> None:
    code = code_for(invited())
    accept_invitation(code=code, password=PASSWORD, at=AT)
    with pytest.raises(InvitationNotValid):
        accept_invitation(code=code, password="another long password", at=AT)  # noqa: S106 -- made up


def test_second_of_two_who_use_an_invitation_at_once_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = invited()
    code = code_for(one)
    seen_before = Person.objects.get(pk=one.pk)
    accept_invitation(code=code, password=PASSWORD, at=AT)
    monkeypatch.setattr("lerend_web.people.domain.accounts.invited_by", lambda _code: seen_before)
    with pytest.raises(InvitationNotValid):
        accept_invitation(code=code, password="another long password", at=AT)  # noqa: S106 -- made up
    one.refresh_from_db()
    assert one.check_password(PASSWORD)


def test_new_invitation_ends_the_older_one() -> None:
    older = code_for(invited())
    newer = code_for(invited())
    with pytest.raises(InvitationNotValid):
        invited_by(older)
    assert invited_by(newer).email == "marloes@test.example"


def test_invitation_ends_after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(invited())
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 - 60)
    assert invited_by(code)
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 + 60)
    with pytest.raises(InvitationNotValid):
        invited_by(code)


@pytest.mark.parametrize(
    "salt", ["django.core.signing", "account", "lerend.people.password", "lerend.people.invitation2"]
)
def test_signature_made_for_another_purpose_is_refused(salt: str) -> None:
    one = invited()
    content = signing.loads(code_for(one), salt=invitations.PURPOSE)
    with pytest.raises(InvitationNotValid):
        invited_by(signing.dumps(content, salt=salt))


def test_invitation_opens_nothing_else() -> None:
    code = code_for(invited())
    for salt in ("django.core.signing", "account"):
        with pytest.raises(signing.BadSignature):
            signing.loads(code, salt=salt)


def test_forged_codes_are_refused() -> None:
    one, other = invited(), invited("other@test.example")
    good = code_for(one)
    content, moment, signature = good.split(":")
    others_content = code_for(other).split(":")[0]
    for forged in ("", ":", "a:b:c", good[:-1], good + "x", f"{content}:{moment}:", f"{content}::{signature}",
                   f"{others_content}:{moment}:{signature}", good * 50, "\x00" + good):  # fmt: skip
        with pytest.raises(InvitationNotValid):
            invited_by(forged)


def test_account_that_was_closed_cannot_be_joined() -> None:
    one = invited()
    code = code_for(one)
    Person.objects.filter(pk=one.pk).update(is_active=False)
    with pytest.raises(InvitationNotValid):
        invited_by(code)


def test_whoever_has_an_account_keeps_it_and_never_becomes_operator(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    there = person("marloes")
    with django_capture_on_commit_callbacks(execute=True):
        found = invite_person(email=" Marloes@Test.example", name="X", by=None, at=AT, is_operator=True)
    assert found == there
    assert not found.is_operator
    assert mailoutbox == []


@pytest.mark.parametrize("password", ["short", "123456789012345", "password1234", "marloes@test.example"])
def test_weak_password_is_refused_in_words(client: Client, password: str) -> None:
    one = invited()
    form = {"code": code_for(one), "password1": password, "password2": password}
    answer = client.post(reverse("invitation"), form)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    one.refresh_from_db()
    assert not one.has_usable_password()


def test_weak_password_uses_nothing_up() -> None:
    code = code_for(invited())
    with pytest.raises(ValidationError):
        accept_invitation(code=code, password="short", at=AT)  # noqa: S106 -- made up
    assert invited_by(code)


def test_refused_codes_look_all_alike(client: Client) -> None:
    used = code_for(invited())
    accept_invitation(code=used, password=PASSWORD, at=AT)
    texts = set()
    for code in (used, "never:was:one", signing.dumps({}, salt="other")):
        answer = client.post(reverse("invitation"), {"code": code, "password1": PASSWORD, "password2": PASSWORD})
        page = answer.content.decode().replace(code, "")
        texts.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert len(texts) == 1


@pytest.mark.parametrize("name", ["A\r\nBcc: evil@evil.example", "A\nSubject: evil"])
def test_name_never_becomes_a_header_of_a_mail(
    name: str, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite_person(email="a@test.example", name=name, by=None, at=AT, language="en")
    message = mailoutbox[0].message()
    assert message["Bcc"] is None
    assert message["Subject"] == "You are invited to lerend"
    assert mailoutbox[0].recipients() == ["a@test.example"]
