"""The secret in the link of an invitation: worked out when a mail is written, stored nowhere.

It is an HMAC of the address under a key of the wave that lies in a file outside the databases. Another address has
another secret, so the link in a mail that went to a wrong address stops working once the address is put right.

The browser shows door 1 only a hash of the secret, and the register keeps only a hash of that hash: whoever reads the
database, or what was sent, cannot make a link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

from lerend_web.scans.domain.secret_files import erase, make_once, secret_path
from lerend_web.scans.models import Wave

SECRET_BYTES: Final = 16
SHOWN_BYTES: Final = 32


def mail_key_path(wave: Wave) -> Path:
    return secret_path("mail-keys", wave.code)


def made_mail_key_of(wave: Wave) -> bytes:
    """The key of a wave's invitations, made the first time."""
    make_once(mail_key_path(wave), lambda: secrets.token_hex(32))
    return mail_key_of(wave)


def mail_key_of(wave: Wave) -> bytes:
    """The key of a wave's invitations.

    Raises:
        FileNotFoundError: it was never made, or it is erased.
    """
    return bytes.fromhex(mail_key_path(wave).read_text("ascii"))


def erase_mail_key_of(wave: Wave) -> None:
    erase(mail_key_path(wave))


def secret_for(address: str, key: bytes) -> bytes:
    """The 128 bits in the link that goes to an address."""
    return hmac.digest(key, b"lerend invitation 1\0" + address.encode(), "sha256")[:SECRET_BYTES]


def shown_for(secret: bytes) -> bytes:
    """What the browser shows door 1 of the secret."""
    return _hash("invitation shown", secret)


def name_for(shown: bytes) -> bytes:
    """What the register keeps, to know an invitation again."""
    return _hash("invitation name", shown)


def _hash(purpose: str, content: bytes) -> bytes:
    return hashlib.sha256(f"lerend {purpose} 1".encode() + b"\0" + content).digest()
