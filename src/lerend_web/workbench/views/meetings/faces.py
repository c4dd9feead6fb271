"""What a meeting shows at this moment: to its leader, on the large screen, and on the phone of whoever takes part."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.domain.cards import join_address
from lerend_web.meetings.domain.rating import SCALE, sheet_of
from lerend_web.meetings.domain.revealed import reveals_of
from lerend_web.meetings.enums import MeetingRole, MeetingState
from lerend_web.meetings.models import Decision, Meeting, Seat
from lerend_web.meetings.queries import seats_by_role, seats_that_rated
from lerend_web.meetings.rules import MAY_DECIDE, NEXT
from lerend_web.meetings.words import CRITERION_NAMES, QUESTIONS, ROLE_NAMES

STEPS: Final[dict[tuple[MeetingState, MeetingState], tuple[Promise, bool]]] = {
    (MeetingState.PLANNED, MeetingState.OPEN): (_("Open the meeting: people can join"), True),
    (MeetingState.OPEN, MeetingState.ROUND_1): (_("Begin the first round"), True),
    (MeetingState.ROUND_1, MeetingState.REVEALED_1): (_("Reveal to everybody at once"), True),
    (MeetingState.ROUND_1, MeetingState.OPEN): (_("Stop this round, throw its marks away"), False),
    (MeetingState.REVEALED_1, MeetingState.ROUND_2): (_("Begin the second round"), True),
    (MeetingState.ROUND_2, MeetingState.REVEALED_2): (_("Reveal to everybody at once"), True),
    (MeetingState.ROUND_2, MeetingState.REVEALED_1): (_("Stop this round, throw its marks away"), False),
    (MeetingState.DECIDED, MeetingState.CLOSED): (_("Close the meeting"), True),
}
"""Per step what its button says, and whether it is the way on."""


def room_context(meeting: Meeting) -> dict[str, Any]:
    """What everybody in the room may see now: how many there are, what was revealed, what was decided. No marks."""
    seats = seats_by_role(meeting)
    return {
        "meeting": meeting,
        "seats": [(role.value, ROLE_NAMES[role], seats[role]) for role in MeetingRole],
        "people": sum(seats.values()),
        "rated": seats_that_rated(meeting) if meeting.is_rating else 0,
        "reveals": reveals_of(meeting),
        "options": list(meeting.options.all()),
        "decision": Decision.objects.filter(meeting=meeting).select_related("option").first(),
        "join_address": join_address().partition("://")[2],
    }


def lead_context(meeting: Meeting) -> dict[str, Any]:
    """The same, with the steps that can be taken."""
    state = MeetingState(meeting.state)
    steps = [(to.value, *STEPS[state, to]) for to in NEXT[state]]
    return room_context(meeting) | {"steps": steps, "may_decide": state in MAY_DECIDE}


def phone_context(seat: Seat) -> dict[str, Any]:
    """The same for one phone, with the sheet that it fills in."""
    meeting = seat.meeting
    found = {"role": ROLE_NAMES[MeetingRole(seat.role)], "role_id": seat.role, "face": face_of(seat)}
    if meeting.is_rating:
        asked = [(name, CRITERION_NAMES[name], *QUESTIONS[name]) for name in QUESTIONS]
        found |= {"sheet": sheet_of(seat), "asked": asked, "scale": SCALE}
    return room_context(meeting) | found


def face_of(seat: Seat) -> str:
    """Which of its pages a phone shows."""
    meeting = seat.meeting
    if meeting.is_rating:
        return "rated" if seat.ratings.exists() else "rate"
    if meeting.is_revealed:
        return "revealed"
    is_decided = meeting.state in {MeetingState.DECIDED, MeetingState.CLOSED}
    return "decided" if is_decided else "wait"


def phone_tag(seat: Seat) -> str:
    """Changes with what the phone shows: not with every sheet of others while somebody fills in their own."""
    face = face_of(seat)
    count = "" if face == "rate" else str(seat.meeting.version)
    return f'"{seat.meeting_id}.{seat.meeting.state}.{face}.{count}.{get_language()}"'


def room_tag(meeting: Meeting, kind: str) -> str:
    """Changes with everything that a screen of the meeting shows."""
    return f'"{meeting.pk}.{meeting.version}.{kind}.{get_language()}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the browser has this already; on the way a tag may have been made a weak one."""
    return request.headers.get("If-None-Match", "").removeprefix("W/") == tag


def unchanged(tag: str) -> HttpResponse:
    answer = HttpResponse(status=304)
    answer["ETag"] = tag
    return answer
