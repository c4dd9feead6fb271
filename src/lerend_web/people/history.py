"""What happens to accounts outside our own verbs, written into history: signing in, passwords, second factors."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from lerend_web.core import clock
from lerend_web.core.audit import record
from lerend_web.people.models import Person


def _note(person: Person, code: str, **detail: Any) -> None:
    with transaction.atomic():
        record(by=person, at=clock.now(), code=code, subject=str(person.pk), **detail)


@receiver(user_logged_in)
def note_sign_in(user: Person, **_rest: Any) -> None:
    _note(user, "person.signed_in")


@receiver([account_signals.password_changed, account_signals.password_reset])
def note_new_password(user: Person, **_rest: Any) -> None:
    _note(user, "password.changed")


@receiver(factor_signals.authenticator_added)
def note_new_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **_rest: Any) -> None:
    """Who has just made a second factor has shown it too."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _note(user, "second_factor.added", kind=str(authenticator.type))


@receiver(factor_signals.authenticator_removed)
def note_removed_factor(user: Person, authenticator: Authenticator, **_rest: Any) -> None:
    _note(user, "second_factor.removed", kind=str(authenticator.type))
