"""Mails that came back later: reading what a mail server reports (RFC 3464), and listing the address to put right.

Only what failed for good counts. Nothing of a report is kept: who it names is looked up among those who were invited
in rounds that are open, and is forgotten when there is nobody. Whether that person took part plays no role.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from typing import Final

from lerend_web.scans.domain.outbox import report_returned
from lerend_web.scans.enums import MailState, WaveState
from lerend_web.scans.models import Wave

LARGEST_MAIL: Final = 5_000_000
_FOR_GOOD: Final = re.compile(r"5\.\d{1,3}\.\d{1,3}(?:\s|$)")
_NAMES: Final = ("Original-Recipient", "Final-Recipient")
_MOST_NAMED: Final = 50


def refused_for_good(mail: bytes) -> frozenset[str]:
    """The addresses that a report says will never get this mail; none when it is no such report."""
    if len(mail) > LARGEST_MAIL:
        return frozenset()
    found: set[str] = set()
    for part in message_from_bytes(mail, policy=policy.compat32).walk():
        if part.get_content_type() == "message/delivery-status":
            found.update(address for block in _blocks(part) for address in _named(block))
    return frozenset(sorted(found)[:_MOST_NAMED])


def take_report(*, mail: bytes, at: datetime) -> int:
    """List the addresses that a report names, in every open round that mailed them; gives how many. May be repeated."""
    addresses = refused_for_good(mail)
    listed = 0
    for wave in Wave.every.filter(state=WaveState.OPEN, invitations__address__in=addresses).distinct():
        mailed = wave.invitations.filter(address__in=addresses, state__in=(MailState.SENT, MailState.QUEUED))
        for address in list(mailed.values_list("address", flat=True)):
            report_returned(wave=wave, address=address, by=None, at=at)
            listed += 1
    return listed


def take_folder(*, folder: Path, at: datetime) -> tuple[int, int]:
    """Take every mail of a maildir in, and remove it, report or not; gives how many mails, and addresses listed.

    A mail goes only after its addresses are listed: whoever is killed in between reads it once more.
    """
    box = mailbox.Maildir(folder, create=False)
    mails = listed = 0
    for key in list(box.keys()):
        try:
            mail = box.get_bytes(key)
        except KeyError:
            continue
        listed += take_report(mail=mail, at=at)
        box.discard(key)
        mails += 1
    return mails, listed


def is_maildir(folder: Path) -> bool:
    return (folder / "new").is_dir() and (folder / "cur").is_dir()


def _blocks(part: Message) -> list[Message]:
    """The blocks of a report; the first is about the report itself and names nobody."""
    content = part.get_payload()
    return [block for block in content if isinstance(block, Message)] if isinstance(content, list) else []


def _named(block: Message) -> Iterator[str]:
    if str(block.get("Action", "")).strip().lower() != "failed":
        return
    if not _FOR_GOOD.match(str(block.get("Status", "")).strip()):
        return
    for name in _NAMES:
        kind, sign, address = str(block.get(name, "")).partition(";")
        if sign and kind.strip().lower() == "rfc822" and (plain := parseaddr(address)[1]):
            yield plain.lower()
