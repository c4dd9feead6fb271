"""The mail that asks somebody to come, with a calendar file, and the link in it by which they answer without an account.

The code of the link is signed for this purpose only, and stands behind the # of the address: it is in no log, and opening
the link (by a mail scanner, for instance) answers nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from lerend_web.core.addresses import absolute
from lerend_web.meetings.domain.calendar import calendar_of
from lerend_web.meetings.domain.cards import when
from lerend_web.meetings.enums import MeetingRole, MeetingState
from lerend_web.meetings.models import Invited
from lerend_web.meetings.rules import NoSeat
from lerend_web.meetings.words import ROLE_NAMES

PURPOSE: Final = "lerend.meetings.invited"
LONGEST_CODE: Final = 500


def code_for(invited: Invited) -> str:
    """The secret of an invitation; it works until the meeting is closed."""
    return signing.dumps({"invited": invited.pk}, salt=PURPOSE)


def invited_by(code: str) -> Invited:
    """Whom a code invites.

    Raises:
        NoSeat: the code is none of ours, the person is off the list, or the meeting is closed.
    """
    try:
        content = signing.loads(code[:LONGEST_CODE], salt=PURPOSE)
    except signing.BadSignature as error:
        raise NoSeat from error
    rows = Invited.objects.exclude(meeting__state=MeetingState.CLOSED).select_related("meeting")
    found = rows.filter(pk=content["invited"]).first()
    if found is None:
        raise NoSeat
    return found


def send_invitation(invited: Invited, *, at: datetime) -> None:
    """Mail the invitation, in the language of who sends it."""
    meeting = invited.meeting
    page = reverse("meeting-come")
    content = {
        "invited": invited,
        "meeting": meeting,
        "role": ROLE_NAMES[MeetingRole(invited.role)],
        "when": when(meeting),
        "link": f"{absolute(page)}#{code_for(invited)}",
    }
    text = render_to_string("meetings/mail/invitation.txt", content)
    title = " ".join(meeting.title.split())  # a line break would begin a header of its own
    subject = gettext("You are asked to come: %(title)s") % {"title": title}
    mail = EmailMessage(subject, text, to=[invited.email], headers={"Auto-Submitted": "auto-generated"})
    mail.attach("meeting.ics", calendar_of(meeting, path=page, at=at).decode("utf-8"), "text/calendar")
    mail.send()
