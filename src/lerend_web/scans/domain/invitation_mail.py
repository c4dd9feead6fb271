"""The mail with somebody's way in: the same for everybody but for the link, in the languages of the questions."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lerend_web.core.addresses import absolute
from lerend_web.core.signatures import pages_are_draft
from lerend_web.scans.domain.invitation_secrets import mail_key_of, secret_for
from lerend_web.scans.domain.other_languages import IN_POLISH
from lerend_web.scans.domain.paper import digest_shown
from lerend_web.scans.models import Invitation, Wave

LANGUAGES: Final = ("nl", "en", "pl")
OWN: Final = ("nl", "en")
"""Those of the platform itself; any other is called a draft until a person signs it."""


def mail_for(invitation: Invitation) -> EmailMessage:
    """The mail as it goes out now; its secret is worked out here and kept nowhere.

    Raises:
        FileNotFoundError: the wave's key of invitations is gone.
    """
    link = _link(invitation)
    subjects, texts = [], []
    for language in _languages(invitation.wave):
        with translation.override(language):
            subjects.append(_subject(invitation))
            texts.append(_text(invitation, link))
    return EmailMessage(
        subject=" / ".join(subjects),
        body="\n\n———\n\n".join(texts),
        from_email=settings.MAIL_RETURNS_TO,  # the envelope; people read the other one
        to=[invitation.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF",
        },
    )


def _languages(wave: Wave) -> tuple[str, ...]:
    """A mail promises no language that the questions do not have."""
    return tuple(one for one in LANGUAGES if one != "pl" or wave.instrument in IN_POLISH)


def _link(invitation: Invitation) -> str:
    """Group and secret stand behind the #, so that no server on the way and no log ever sees them."""
    if invitation.key_group is None:
        raise ValueError("an invitation without a key group")
    secret = secret_for(invitation.address, mail_key_of(invitation.wave))
    return f"{absolute(reverse('start-by-mail'))}#{invitation.key_group.code}.{secret.hex()}"


def _subject(invitation: Invitation) -> str:
    words = gettext("How do you learn at work? %(organisation)s would like to know")
    return " ".join((words % {"organisation": invitation.wave.organisation.name}).split())


def _text(invitation: Invitation, link: str) -> str:
    wave = invitation.wave
    words = {
        "organisation": wave.organisation.name,
        "closes": _spelled(wave.closes_on),
        "heard": _spelled(wave.heard_back_on),
        "k": wave.k,
        "digest": digest_shown(wave),
    }
    paragraphs = [
        *_draft(),
        gettext("%(organisation)s asks everybody how work helps them to learn. It takes about twelve minutes."),
        gettext("This link is yours. Open it on your own phone or computer, and press Start:"),
        link,
        gettext("Your answers carry no name. Nothing is shown about fewer than %(k)s people."),
        gettext("You can answer until %(closes)s. You hear what came of it on %(heard)s."),
        gettext(
            "Did you take part already? Then you need to do nothing. Everybody gets this mail: nobody knows who did."
        ),
        gettext("Do not send this mail on: with your link somebody else can answer in your place."),
        gettext("Mark of the promise, the same for everybody: %(digest)s"),
    ]
    return "\n\n".join(one if one is link else one % words for one in paragraphs)


def _draft() -> list[str]:
    """What a translation says of itself while nobody stands behind it."""
    language = translation.get_language() or "nl"
    if language in OWN or not pages_are_draft(language):
        return []
    return [
        gettext(
            "This translation is a draft: no person has checked it yet. If you doubt about a sentence, look at it in "
            "Dutch or English."
        )
    ]


def _spelled(day: date | None) -> str:
    """A date in words as it stands in a sentence: Polish names of months change there."""
    return "" if day is None else str(date_format(day, "j E Y"))
