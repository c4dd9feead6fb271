"""The link in an invitation: signed for this purpose only, for a week at most, and of no use once it was used.

It stands behind the # of the address. Browsers do not send that part, so it is in no log, and opening the link (by a
mail scanner, for instance) uses nothing up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, override

from lerend_web.core.addresses import absolute
from lerend_web.people.models import Person

PURPOSE: Final = "lerend.people.invitation"
VALID: Final = timedelta(days=7)
LONGEST_CODE: Final = 500


class InvitationNotValid(Exception):
    """The code is unknown, too old, used, or was made for something else: one answer for all."""


def code_for(person: Person) -> str:
    """The secret of an invitation. It stops working as soon as the person has chosen a password, or is invited again."""
    return signing.dumps({"person": person.pk, "state": _state_of(person)}, salt=PURPOSE)


def invited_by(code: str) -> Person:
    """The person that a code invites.

    Raises:
        InvitationNotValid: see there.
    """
    try:
        content = signing.loads(code[:LONGEST_CODE], salt=PURPOSE, max_age=VALID)
    except signing.BadSignature as error:
        raise InvitationNotValid from error
    person = Person.objects.filter(pk=content["person"], is_active=True).first()
    if person is None or not constant_time_compare(_state_of(person), content["state"]):
        raise InvitationNotValid
    return person


def send_invitation(person: Person) -> None:
    """Mail the invitation, in the language of who is invited."""
    code = code_for(person)
    with override(person.language):
        content = {"person": person, "code": code, "days": VALID.days}
        content |= {"link": f"{absolute(reverse('invitation'))}#{code}", "page": absolute(reverse("invitation"))}
        text = render_to_string("people/mail/invitation.txt", content)
        headers = {"Auto-Submitted": "auto-generated"}
        EmailMessage(gettext("You are invited to lerend"), text, to=[person.email], headers=headers).send()


def _state_of(person: Person) -> str:
    return salted_hmac(PURPOSE, f"{person.pk}:{person.email}:{person.password}").hexdigest()[:32]
