"""``send`` as a command: what is due goes, once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings

from lerend_web.scans.domain.outbox import send_invitations
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
