"""What a person holds: a code from a card, or a secret made in their own browser; and the names that follow from them.

From the same secret of 32 bytes come three names by three different hashes. Whoever sees two of them cannot tell that
they belong together; whoever holds the secret can make all three.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, which are read as something else or spell something else."""

SECRET_BYTES: Final = 32
CARD_CODE_LENGTH: Final = 13
RECEIPT_LENGTH: Final = 8
PUBLIC_CODE_LENGTH: Final = 26

_FIRST_SIGNS: Final = ALPHABET[:16]  # thirteen signs could hold 65 bits
_READ_AS: Final = str.maketrans("OIL", "011")
_NO_SIGN: Final = re.compile("[^0-9A-Z]")


class NotASecret(ValueError):
    """A person's secret has exactly 32 bytes."""


def new_card_code() -> str:
    """Thirteen characters that hold 64 random bits, without signs between them; see `shown`."""
    return _written(secrets.randbits(64), CARD_CODE_LENGTH)


def shown(code: str) -> str:
    """A card's code as people read it: XXXX-XXXX-XXXXX."""
    code = normalised(code)
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)


def normalised(code: str) -> str:
    """What somebody typed, as it was printed: capitals, no spaces or dashes, o read as 0 and i or l as 1.

    It refuses nothing: what was never a code belongs to no card, like a code that was mistyped.
    """
    return _NO_SIGN.sub("", code.upper()).translate(_READ_AS)


def is_card_code(code: str) -> bool:
    """Whether this can be a card's code, for a hint beside the field; only the urn knows whether it is one."""
    code = normalised(code)
    return len(code) == CARD_CODE_LENGTH and set(code) <= set(ALPHABET) and code[0] in _FIRST_SIGNS


def card_hash(code: str) -> bytes:
    """What the urn keeps of a card."""
    return _hash("card", normalised(code).encode())


def serial_of(secret: bytes) -> bytes:
    """The name of the person's box in the urn."""
    return _hash("serial", _checked(secret))


def binding_of(secret: bytes) -> bytes:
    """What a card is bound to at its first use."""
    return _hash("binding", _checked(secret))


def receipt_of(secret: bytes) -> str:
    """Eight characters that the person can recognise. They prove arrival and open nothing."""
    return _written(int.from_bytes(_hash("receipt", _checked(secret))[:5], "big"), RECEIPT_LENGTH)


def new_public_code() -> str:
    """A random name of 130 bits for a wave or a key group, safe in addresses and file names. It is no secret."""
    return _written(secrets.randbits(5 * PUBLIC_CODE_LENGTH), PUBLIC_CODE_LENGTH).lower()


def _checked(secret: bytes) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise NotASecret
    return secret


def _hash(purpose: str, content: bytes) -> bytes:
    """SHA-256 with its purpose in front, ended by a zero, so that no hash of one purpose is one of another."""
    return hashlib.sha256(f"lerend {purpose} 1".encode() + b"\0" + content).digest()


def _written(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
