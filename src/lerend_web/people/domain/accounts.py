"""Accounts: by invitation only, or a character of the demo that anybody may play."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest

from lerend_web.core.audit import record
from lerend_web.people.domain.invitations import InvitationNotValid, invited_by, send_invitation
from lerend_web.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NoSuchCharacter(Exception):
    """Nobody of that name can be played here."""


@transaction.atomic
def invite_person(
    *, email: str, name: str, by: Person | None, at: datetime, language: str = "nl", is_operator: bool = False
) -> Person:
    """Give somebody an account, and mail them the way in. Roles are given apart.

    Whoever has an account already keeps it and gets no mail; whoever was invited but never came gets a new invitation,
    and the older one stops working. Somebody who has an account never becomes operator by this.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None and person.has_usable_password():
        return person
    if person is None:
        person = Person.objects.create_user(email.strip(), name=name, language=language)
    person.set_unusable_password()  # another one than before: what was mailed earlier stops working
    person.is_operator = person.is_operator or is_operator
    person.save()
    record(by=by, at=at, code="person.invited", subject=str(person.pk), operator=person.is_operator)
    transaction.on_commit(lambda: send_invitation(person))
    return person


@transaction.atomic
def accept_invitation(*, code: str, password: str, at: datetime) -> Person:
    """Set the password of who was invited; the code has then done its work.

    Raises:
        InvitationNotValid: the code does not work (any more); also for the second of two who use it at once.
        ValidationError: the password is too weak.
    """
    person = invited_by(code)
    validate_password(password, person)
    unchanged = Person.objects.filter(pk=person.pk, password=person.password)
    if not unchanged.update(password=make_password(password)):
        raise InvitationNotValid
    # Who has the code has read the mail: the address is theirs.
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    record(by=person, at=at, code="person.joined", subject=str(person.pk))
    person.refresh_from_db()
    return person


def sign_in_demo(request: HttpRequest, character: str) -> Person:
    """Sign in as a character of the demo, without a password; whoever was signed in before is signed out.

    Raises:
        NoSuchCharacter: there is none of that name, or this is no demo.
    """
    person = Person.objects.filter(demo_character=character, is_active=True).first() if character else None
    if not settings.DEMO or person is None:
        raise NoSuchCharacter
    auth.logout(request)
    auth.login(request, person, backend=BACKEND)
    return person


def sign_out(request: HttpRequest) -> None:
    auth.logout(request)
