"""Who is asked to come, as what, and what they answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.domain.invitations import send_invitation
from lerend_web.meetings.domain.planning import note
from lerend_web.meetings.enums import Answer, MeetingRole, MeetingState
from lerend_web.meetings.models import Invited, Meeting
from lerend_web.meetings.queries import lock
from lerend_web.meetings.rules import MOST_INVITED, MeetingRefused
from lerend_web.people.models import Person


def invite(*, meeting: Meeting, name: str, role: MeetingRole, email: str = "", by: Person, at: datetime) -> Invited:
    """Put somebody on the list; with an address they get a mail with the calendar file and a link to answer.

    Raises:
        MeetingRefused: the meeting is closed, or the list is full.
    """
    with transaction.atomic():
        _must_be_open(meeting)
        if meeting.invited.count() >= MOST_INVITED:
            raise MeetingRefused(_("So many people do not fit in one meeting."))
        row = Invited.objects.create(meeting=meeting, name=name.strip(), role=role.value, email=email)
        note(meeting, "meeting.invited", by=by, at=at)
        if email:
            transaction.on_commit(lambda: send_invitation(row, at=at))
    return row


def write_answer(*, invited: Invited, answer: Answer, by: Person | None, at: datetime) -> None:
    """Write down what somebody on the list answered; by nobody where they did so themselves, by their link.

    Raises:
        MeetingRefused: the meeting is closed.
    """
    with transaction.atomic():
        _must_be_open(invited.meeting)
        invited.answer = answer.value
        invited.save()
        note(invited.meeting, "meeting.answered", by=by, at=at)


def strike(*, invited: Invited, by: Person, at: datetime) -> None:
    """Take somebody off the list.

    Raises:
        MeetingRefused: the meeting is closed.
    """
    with transaction.atomic():
        meeting = invited.meeting
        _must_be_open(meeting)
        invited.delete()
        note(meeting, "meeting.uninvited", by=by, at=at)


def answer_oneself(*, meeting: Meeting, person: Person, role: MeetingRole, answer: Answer, at: datetime) -> None:
    """Say of oneself whether one comes, and as what.

    Raises:
        MeetingRefused: the meeting is closed.
    """
    with transaction.atomic():
        _must_be_open(meeting)
        Invited.objects.update_or_create(
            meeting=meeting, person=person, defaults={"name": person.name, "role": role.value, "answer": answer.value}
        )
        note(meeting, "meeting.answered", by=person, at=at)


def _must_be_open(meeting: Meeting) -> None:
    lock(meeting)
    if meeting.state == MeetingState.CLOSED:
        raise MeetingRefused(_("This meeting is closed: its list of people stays as it is."))
