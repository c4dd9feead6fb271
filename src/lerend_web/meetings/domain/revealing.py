"""Revealing a round: what the room may see is kept, the ratings themselves are thrown away in the same moment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lerend.choice.revealing import reveal
from lerend.choice.value import Firmness, Marks, Sheet
from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, Rating, Revealed
from lerend_web.meetings.rules import MeetingRefused


def reveal_round(meeting: Meeting, *, at: datetime) -> Revealed:
    """Keep what may be seen of the round that runs, and throw the ratings away. The meeting is locked.

    Raises:
        MeetingRefused: fewer than three people rated any option.
    """
    options = [str(pk) for pk in meeting.options.values_list("pk", flat=True)]
    found = reveal(_sheets(meeting, options), options, [role.value for role in MeetingRole])
    if found.stability.firmness is Firmness.TOO_FEW:
        raise MeetingRefused(_("Fewer than three people have rated. Wait for more: about so few nothing is shown."))
    kept = Revealed.objects.create(meeting=meeting, round=meeting.round, content=asdict(found), at=at)
    Rating.objects.filter(option__meeting=meeting).delete()
    return kept


def _sheets(meeting: Meeting, options: list[str]) -> list[Sheet]:
    given: defaultdict[int, dict[str, Marks]] = defaultdict(dict)
    for rating in Rating.objects.filter(option__meeting=meeting):
        given[rating.seat_id][str(rating.option_id)] = (rating.need, rating.influence, rating.feasibility)
    return [
        Sheet(seat.role, tuple(given[seat.pk].get(option) for option in options))
        for seat in meeting.seats.all()
        if seat.pk in given
    ]
