"""Mails go out one by one: a bad address, a server that is away and a killed sender lose nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from lerend_web.scans.domain.invitation_secrets import mail_key_path
from lerend_web.scans.domain.outbox import (
    CLAIM,
    WAITS,
    mailing_of,
    remind_everybody,
    report_returned,
    send_due,
    send_invitations,
)
from lerend_web.scans.domain.secret_files import erase
from lerend_web.scans.enums import MailState
from lerend_web.scans.models import Invitation, Wave
from lerend_web.scans.rules import CannotSend
from tests.lerend_web.scans.dairy import CLOSES, OPENS, Dairy, opened_by_mail, plan
from tests.lerend_web.scans.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

BAD, BUSY, CUT = "lab.0@mail.example", "lab.1@mail.example", "lab.2@mail.example"
LATER = timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def wave(dairy: Dairy) -> Wave:
    wave = opened_by_mail(dairy)
    send_invitations(wave=wave, by=dairy.contact, at=OPENS)
    return wave


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def through(server: MailServer) -> override_settings:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=server.port,
        EMAIL_TIMEOUT=5,
    )


def test_everybody_gets_one_mail_with_a_link_of_their_own(wave: Wave) -> None:
    with mail_server() as server, through(server):
        assert send_due(now=at(OPENS)).sent == 62
        assert send_due(now=at(OPENS + LATER)).sent == 0
    assert set(Counter(server.recipients).values()) == {1}
    links = {word for one in server.taken for word in str(one.get_content()).split() if "/start/#" in word}
    assert len(links) == 62
    assert mailing_of(wave).sent == 62
    assert not Invitation.objects.exclude(next_try_at=None).exists()  # when a mail went is not kept


def test_bad_addresses_stop_nobody_and_are_listed_to_put_right(wave: Wave) -> None:
    answers = {BAD: "550 no such user", BUSY: "451 come back later", CUT: ""}
    with mail_server(answers) as server, through(server):
        done = send_due(now=at(OPENS))
        assert (done.sent, done.failed) == (59, 3)
        assert mailing_of(wave).to_repair == (BAD,)
        moment = OPENS
        for wait in WAITS:
            assert send_due(now=at(moment + wait - timedelta(seconds=1))).failed == 0
            moment += wait
            assert send_due(now=at(moment)).failed == 2
    assert mailing_of(wave).to_repair == (BAD, BUSY, CUT)
    assert len(server.taken) == 59


def test_address_that_was_busy_is_reached_in_the_end(wave: Wave) -> None:
    with mail_server({BUSY: "451 come back later"}) as server, through(server):
        send_due(now=at(OPENS))
        server.answers = {}
        assert send_due(now=at(OPENS + WAITS[0])).sent == 1
    assert mailing_of(wave).sent == 62


def test_server_that_is_away_costs_no_address_a_try(wave: Wave) -> None:
    with mail_server() as server:
        pass
    with through(server):
        for hours in range(48):
            assert send_due(now=at(OPENS + timedelta(hours=hours))).is_cut_short
    assert mailing_of(wave).queued == 62
    assert set(Invitation.objects.values_list("tries", flat=True)) == {0}


class Killed(BaseException):
    """The power of the sender goes."""


class Sudden(EmailBackend):
    """Sends some mails, and is killed right after the last of them left."""

    left = 0

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        sent = super().send_messages(messages)
        Sudden.left -= 1
        if Sudden.left == 0:
            raise Killed
        return sent


def test_killed_sender_loses_nobody_and_doubles_one_mail_a_kill_at_most(wave: Wave) -> None:
    kills, moment = 0, OPENS
    with override_settings(EMAIL_BACKEND=f"{__name__}.Sudden"):
        for left in (1, 10, 30, 0):
            Sudden.left = left
            try:
                send_due(now=at(moment))
            except Killed:
                kills += 1
            moment += CLAIM
        send_due(now=at(moment))
    got = Counter(message.to[0] for message in mail.outbox)
    assert kills == 3
    assert len(got) == 62
    assert sum(got.values()) - 62 <= kills
    assert max(got.values()) <= 2
    assert mailing_of(wave).sent == 62


def test_second_sender_leaves_alone_what_the_first_has_claimed(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    inner: list[int] = []

    class Twice(EmailBackend):
        def send_messages(self, messages: Sequence[EmailMessage]) -> int:
            sent = super().send_messages(messages)
            if not inner:
                inner.append(0)
                inner[0] = send_due(now=at(OPENS)).sent
            return sent

    monkeypatch.setattr(f"{__name__}.Sudden", Twice)
    with override_settings(EMAIL_BACKEND=f"{__name__}.Sudden"):
        done = send_due(now=at(OPENS))
    assert (done.sent, inner) == (1, [61])
    assert set(Counter(message.to[0] for message in mail.outbox).values()) == {1}


def test_reminder_goes_to_everybody_whether_or_not_they_came(wave: Wave, dairy: Dairy) -> None:
    send_due(now=at(OPENS))
    first = {message.to[0]: message.body for message in mail.outbox}
    Invitation.objects.filter(address=BUSY).update(issued=1, blinded=bytes(32))
    report_returned(wave=wave, address=BAD, by=dairy.contact, at=OPENS)
    mail.outbox.clear()
    assert remind_everybody(wave=wave, by=dairy.contact, at=OPENS + LATER) == 61
    send_due(now=at(OPENS + LATER))
    assert {message.to[0]: message.body for message in mail.outbox} == {
        address: body for address, body in first.items() if address != BAD
    }
    with pytest.raises(CannotSend):
        remind_everybody(wave=wave, by=dairy.contact, at=OPENS + LATER)


def test_nothing_is_sent_before_opening_and_after_the_last_day(wave: Wave, dairy: Dairy) -> None:
    for moment, one in ((OPENS, plan(dairy, name="Later", mode="mail")), (CLOSES, wave)):
        with pytest.raises(CannotSend):
            remind_everybody(wave=one, by=dairy.contact, at=moment)


def test_without_the_key_of_the_round_no_wrong_link_goes_out(wave: Wave) -> None:
    erase(mail_key_path(wave))
    assert send_due(now=at(OPENS)).sent == 0
    assert mail.outbox == []
    assert set(Invitation.objects.values_list("state", flat=True)) == {MailState.QUEUED}


def test_mail_server_that_comes_back_gets_everything_from_the_background(wave: Wave) -> None:
    with mail_server() as server:
        pass
    with through(server):
        call_command("work")
    assert mailing_of(wave).queued == 62
    with mail_server() as server, through(server):
        call_command("work")
    assert set(Counter(server.recipients).values()) == {1}
    assert mailing_of(wave).sent == 62
    assert not DBTaskResult.objects.exists()


def test_mails_and_their_job_are_given_back_together(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    with transaction.atomic():
        send_invitations(wave=wave, by=dairy.contact, at=OPENS)
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert (mailing_of(wave).queued, DBTaskResult.objects.count()) == (0, 0)
