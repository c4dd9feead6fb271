"""Codes with which an organisation that is on the platform already joins a second programme.

A coordinator sees no organisation of another programme, not even by its name: so the contact brings the code.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import get_random_string

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.programmes.models import JoinCode, Programme

VALID: Final = timedelta(days=14)
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def make_join_code(*, programme: Programme, by: Person, at: datetime) -> str:
    """A code that is shown once."""
    code = "-".join(get_random_string(5, _SIGNS) for _ in range(3))
    JoinCode.objects.filter(until__lt=at).delete()
    JoinCode.objects.create(programme=programme, code_hash=_hash(code), until=at + VALID)
    record(by=by, at=at, code="programme.join_code_made", programme=programme)
    return code


def take_join_code(code: str, *, at: datetime) -> Programme | None:
    """The programme that a code leads to; it works no second time. Within the transaction of whoever joins."""
    found = JoinCode.objects.select_for_update().filter(code_hash=_hash(code), until__gte=at).first()
    if found is None:
        return None
    programme = found.programme
    found.delete()
    return programme


def _hash(code: str) -> bytes:
    return hashlib.sha256("".join(sign for sign in code.upper() if sign.isalnum()).encode()).digest()
