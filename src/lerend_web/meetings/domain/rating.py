"""Rating in silence: a sheet is handed in as a whole, can be changed until the round is revealed, and is seen by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend.choice.value import CRITERIA, HIGHEST, LOWEST
from lerend_web.meetings.domain.planning import has_changed, note
from lerend_web.meetings.domain.seats import paper_seat
from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, Option, Rating, Seat
from lerend_web.meetings.queries import lock
from lerend_web.meetings.rules import MOST_SEATS, MeetingRefused
from lerend_web.people.models import Person

CRITERION_IDS = tuple(criterion.value for criterion in CRITERIA)
SCALE = tuple(range(LOWEST, HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class SheetToFill:
    """An option with the marks that this seat gave it in the round that runs; none where it gave none."""

    option: Option
    marks: Mapping[str, int]


def sheet_of(seat: Seat) -> tuple[SheetToFill, ...]:
    """What a seat handed in, for its own phone to show and change."""
    given = {rating.option_id: rating for rating in seat.ratings.all()}
    return tuple(
        SheetToFill(
            option, {name: getattr(given[option.pk], name) for name in CRITERION_IDS} if option.pk in given else {}
        )
        for option in seat.meeting.options.all()
    )


def hand_in(*, seat: Seat, marks: Mapping[int, Mapping[str, int]]) -> None:
    """Keep a sheet, in place of an earlier one of this round. When, is not written down.

    Args:
        marks: per option (its id) all three marks; an option that is left out is one without an opinion.

    Raises:
        MeetingRefused: no round runs, or the sheet is not right.
    """
    with transaction.atomic():
        meeting = seat.meeting
        lock(meeting)
        _store(meeting, seat, marks)


def type_in(
    *, meeting: Meeting, role: MeetingRole, marks: Mapping[int, Mapping[str, int]], by: Person, at: datetime
) -> None:
    """Keep a sheet of paper. Whoever typed it cannot look at it again either.

    Raises:
        MeetingRefused: as with `hand_in`.
    """
    with transaction.atomic():
        lock(meeting)
        if meeting.seats.count() >= MOST_SEATS:
            raise MeetingRefused(_("So many sheets do not belong to one meeting."))
        _store(meeting, paper_seat(meeting, role), marks)
        note(meeting, "meeting.paper_typed", by=by, at=at)


def take_back_paper(*, meeting: Meeting, by: Person, at: datetime) -> None:
    """Throw away the sheet of paper that was typed in last, for it was typed wrongly; unseen, like all others.

    Raises:
        MeetingRefused: no round runs, or there is no such sheet.
    """
    with transaction.atomic():
        lock(meeting)
        last = meeting.seats.filter(is_paper=True).order_by("-pk").first()
        if not meeting.is_rating or last is None:
            raise MeetingRefused(_("There is no sheet of paper to throw away."))
        last.delete()
        has_changed(meeting)
        note(meeting, "meeting.paper_taken_back", by=by, at=at)


def _store(meeting: Meeting, seat: Seat, marks: Mapping[int, Mapping[str, int]]) -> None:
    if not meeting.is_rating:
        raise MeetingRefused(_("This round is over: it was revealed or stopped. Nothing was changed."))
    options = set(meeting.options.values_list("pk", flat=True))
    if not marks or not set(marks) <= options:
        raise MeetingRefused(_("Rate at least one of these."))
    if not all(_is_whole(given) for given in marks.values()):
        raise MeetingRefused(_("Where you give marks, answer all three questions."))
    seat.ratings.all().delete()
    Rating.objects.bulk_create(Rating(seat=seat, option_id=option, **given) for option, given in marks.items())
    has_changed(meeting)


def _is_whole(given: Mapping[str, int]) -> bool:
    return set(given) == set(CRITERION_IDS) and all(mark in SCALE for mark in given.values())
