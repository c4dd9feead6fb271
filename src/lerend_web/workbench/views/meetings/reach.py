"""How a page reaches a meeting: always from the person who asks, who leads it or only reads about it."""

from __future__ import annotations

from django.http import Http404

from lerend_web.meetings.models import Meeting
from lerend_web.meetings.queries import meetings_for, meetings_led_by
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.reach import person_of


def meeting_to_lead(request: PlatformRequest, meeting: int) -> Meeting:
    """The meeting, if this person leads it; else it does not exist for them."""
    return _found(meetings_led_by(person_of(request)).filter(pk=meeting).first())


def meeting_to_read(request: PlatformRequest, meeting: int) -> Meeting:
    """The meeting, if this person may know about it."""
    return _found(meetings_for(person_of(request)).filter(pk=meeting).first())


def leads(request: PlatformRequest, meeting: Meeting) -> bool:
    return meetings_led_by(person_of(request)).filter(pk=meeting.pk).exists()


def _found(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise Http404
    return meeting
