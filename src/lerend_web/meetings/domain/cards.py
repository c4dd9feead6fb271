"""Cards to take part with: one colour and one code a role, the code as a square to scan too. And sheets to rate on paper."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from lerend_web.meetings.domain.codes import code_of
from lerend_web.meetings.domain.paper import pdf_of
from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting
from lerend_web.meetings.words import CRITERION_NAMES, QUESTIONS, ROLE_NAMES

ON_A_SHEET: Final = 8
_MASK: Final = 3


def cards(meeting: Meeting) -> bytes:
    """A sheet of eight cards for each role, and one of paper to rate on. Can be printed again: the codes stay the same."""
    data = {
        "title": gettext("Cards for the meeting"),
        "others": [],
        "meeting": meeting.title,
        "when": when(meeting),
        "address": join_address(),
        "how": gettext("Scan this with your phone, or go to the address and type the code:"),
        "qr_alt": gettext("The same address and code as a square to scan"),
        "promise": gettext("Everybody with this colour has the same code. Nobody sees who gave which marks."),
        "roles": [_role(meeting, role) for role in MeetingRole],
        "on_a_sheet": ON_A_SHEET,
        "sheet": _sheet(meeting),
    }
    return pdf_of("cards", data)


def join_address() -> str:
    """Where phones go; the code never stands in an address that is sent to a server."""
    return f"{settings.ADDRESS}{reverse('meeting-join')}"


def when(meeting: Meeting) -> str:
    """Day and hour in words, in the zone of the programme."""
    local = timezone.localtime(meeting.starts_at, ZoneInfo(meeting.programme.time_zone))
    return f"{date_format(local, 'j F Y')}, {date_format(local, 'H:i')}"


def _role(meeting: Meeting, role: MeetingRole) -> dict[str, str]:
    code = code_of(meeting, role)
    square = segno.make(f"{join_address()}#{code}", error="m", mask=_MASK).svg_inline(border=2)
    return {"id": role.value, "name": str(ROLE_NAMES[role]), "code": code, "qr": square}


def _sheet(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": gettext("Rate in silence"),
        "intro": gettext("Ring one number a question. Skip a whole row where you have no opinion. Write no name."),
        "as_word": gettext("I am here as"),
        "roles": [str(name) for name in ROLE_NAMES.values()],
        "questions": [
            {"name": str(CRITERION_NAMES[key]), "asks": str(asks), "low": str(low), "high": str(high)}
            for key, (asks, low, high) in QUESTIONS.items()
        ],
        "options": [option.name for option in meeting.options.all()],
    }
