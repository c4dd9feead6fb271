"""Reports of mails that came back: only what failed for good, only who was mailed, and nothing is kept."""

from __future__ import annotations

import io
import mailbox
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain.bounces import refused_for_good, take_folder, take_report
from lerend_web.scans.domain.outbox import mailing_of, send_due, send_invitations
from lerend_web.scans.enums import MailState
from lerend_web.scans.models import Wave
from lerend_web.scans.tasks import LOOK_EVERY
from tests.lerend_web.scans.dairy import OPENS, Dairy, opened_by_mail
from tests.lerend_web.scans.mail_server import mail_server

GONE = "lab.0@mail.example"


def report(
    address: str = GONE, *, status: str = "5.1.1", action: str = "failed", name: str = "Final-Recipient"
) -> bytes:
    """What a mail server writes (RFC 3464), with the mail itself behind it."""
    lines = [
        "From: MAILER-DAEMON@mail.example",
        "To: returns@test.example",
        "Subject: Undelivered mail",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
        "",
        "--B",
        "Content-Type: text/plain",
        "",
        "Sorry.",
        "--B",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.example",
        "",
        f"{name}: rfc822; {address}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 no such user",
        "",
        "--B",
        "Content-Type: message/rfc822",
        "",
        "To: lab.1@mail.example",
        "Subject: x",
        "",
        "the link",
        "--B--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.fixture
def sent(dairy: Dairy) -> Wave:
    wave = opened_by_mail(dairy)
    send_invitations(wave=wave, by=dairy.contact, at=OPENS)
    send_due(now=lambda: OPENS)
    return wave


@pytest.mark.parametrize("name", ["Final-Recipient", "Original-Recipient"])
def test_address_that_failed_for_good_is_read(name: str) -> None:
    assert refused_for_good(report("Lab.0@Mail.example", name=name)) == {GONE}


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.7", "failed"), ("5.1.1", "delayed"), ("2.0.0", "delivered"), ("", "")]
)
def test_what_may_still_arrive_counts_for_nothing(status: str, action: str) -> None:
    assert refused_for_good(report(status=status, action=action)) == frozenset()


def test_mail_of_a_person_counts_for_nothing() -> None:
    assert refused_for_good(b"From: lab.0@mail.example\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n") == frozenset()


@given(st.binary(max_size=300), st.integers(0, 900))
def test_damaged_report_never_stops_the_reader(piece: bytes, place: int) -> None:
    whole = report()
    refused_for_good(whole[:place] + piece + whole[place:])


@pytest.mark.django_db(databases=["default", "urn"])
def test_address_is_listed_to_put_right_once(sent: Wave) -> None:
    assert take_report(mail=report(), at=OPENS) == 1
    assert take_report(mail=report(), at=OPENS) == 0
    assert mailing_of(sent).to_repair == (GONE,)
    told = AuditEntry.objects.get(code="invitations.returned")
    assert GONE not in str(told.detail) + told.subject


@pytest.mark.django_db(databases=["default", "urn"])
def test_who_took_part_is_listed_the_same(sent: Wave) -> None:
    sent.invitations.filter(address=GONE).update(issued=1)
    assert take_report(mail=report(), at=OPENS) == 1
    assert mailing_of(sent).to_repair == (GONE,)


@pytest.mark.django_db(databases=["default", "urn"])
def test_stranger_changes_nothing(sent: Wave) -> None:
    assert take_report(mail=report("nobody@mail.example"), at=OPENS) == 0
    assert mailing_of(sent).to_repair == ()


@pytest.mark.django_db(databases=["default", "urn"])
def test_address_that_got_no_mail_yet_is_not_listed(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    assert take_report(mail=report(), at=OPENS) == 0
    assert wave.invitations.get(address=GONE).state == MailState.READY


@pytest.mark.django_db(databases=["default", "urn"])
def test_folder_is_emptied_whatever_lies_in_it(sent: Wave, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "returns")
    for mail in (report(), report(status="4.2.2"), b"Subject: I am away\r\n\r\nuntil Monday"):
        box.add(mail)
    assert take_folder(folder=tmp_path / "returns", at=OPENS) == (3, 1)
    assert [path for path in (tmp_path / "returns").rglob("*") if path.is_file()] == []
    assert mailing_of(sent).to_repair == (GONE,)


@pytest.mark.django_db(databases=["default", "urn"])
def test_command_reads_one_mail_from_its_input(
    sent: Wave, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report())))
    call_command("bounces")
    assert capsys.readouterr().out == "addresses to put right: 1\n"
    assert mailing_of(sent).to_repair == (GONE,)


@pytest.mark.django_db(databases=["default", "urn"])
def test_background_looks_at_the_folder_every_ten_minutes(sent: Wave, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "returns")
    box.add(report())
    with override_settings(BOUNCES=tmp_path / "returns", VAR=tmp_path):
        call_command("work")
        assert mailing_of(sent).to_repair == (GONE,)
        box.add(report("lab.1@mail.example"))
        call_command("work")
        assert mailing_of(sent).to_repair == (GONE,)  # not yet
        DBTaskResult.objects.update(enqueued_at=timezone.now() - LOOK_EVERY)
        call_command("work")
    assert mailing_of(sent).to_repair == (GONE, "lab.1@mail.example")
    assert all(row.args_kwargs == {"args": [], "kwargs": {}} for row in DBTaskResult.objects.all())


@pytest.mark.django_db(databases=["default", "urn"])
@pytest.mark.parametrize("is_set", [False, True])
def test_without_a_maildir_the_background_does_nothing_and_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, is_set: bool
) -> None:
    with override_settings(BOUNCES=tmp_path if is_set else None, VAR=tmp_path):
        call_command("work")
    assert ("no maildir" in caplog.text) == is_set
    assert DBTaskResult.objects.count() == is_set
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()


def test_folder_that_is_no_maildir_is_named(tmp_path: Path) -> None:
    with override_settings(BOUNCES=None), pytest.raises(CommandError, match="Set LEREND_BOUNCES"):
        call_command("bounces", "--folder")
    with override_settings(BOUNCES=tmp_path), pytest.raises(CommandError, match="is no maildir"):
        call_command("bounces", "--folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(databases=["default", "urn"])
def test_mail_comes_back_to_an_address_of_its_own(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    send_invitations(wave=wave, by=dairy.contact, at=OPENS)
    with (
        mail_server() as server,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            MAIL_RETURNS_TO="returns@test.example",
            DEFAULT_FROM_EMAIL="lerend <lerend@test.example>",
        ),
    ):
        send_due(now=lambda: OPENS)
    assert server.senders == {"returns@test.example"}
    assert {str(one["From"]) for one in server.taken} == {"lerend <lerend@test.example>"}
