"""Attack T32: codes and links of one purpose, one person and one browser, used for something else.

The negative control of each is beside it: the same code, used as it was meant, works.
"""

from __future__ import annotations

import re
import time

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from lerend_web.people.domain.invitations import PURPOSE, InvitationNotValid, code_for, invited_by
from lerend_web.people.models import Person
from tests.lerend_web.actors import person

pytestmark = pytest.mark.django_db

NEW = "a new sentence as password"
CODE = reverse("account_confirm_password_reset_code")


def asks_for_a_code(browser: Client, email: str, mailoutbox: list[EmailMessage]) -> str:
    """Somebody forgot the password; the code that is mailed."""
    browser.post(reverse("account_reset_password"), {"email": email})
    found = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b", str(mailoutbox[-1].body))
    assert found is not None
    return found.group()


def chooses(browser: Client, code: str) -> None:
    """Show the code and, if that is taken, choose a new password."""
    browser.post(CODE, {"code": code})
    browser.post(reverse("account_complete_password_reset"), {"password1": NEW, "password2": NEW})


def has_new_password(one: Person) -> bool:
    one.refresh_from_db()
    return one.check_password(NEW)


def test_code_works_in_the_browser_that_asked_for_it(mailoutbox: list[EmailMessage]) -> None:
    one, browser = person("marloes"), Client()
    chooses(browser, asks_for_a_code(browser, one.email, mailoutbox))
    assert has_new_password(one)


def test_code_is_of_no_use_in_another_browser(mailoutbox: list[EmailMessage]) -> None:
    one = person("marloes")
    code = asks_for_a_code(Client(), one.email, mailoutbox)
    chooses(Client(), code)
    assert not has_new_password(one)


def test_code_of_one_person_changes_nobody_elses_password(mailoutbox: list[EmailMessage]) -> None:
    attacker, victim = person("attacker"), person("victim")
    own = asks_for_a_code(Client(), attacker.email, mailoutbox)
    browser = Client()
    asks_for_a_code(browser, victim.email, mailoutbox)
    chooses(browser, own)
    assert not has_new_password(victim)
    assert not has_new_password(attacker)


def test_code_is_too_old_after_a_quarter_of_an_hour(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, browser, started = person("marloes"), Client(), time.time()
    code = asks_for_a_code(browser, one.email, mailoutbox)
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: started + 15 * 60 + 5)
    chooses(browser, code)
    assert not has_new_password(one)


def test_code_stops_after_a_few_wrong_ones(mailoutbox: list[EmailMessage]) -> None:
    one, browser = person("marloes"), Client()
    code = asks_for_a_code(browser, one.email, mailoutbox)
    for _try in range(4):
        browser.post(CODE, {"code": "AAAA-AAAA-AAAA"})
    chooses(browser, code)
    assert not has_new_password(one)


def test_password_is_not_chosen_without_showing_the_code(mailoutbox: list[EmailMessage]) -> None:
    one, browser = person("marloes"), Client()
    asks_for_a_code(browser, one.email, mailoutbox)
    browser.post(reverse("account_complete_password_reset"), {"password1": NEW, "password2": NEW})
    assert not has_new_password(one)


def test_invitation_resets_no_password_and_a_reset_code_is_no_invitation(mailoutbox: list[EmailMessage]) -> None:
    one, browser = person("marloes"), Client()
    invited = Person.objects.create_user("new@test.example", name="New")
    assert invited_by(code_for(invited)) == invited
    code = asks_for_a_code(browser, one.email, mailoutbox)
    chooses(browser, code_for(invited))
    assert not has_new_password(one)
    with pytest.raises(InvitationNotValid):
        invited_by(code)


@pytest.mark.parametrize("key", ["", "x" * 50])
def test_invitation_signed_with_another_key_or_none_is_refused(key: str) -> None:
    """No choice of algorithm stands in the code, so there is none to switch off."""
    one = Person.objects.create_user("new@test.example", name="New")
    content = signing.loads(code_for(one), salt=PURPOSE)
    forged = signing.dumps(content, salt=PURPOSE, key=key) if key else ":".join(code_for(one).split(":")[:2])
    with pytest.raises(InvitationNotValid):
        invited_by(forged)


def test_good_signature_over_somebody_elses_number_is_refused() -> None:
    """Also who could sign would need what belongs to that person: their state stands in the code."""
    one, other = (Person.objects.create_user(f"{name}@test.example", name=name) for name in ("one", "other"))
    content = signing.loads(code_for(one), salt=PURPOSE)
    with pytest.raises(InvitationNotValid):
        invited_by(signing.dumps(content | {"person": other.pk}, salt=PURPOSE))
