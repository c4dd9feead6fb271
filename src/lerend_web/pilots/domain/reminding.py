"""A mail to the owner of a pilot when something waits: how much, and a link. Nothing of a company or team stands in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from lerend_web.core.addresses import absolute
from lerend_web.pilots.domain.charters import note
from lerend_web.pilots.domain.todos import todos_of
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.queries import going_on
from lerend_web.scans.rules import day_of

REMIND_EVERY: Final = timedelta(days=7)
"""A week apart: more often is soon not read."""


def remind_owners(*, at: datetime) -> int:
    """Mail each owner for whom something waits, once a week at most; gives how many mails went.

    Each pilot is noted before its mail goes: whoever is killed in between leaves one mail out, and sends none twice.
    """
    rows = going_on().filter(owner__is_active=True).select_related("programme", "owner")
    return sum(_remind(pilot, at=at) for pilot in rows)


def _remind(pilot: Pilot, *, at: datetime) -> bool:
    today = day_of(at, pilot.programme.time_zone)
    if pilot.reminded_on is not None and today < pilot.reminded_on + REMIND_EVERY:
        return False
    waiting = len(todos_of(pilot, on=today))
    if not waiting or not _is_first(pilot, today, at):
        return False
    owner = pilot.owner
    assert owner is not None  # noqa: S101 -- tells the type checker what the query asked for
    with override(owner.language):
        content = {
            "person": owner,
            "programme": pilot.programme.name,
            "waiting": waiting,
            "link": absolute(reverse("pilot-running", args=[pilot.key])),
        }
        text = render_to_string("pilots/mail/reminder.txt", content)
        subject = gettext("Something waits in a pilot that you look after")
        EmailMessage(subject, text, to=[owner.email], headers={"Auto-Submitted": "auto-generated"}).send()
    return True


@transaction.atomic
def _is_first(pilot: Pilot, today: date, at: datetime) -> bool:
    """Whether nobody else reminds of this pilot now; then it is noted."""
    rows = Pilot.objects.filter(pk=pilot.pk, reminded_on=pilot.reminded_on)
    if not rows.update(reminded_on=today):
        return False
    note(pilot, "pilot.owner_reminded", by=None, at=at)
    return True
