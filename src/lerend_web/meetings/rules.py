"""What holds for meetings, as pure rules: which step follows which, how much fits in an hour, and refusals in words."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise

from lerend_web.meetings.enums import MeetingState
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role

LEADERS: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR, OrganisationRole.COMPANY_CONTACT)
"""Who may lead a meeting: the coordinator those of the programme, a contact those of the own organisation."""
READERS: Final[tuple[Role, ...]] = (*LEADERS, ProgrammeRole.TEACHER, ProgrammeRole.RESEARCHER)
"""Who may read about meetings of the programme, and say whether they come."""

MOST_OPTIONS: Final = 8
"""More cannot be rated in silence in five minutes."""
MOST_SEATS: Final = 200
MOST_INVITED: Final = 200
FEWEST_OPTIONS: Final = 2

NEXT: Final[dict[MeetingState, tuple[MeetingState, ...]]] = {
    MeetingState.PLANNED: (MeetingState.OPEN,),
    MeetingState.OPEN: (MeetingState.ROUND_1,),
    MeetingState.ROUND_1: (MeetingState.REVEALED_1, MeetingState.OPEN),
    MeetingState.REVEALED_1: (MeetingState.ROUND_2,),
    MeetingState.ROUND_2: (MeetingState.REVEALED_2, MeetingState.REVEALED_1),
    MeetingState.REVEALED_2: (),
    MeetingState.DECIDED: (MeetingState.CLOSED,),
    MeetingState.CLOSED: (),
}
"""The steps of whoever leads. Going back from a round stops it: what was rated is thrown away unseen."""
MAY_DECIDE: Final = {MeetingState.OPEN, MeetingState.REVEALED_1, MeetingState.REVEALED_2, MeetingState.DECIDED}
"""Also straight away, where people only talked; and again until the meeting is closed."""
MAY_CHANGE_OPTIONS: Final = {MeetingState.PLANNED, MeetingState.OPEN}
"""Later, what was rated would no longer be what is chosen from."""


class MeetingRefused(Exception):
    """Something that cannot be done in a meeting now; `sentence` says why, and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoSeat(Exception):
    """A code or secret leads to no meeting that is open; which of these it is, is never said."""
