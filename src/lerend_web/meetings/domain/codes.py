"""Codes on the cards of a meeting: one a role. They follow from a secret of the server, so that no table holds them."""

from __future__ import annotations

import hashlib
from typing import Final

from django.utils.crypto import salted_hmac

from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, RoleCode
from lerend_web.urn.passes import ALPHABET, CARD_CODE_LENGTH, normalised, shown

_BITS: Final = 64
_PURPOSE: Final = "lerend.meetings.code"


def make_codes(meeting: Meeting) -> None:
    """Keep the hashes by which the codes of a meeting are known again."""
    RoleCode.objects.bulk_create(
        RoleCode(meeting=meeting, role=role.value, code_hash=hash_of(code_of(meeting, role))) for role in MeetingRole
    )


def code_of(meeting: Meeting, role: MeetingRole) -> str:
    """Thirteen characters that hold 64 bits, as people read them: XXXX-XXXX-XXXXX."""
    octets = salted_hmac(_PURPOSE, f"{meeting.key} {role.value}", algorithm="sha256").digest()
    number = int.from_bytes(octets[: _BITS // 8], "big")
    return shown("".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(CARD_CODE_LENGTH))))


def hash_of(code: str) -> bytes:
    """What is kept of a code, however it was typed."""
    return hashlib.sha256(b"lerend meeting code 1\0" + normalised(code).encode()).digest()
