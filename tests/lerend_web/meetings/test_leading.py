"""An hour from opening to closing: steps in their order, sealed until revealed, and a decision with owner and date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lerend_web.core.models import AuditEntry
from lerend_web.meetings.domain.deciding import Decided, decide
from lerend_web.meetings.domain.planning import NewOption, add_option, remove_option
from lerend_web.meetings.domain.rating import take_back_paper, type_in
from lerend_web.meetings.domain.revealed import reveals_of
from lerend_web.meetings.enums import MeetingKind, MeetingRole, MeetingState
from lerend_web.meetings.models import Decision, IsRevealed, Rating, Revealed
from lerend_web.meetings.rules import MeetingRefused
from lerend_web.people.enums import ProgrammeRole
from tests.lerend_web.actors import Place
from tests.lerend_web.meetings.hour import STARTS, Room, a_meeting

DECIDED: dict[str, Any] = {
    "why": "All roles put it first.",
    "step": "Two teams swap a task.",
    "owner": "Marloes",
    "due_on": date(2026, 11, 1),
}


def test_round_is_revealed_by_role_and_the_marks_are_gone(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3), teacher=(4, 2, 3), employees=(1, 1, 1))
    assert Rating.objects.count() == 21
    room.go(MeetingState.REVEALED_1)
    assert not Rating.objects.exists()
    (shown,) = reveals_of(room.meeting)
    assert [option.name for option in shown.options] == ["Small tasks", "Feedback", "Learning time"]
    assert shown.are_joined, "one employees' representative alone would be one person's marks"
    assert all("4" in group or "3" in group for group in shown.groups)


def test_nothing_is_revealed_about_two_people(here: Place) -> None:
    room = Room(a_meeting(here.programme))
    room.go(MeetingState.OPEN)
    room.join(company=2)
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    with pytest.raises(MeetingRefused, match=r"three|drie"):
        room.go(MeetingState.REVEALED_1)
    assert Rating.objects.count() == 6, "nothing is lost by trying"
    room.meeting.refresh_from_db()
    assert room.meeting.state == MeetingState.ROUND_1


def test_round_that_is_stopped_leaves_nothing(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.OPEN)
    assert (Rating.objects.count(), Revealed.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", [MeetingState.REVEALED_1, MeetingState.ROUND_2, MeetingState.CLOSED])
def test_step_that_does_not_come_next_is_refused(room: Room, state: MeetingState) -> None:
    with pytest.raises(MeetingRefused):
        room.go(state)


def test_marks_after_revealing_are_refused(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.REVEALED_1)
    with pytest.raises(MeetingRefused):
        room.rate(teacher=(1, 1, 1))


def test_what_was_revealed_never_changes(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.REVEALED_1)
    kept = room.meeting.reveals.get()
    kept.content = {}
    with pytest.raises(IsRevealed):
        kept.save()


def test_sheet_that_is_handed_in_again_takes_the_place_of_the_first(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    secret = room.phones[0][1]
    room.rate_by(secret, (5, 5, 5))
    room.rate_by(secret, (1,))
    assert list(Rating.objects.values_list("need", flat=True)) == [1]


def test_paper_counts_like_a_phone_and_is_typed_anew_in_each_round(here: Place, room: Room) -> None:
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    room.go(MeetingState.ROUND_1)
    first = room.meeting.options.values_list("pk", flat=True)[0]
    marks = {first: {"need": 5, "influence": 4, "feasibility": 3}}
    for _sheet in range(3):
        type_in(meeting=room.meeting, role=MeetingRole.RESEARCHER, marks=marks, by=coordinator, at=STARTS)
    room.go(MeetingState.REVEALED_1)
    assert reveals_of(room.meeting)[0].options[0].score == "4,0"
    room.go(MeetingState.ROUND_2)
    assert not room.meeting.seats.filter(is_paper=True).exists()


def test_paper_that_was_typed_wrongly_is_thrown_away_and_no_phone_with_it(here: Place, room: Room) -> None:
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    marks = {room.meeting.options.values_list("pk", flat=True)[0]: {"need": 1, "influence": 1, "feasibility": 1}}
    type_in(meeting=room.meeting, role=MeetingRole.TEACHER, marks=marks, by=coordinator, at=STARTS)
    take_back_paper(meeting=room.meeting, by=coordinator, at=STARTS)
    assert Rating.objects.count() == 9
    with pytest.raises(MeetingRefused):
        take_back_paper(meeting=room.meeting, by=coordinator, at=STARTS)


@pytest.mark.parametrize(
    "marks",
    [
        {},
        {"need": 5, "influence": 4},
        {"need": 5, "influence": 4, "feasibility": 6},
        {"need": 5, "influence": 4, "feasibility": 0},
    ],
)
def test_sheet_with_half_an_answer_is_refused(here: Place, room: Room, marks: dict[str, int]) -> None:
    room.go(MeetingState.ROUND_1)
    first = room.meeting.options.values_list("pk", flat=True)[0]
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    with pytest.raises(MeetingRefused):
        type_in(meeting=room.meeting, role=MeetingRole.COMPANY, marks={first: marks}, by=coordinator, at=STARTS)
    assert not Rating.objects.exists()


def test_marks_for_another_meetings_option_are_refused(here: Place, room: Room) -> None:
    other = a_meeting(here.programme)
    room.go(MeetingState.ROUND_1)
    marks = {other.options.values_list("pk", flat=True)[0]: {"need": 5, "influence": 4, "feasibility": 3}}
    with pytest.raises(MeetingRefused):
        type_in(
            meeting=room.meeting,
            role=MeetingRole.COMPANY,
            marks=marks,
            by=here.people[ProgrammeRole.COORDINATOR],
            at=STARTS,
        )


def test_list_to_choose_from_stays_as_it_is_once_rating_began(room: Room) -> None:
    added = add_option(meeting=room.meeting, option=NewOption("Breaks"), by=None, at=STARTS)
    with pytest.raises(MeetingRefused):
        add_option(meeting=room.meeting, option=NewOption("breaks "), by=None, at=STARTS)
    room.go(MeetingState.ROUND_1)
    with pytest.raises(MeetingRefused):
        remove_option(meeting=room.meeting, option=added, by=None, at=STARTS)


def test_meeting_closes_only_with_a_decision_that_says_who_took_part(room: Room) -> None:
    first = room.meeting.options.all()[0]
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3), teacher=(4, 2, 3))
    with pytest.raises(MeetingRefused):
        decide(meeting=room.meeting, decided=Decided(first, **DECIDED), by=None, at=STARTS)
    room.go(MeetingState.REVEALED_1)
    with pytest.raises(MeetingRefused):
        room.go(MeetingState.CLOSED)
    decide(meeting=room.meeting, decided=Decided(first, **DECIDED), by=None, at=STARTS)
    room.go(MeetingState.CLOSED)
    decision = Decision.objects.get()
    assert decision.took_part == {"company": 3, "teacher": 3, "employees": 1, "researcher": 0}
    assert [one["name"] for one in decision.not_chosen] == ["Learning time", "Feedback"]
    with pytest.raises(MeetingRefused):
        decide(meeting=room.meeting, decided=Decided(None, **DECIDED), by=None, at=STARTS)


@pytest.mark.parametrize("wrong", [{"owner": " "}, {"step": ""}, {"why": ""}, {"due_on": date(2026, 9, 30)}])
def test_decision_without_owner_step_reason_or_date_is_refused(room: Room, wrong: dict[str, Any]) -> None:
    with pytest.raises(MeetingRefused):
        decide(meeting=room.meeting, decided=Decided(None, **DECIDED | wrong), by=None, at=STARTS)


def test_deepening_needs_a_theme_and_holds_causes(here: Place) -> None:
    with pytest.raises(MeetingRefused):
        a_meeting(here.programme, kind=MeetingKind.DEEPENING, options=[str(number) for number in range(9)])
    meeting = a_meeting(here.programme, kind=MeetingKind.DEEPENING, options=())
    cause = NewOption(
        "Shifts do not overlap", for_whom="The night shift", since="2024", tried="A logbook: nobody read it"
    )
    row = add_option(meeting=meeting, option=cause, by=None, at=STARTS)
    assert (row.for_whom, row.tried) == ("The night shift", "A logbook: nobody read it")


def test_history_tells_the_steps_and_no_marks(room: Room) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.REVEALED_1)
    told = AuditEntry.objects.filter(subject=room.meeting.key).order_by("id")
    assert [entry.code for entry in told] == [
        "meeting.planned",
        "meeting.opened",
        "meeting.round_begun",
        "meeting.revealed",
    ]
    assert {key for entry in told for key in entry.detail} == {"kind", "round"}
