"""The steps of a meeting, one after the other: open, rate, reveal, rate again, reveal, close."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.domain.planning import has_changed, note
from lerend_web.meetings.domain.revealing import reveal_round
from lerend_web.meetings.enums import MeetingState
from lerend_web.meetings.models import Meeting, Rating
from lerend_web.meetings.queries import lock
from lerend_web.meetings.rules import FEWEST_OPTIONS, NEXT, MeetingRefused
from lerend_web.people.models import Person

_ROUNDS: Final = {MeetingState.ROUND_1, MeetingState.ROUND_2}
_REVEALS: Final = {MeetingState.ROUND_1: MeetingState.REVEALED_1, MeetingState.ROUND_2: MeetingState.REVEALED_2}
_CODES: Final = {
    MeetingState.OPEN: "meeting.opened",
    MeetingState.ROUND_1: "meeting.round_begun",
    MeetingState.ROUND_2: "meeting.round_begun",
    MeetingState.REVEALED_1: "meeting.revealed",
    MeetingState.REVEALED_2: "meeting.revealed",
    MeetingState.CLOSED: "meeting.closed",
}


def go_to(*, meeting: Meeting, state: MeetingState, by: Person | None, at: datetime) -> None:
    """Take the next step; back from a round stops it, and what was rated is thrown away unseen.

    Raises:
        MeetingRefused: this step does not come now, there is too little to choose from, or too few people rated.
    """
    with transaction.atomic():
        lock(meeting)
        before = MeetingState(meeting.state)
        if state not in NEXT[before]:
            raise MeetingRefused(_("The meeting is at another step now. Look where it is, then go on."))
        if state is MeetingState.ROUND_1 and meeting.options.count() < FEWEST_OPTIONS:
            raise MeetingRefused(_("There must be at least two things to choose from."))
        code = _CODES[state]
        if before in _ROUNDS and state is _REVEALS[before]:
            reveal_round(meeting, at=at)
        elif before in _ROUNDS:
            Rating.objects.filter(option__meeting=meeting).delete()
            meeting.seats.filter(is_paper=True).delete()
            code = "meeting.round_stopped"
        if state in _ROUNDS:
            # Paper of the first round was rated with; whoever rates on paper again hands in a new sheet.
            meeting.seats.filter(is_paper=True).delete()
        meeting.state = state.value
        has_changed(meeting)
        note(meeting, code, by=by, at=at, round=meeting.round)
