"""An hour in a room: a meeting with its codes, phones that join and rate, and the steps of whoever leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from lerend_web.meetings.domain.codes import code_of
from lerend_web.meetings.domain.deciding import Decided, decide
from lerend_web.meetings.domain.leading import go_to
from lerend_web.meetings.domain.planning import NewOption, plan_meeting
from lerend_web.meetings.domain.rating import CRITERION_IDS, hand_in
from lerend_web.meetings.domain.seats import new_secret, seat_of, take_seat
from lerend_web.meetings.enums import MeetingKind, MeetingRole, MeetingState
from lerend_web.meetings.models import Meeting
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

STARTS = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
OPTIONS = ("Small tasks", "Learning time", "Feedback")


def a_meeting(
    programme: Programme,
    organisation: Organisation | None = None,
    *,
    kind: MeetingKind = MeetingKind.THEME,
    options: Sequence[str] = OPTIONS,
) -> Meeting:
    return plan_meeting(
        programme=programme,
        organisation=organisation,
        kind=kind,
        title="What comes first",
        starts_at=STARTS,
        place="Canteen",
        contact="Arjen, arjen@programme.example",
        theme_name="Small tasks" if kind is MeetingKind.DEEPENING else "",
        options=[NewOption(name) for name in options],
        by=None,
        at=STARTS,
    )


@dataclass
class Room:
    """A meeting and the secrets of the phones in it, by role."""

    meeting: Meeting
    phones: list[tuple[MeetingRole, str]] = field(default_factory=list)

    def go(self, *states: MeetingState) -> None:
        for state in states:
            go_to(meeting=self.meeting, state=state, by=None, at=STARTS)

    def join(self, **people: int) -> None:
        for role in MeetingRole:
            for _one in range(people.get(role.value, 0)):
                secret = new_secret()
                take_seat(code=code_of(self.meeting, role), secret=secret)
                self.phones.append((role, secret))

    def rate(self, **scores: Sequence[int]) -> None:
        """Everybody of a role gives these marks, one for each option, the same on all three criteria."""
        for role, secret in self.phones:
            if role.value in scores:
                self.rate_by(secret, scores[role.value])

    def rate_by(self, secret: str, scores: Sequence[int]) -> None:
        options = self.meeting.options.values_list("pk", flat=True)
        marks = {pk: dict.fromkeys(CRITERION_IDS, score) for pk, score in zip(options, scores, strict=False)}
        hand_in(seat=seat_of(secret), marks=marks)


def decided(room: Room, *, by: Person | None = None) -> None:
    """The first on the list is chosen, with an owner and a date."""
    what = Decided(
        option=room.meeting.options.all()[0],
        why="All roles put it first.",
        step="Two teams swap a task.",
        owner="Marloes",
        due_on=date(2026, 11, 1),
        dissent="The night shift fears more work.",
    )
    decide(meeting=room.meeting, decided=what, by=by, at=STARTS)
