"""Taking part without an account: a code gives a role, and a secret of the phone's own a seat."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

from django.db import transaction

from lerend_web.meetings.domain.codes import hash_of
from lerend_web.meetings.domain.planning import has_changed
from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, RoleCode, Seat
from lerend_web.meetings.queries import lock
from lerend_web.meetings.rules import MOST_SEATS, NoSeat

SECRET_BYTES: Final = 32
_SECRET: Final = re.compile(f"[0-9a-f]{{{2 * SECRET_BYTES}}}")


def new_secret() -> str:
    """What a phone shows with everything that it asks."""
    return secrets.token_hex(SECRET_BYTES)


def take_seat(*, code: str, secret: str) -> Seat:
    """The seat of whoever shows a code; with the same secret the same seat again, for a page that is sent twice.

    Raises:
        NoSeat: there is no such code, its meeting is not open, or it is full.
    """
    kept = _kept(secret)
    found = RoleCode.objects.filter(code_hash=hash_of(code)).select_related("meeting").first()
    if found is None:
        raise NoSeat
    with transaction.atomic():
        meeting = found.meeting
        lock(meeting)
        known = Seat.objects.filter(meeting=meeting, secret_hash=kept).first()
        if known is not None:
            return known
        if not meeting.is_open or meeting.seats.count() >= MOST_SEATS:
            raise NoSeat
        seat = Seat.objects.create(meeting=meeting, role=found.role, secret_hash=kept)
        has_changed(meeting)
    return seat


def seat_of(secret: str) -> Seat:
    """The seat that belongs to a secret, while its meeting is not closed.

    Raises:
        NoSeat: there is none.
    """
    seats = Seat.objects.filter(secret_hash=_kept(secret), is_paper=False)
    seat = seats.select_related("meeting", "meeting__programme", "meeting__organisation").first()
    if seat is None:
        raise NoSeat
    return seat


def paper_seat(meeting: Meeting, role: MeetingRole) -> Seat:
    """A seat for a sheet of paper: its secret is thrown away. The meeting is locked."""
    return Seat.objects.create(meeting=meeting, role=role.value, secret_hash=_kept(new_secret()), is_paper=True)


def _kept(secret: str) -> bytes:
    if not _SECRET.fullmatch(secret):
        raise NoSeat
    return hashlib.sha256(b"lerend meeting seat 1\0" + bytes.fromhex(secret)).digest()
