"""Mails of an installation without a mail server: kept as files, to be read on the platform itself (`ops`)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_KEPT: Final = 500


def folder() -> Path:
    """Where the mails lie; only its owner can enter it."""
    path: Path = settings.VAR / "mail"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def kept_mails() -> list[Path]:
    """The kept mails, newest first."""
    return sorted(folder().glob("*.eml"), reverse=True)


class KeptMail(BaseEmailBackend):
    """Django's way to send mail, for those who have no mail server yet."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
            (folder() / name).write_bytes(message.message().as_bytes())
        for old in kept_mails()[MOST_KEPT:]:
            old.unlink(missing_ok=True)
        return len(email_messages)
