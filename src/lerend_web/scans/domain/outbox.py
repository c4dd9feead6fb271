"""The outbox: which mails must go, one at a time, so that a killed sender loses nothing.

A mail is claimed for a while, written, handed to the mail server, and marked as sent. Whoever is killed in between
leaves a claim that runs out: the mail goes again. So nobody is left out, and a kill doubles one mail at most.
The outbox holds no secret and no text: both are made when the mail goes. When it went is not kept.
A job of the background (`scans/tasks.py`) only says that a wave has mails to send.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lerend_web.core import jobs
from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.invitation_mail import mail_for
from lerend_web.scans.domain.planning import note
from lerend_web.scans.enums import MailState, WaveState
from lerend_web.scans.models import Invitation, Reminder, Wave
from lerend_web.scans.queries import lock

DELIVERY: Final = "lerend_web.scans.tasks.deliver_mails"
CLAIM: Final = timedelta(minutes=10)
"""Longer than a mail server may take for one mail."""
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""After each failed try; after the last one somebody has to look at the address."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mailing:
    """How far the mails of a wave are. Whether somebody took part changes none of it."""

    ready: int
    queued: int
    sent: int
    to_repair: tuple[str, ...]

    @property
    def everybody(self) -> int:
        return self.ready + self.queued + self.sent + len(self.to_repair)


@dataclass(slots=True)
class Round:
    """What one round of sending did; `is_cut_short` when the mail server was not there."""

    sent: int = 0
    failed: int = 0
    is_cut_short: bool = False


def mailing_of(wave: Wave) -> Mailing:
    rows = list(wave.invitations.order_by("address").values_list("state", "address"))
    states = [state for state, _address in rows]
    returned = tuple(address for state, address in rows if state == MailState.RETURNED)
    ready, queued, sent = (states.count(state) for state in (MailState.READY, MailState.QUEUED, MailState.SENT))
    return Mailing(ready, queued, sent, returned)


def send_invitations(*, wave: Wave, by: Person | None, at: datetime) -> int:
    """Put the mails of everybody who got none yet into the outbox; gives how many.

    Raises:
        CannotSend: the wave is not open.
    """
    with transaction.atomic():
        lock(wave)
        _must_be_open(wave, at)
        count = _queue(wave, {MailState.READY}, at)
        note(wave, "invitations.sent", by=by, at=at, mails=count)
    return count


def remind_everybody(*, wave: Wave, by: Person | None, at: datetime) -> int:
    """The same mail once more to everybody, whether or not they took part: nobody here knows who did.

    Raises:
        CannotSend: the wave is not open, or there was a reminder today.
    """
    with transaction.atomic():
        lock(wave)
        _must_be_open(wave, at)
        _reminder, is_new = Reminder.objects.get_or_create(wave=wave, on=rules.day_of(at, wave.programme.time_zone))
        if not is_new:
            raise rules.CannotSend(_("Everybody got a reminder today. One a day is enough."))
        count = _queue(wave, {MailState.READY, MailState.QUEUED, MailState.SENT}, at)
        note(wave, "invitations.reminded", by=by, at=at, mails=count)
    return count


def report_returned(*, wave: Wave, address: str, by: Person | None, at: datetime) -> None:
    """Say that a mail came back later: its address has to be put right.

    Raises:
        AddressIsWrong: nobody has this address.
    """
    with transaction.atomic():
        lock(wave)
        found = wave.invitations.filter(address=address.strip().lower())
        if not found.update(state=MailState.RETURNED, next_try_at=None):
            raise rules.AddressIsWrong(_("Nobody was invited with this address."))
        note(wave, "invitations.returned", by=by, at=at)


def waves_with_mail_due(moment: datetime) -> list[int]:
    return sorted(_due(moment).values_list("wave", flat=True).distinct())


def send_due(*, now: Callable[[], datetime], wave: int | None = None) -> Round:
    """Send every mail that is due, of one wave or of all. One address that fails never stops the others; a server that is not there does."""
    done = Round()
    if not _due(now(), wave).exists():
        return done
    connection = get_connection()
    while not done.is_cut_short:
        if not _is_connected(connection):
            done.is_cut_short = True
        elif (claimed := _claimed(now(), wave)) is None:
            break
        elif _sent(claimed, connection, now):
            done.sent += 1
        else:
            done.failed += 1
    connection.close()
    return done


def _must_be_open(wave: Wave, at: datetime) -> None:
    if wave.state != WaveState.OPEN or at >= rules.closing_moment(wave):
        raise rules.CannotSend(_("Mails are sent while the round is open."))


def _queue(wave: Wave, states: set[MailState], at: datetime) -> int:
    """Stored together with the job that delivers them: both, or neither."""
    jobs.start_once(DELIVERY, wave=wave.pk)
    return wave.invitations.filter(state__in=states).update(state=MailState.QUEUED, tries=0, next_try_at=at)


def _due(moment: datetime, wave: int | None = None) -> QuerySet[Invitation]:
    due = Invitation.objects.filter(state=MailState.QUEUED, next_try_at__lte=moment, wave__state=WaveState.OPEN)
    return due if wave is None else due.filter(wave=wave)


def _claimed(moment: datetime, wave: int | None) -> Invitation | None:
    """The mail that waits longest, kept from other senders for a while."""
    for invitation in (
        _due(moment, wave)
        .select_related("wave__organisation", "wave__programme", "key_group")
        .order_by("next_try_at", "pk")[:50]
    ):
        untouched = Invitation.objects.filter(
            pk=invitation.pk, state=MailState.QUEUED, next_try_at=invitation.next_try_at
        )
        invitation.next_try_at = moment + CLAIM
        if untouched.update(next_try_at=invitation.next_try_at):
            return invitation
    return None


def _is_connected(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        _log.warning("The mail server is not there: %s", type(error).__name__)
        return False
    return True


def _sent(invitation: Invitation, connection: BaseEmailBackend, now: Callable[[], datetime]) -> bool:
    try:
        connection.send_messages([mail_for(invitation)])
    except SMTPRecipientsRefused as error:
        _failed(invitation, now(), for_good=all(code >= 500 for code, _text in error.recipients.values()))
    except (SMTPException, OSError, ValueError):
        # ValueError: an address that cannot stand in a mail. The text of an error may hold it, so none is logged.
        _failed(invitation, now(), for_good=False)
    else:
        _mine(invitation).update(state=MailState.SENT, tries=0, next_try_at=None)
        return True
    connection.close()
    return False


def _failed(invitation: Invitation, moment: datetime, *, for_good: bool) -> None:
    if for_good or invitation.tries >= len(WAITS):
        _mine(invitation).update(state=MailState.RETURNED, next_try_at=None)
    else:
        wait = WAITS[invitation.tries]
        _mine(invitation).update(tries=invitation.tries + 1, next_try_at=moment + wait)


def _mine(invitation: Invitation) -> QuerySet[Invitation]:
    """The row, as long as nobody changed it since it was claimed: a corrected address goes out again."""
    return Invitation.objects.filter(pk=invitation.pk, next_try_at=invitation.next_try_at)
