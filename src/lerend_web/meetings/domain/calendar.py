"""A calendar file of a meeting, for whoever wants it in their own calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event

from lerend_web.core.addresses import absolute
from lerend_web.meetings.models import Meeting


def calendar_of(meeting: Meeting, *, path: str, at: datetime) -> bytes:
    """One event. It carries no names of people but the contact person, and no code.

    Args:
        path: of the meeting's page.
        at: when the file was made.
    """
    event = Event()
    event.add("uid", f"{meeting.key}@{urlsplit(settings.ADDRESS).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("sequence", meeting.version)
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("url", absolute(path))
    event.add("description", gettext("Contact person: %(contact)s") % {"contact": meeting.contact})
    calendar = Calendar()
    calendar.add("prodid", "-//lerend//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
