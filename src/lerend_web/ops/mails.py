"""Mails that this installation kept instead of sending, read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Final

from lerend_web.core.mail import folder, kept_mails

MADE_UP: Final = (".example", "@example.org", "@example.com", "@example.net")
"""Domains that nobody can have (RFC 2606): what is sent there is for a character of the demo."""


@dataclass(frozen=True, slots=True)
class Mail:
    name: str
    subject: str
    to: tuple[str, ...]
    date: datetime
    text: str

    @property
    def is_for_the_demo(self) -> bool:
        return bool(self.to) and all(one.endswith(MADE_UP) for one in self.to)


def mails() -> list[Mail]:
    """All kept mails, newest first."""
    return [_read(path) for path in kept_mails()]


def mail(name: str) -> Mail | None:
    path = folder() / f"{name}.eml"
    return _read(path) if path.is_file() else None


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    to = tuple(address.lower() for _name, address in getaddresses(message.get_all("To", [])))
    body = message.get_body(preferencelist=("plain",))
    text = str(body.get_content()) if body is not None else ""
    return Mail(path.stem, str(message["Subject"]), to, _moment(str(message["Date"])), text)


def _moment(text: str) -> datetime:
    """The moment in a header; a zone of -0000 is UTC, too."""
    found = parsedate_to_datetime(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
