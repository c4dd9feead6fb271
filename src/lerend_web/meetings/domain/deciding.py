"""The decision of a meeting: what was chosen and why, who sees it otherwise, and who does what by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.domain.planning import has_changed, note
from lerend_web.meetings.enums import MeetingState
from lerend_web.meetings.models import Decision, Meeting, Option
from lerend_web.meetings.queries import lock, seats_by_role
from lerend_web.meetings.rules import MAY_DECIDE, MeetingRefused
from lerend_web.people.models import Person


@dataclass(frozen=True, slots=True)
class Decided:
    """What the room decided. Without an option it could not choose yet, and the step is how it goes on.

    Attributes:
        dissent: what people say who see it otherwise; in their words, without names.
        not_chosen: per option (its id) why not, or why not now.
    """

    option: Option | None
    why: str
    step: str
    owner: str
    due_on: date
    dissent: str = ""
    not_chosen: Mapping[int, str] | None = None


def decide(*, meeting: Meeting, decided: Decided, by: Person | None, at: datetime) -> Decision:
    """Write the decision down; it can be put right until the meeting is closed.

    Raises:
        MeetingRefused: a round runs or the meeting is closed, there is no owner or step, or its date has passed.
    """
    with transaction.atomic():
        lock(meeting)
        if meeting.state not in MAY_DECIDE:
            raise MeetingRefused(_("First reveal or stop the round that runs; after closing nothing can be changed."))
        _must_be_whole(meeting, decided)
        said = decided.not_chosen or {}
        others = [one for one in meeting.options.all() if one != decided.option]
        reasons = [{"option": one.pk, "name": one.name, "why": said.get(one.pk, "").strip()} for one in others]
        row, _is_new = Decision.objects.update_or_create(
            meeting=meeting,
            defaults={
                "option": decided.option,
                "why": decided.why.strip(),
                "dissent": decided.dissent.strip(),
                "step": decided.step.strip(),
                "owner": decided.owner.strip(),
                "due_on": decided.due_on,
                "took_part": {role.value: count for role, count in seats_by_role(meeting).items()},
                "not_chosen": reasons,
                "by": by,
                "at": at,
            },
        )
        meeting.state = MeetingState.DECIDED.value
        has_changed(meeting)
        note(meeting, "meeting.decided", by=by, at=at)
    return row


def day_of(meeting: Meeting) -> date:
    """The day of the meeting, on the calendar of its programme."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.programme.time_zone)).date()


def _must_be_whole(meeting: Meeting, decided: Decided) -> None:
    if not (decided.why.strip() and decided.step.strip() and decided.owner.strip()):
        raise MeetingRefused(_("A decision says why, what the first step is, and who does it."))
    if decided.due_on < day_of(meeting):
        raise MeetingRefused(_("The step is to be done on a day after the meeting."))
    if decided.option is not None and decided.option.meeting_id != meeting.pk:
        raise MeetingRefused(_("Choose from what was on the list of this meeting."))
