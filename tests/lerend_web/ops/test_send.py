"""``send`` as a command: once, or on and on until it is stopped."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError
from django.test import override_settings

from lerend_web.ops.management.commands import send
from lerend_web.scans.domain.outbox import Round, send_invitations
from tests.lerend_web.scans.dairy import OPENS, new_dairy, opened_by_mail


@pytest.mark.django_db(databases=["default", "urn"])
def test_command_sends_what_is_due(tmp_path: Path) -> None:
    with override_settings(VAR=tmp_path):
        dairy = new_dairy()
        send_invitations(wave=opened_by_mail(dairy), by=dairy.contact, at=OPENS)
        said = io.StringIO()
        call_command("send", stdout=said)
    assert said.getvalue() == "sent: 62, failed: 0\n"
    assert len(mail.outbox) == 62


def test_sender_outlives_a_database_that_is_away_and_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    def away(**_names: object) -> Round:
        rounds.append(1)
        if len(rounds) == 1:
            raise DatabaseError
        return Round()

    def wait(_seconds: float) -> None:
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(send, "send_due", away)
    monkeypatch.setattr(send, "close_old_connections", lambda: None)
    monkeypatch.setattr(time, "sleep", wait)
    call_command("send", every=0.0)
    assert len(rounds) == 2


def test_sender_ends_when_whoever_started_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    parents, rounds = iter([7, 7, 7, 1]), list[int]()
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(send, "send_due", lambda **_names: rounds.append(1))
    monkeypatch.setattr(send, "close_old_connections", lambda: None)
    call_command("send", every=0.0)
    assert len(rounds) == 2
