"""The meeting in which the made-up companies choose, and fourteen made-up phones that play along.

The phones use the verbs that every phone uses: they take a seat with the code of their role, and hand in a sealed sheet.
What they find follows the hidden truth of this world, each with an opinion of their own; in the second round they have
heard each other, and lie closer together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import override
from numpy.typing import NDArray

from lerend.report.words import printable
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.truth import programme_gains
from lerend_web.demo.domain.world import SEED, questions
from lerend_web.meetings.domain.agenda import proposed_for
from lerend_web.meetings.domain.codes import code_of
from lerend_web.meetings.domain.deciding import Decided, day_of, decide
from lerend_web.meetings.domain.planning import NewOption, plan_meeting
from lerend_web.meetings.domain.rating import CRITERION_IDS, SCALE, hand_in
from lerend_web.meetings.domain.revealed import first_of
from lerend_web.meetings.domain.seats import seat_of, take_seat
from lerend_web.meetings.enums import MeetingKind, MeetingRole, MeetingState
from lerend_web.meetings.models import Meeting, Option
from lerend_web.meetings.rules import NoSeat
from lerend_web.people.models import Person
from lerend_web.themes.domain.choosing import add_theme

TITLE: Final = "Kiezen waar we aan beginnen"
HELD_AFTER: Final = timedelta(days=7)
DUE_AFTER: Final = timedelta(days=21)
BEGINS: Final = time(14, 0)
PHONES: Final = {
    MeetingRole.COMPANY: 5,
    MeetingRole.TEACHER: 3,
    MeetingRole.EMPLOYEES: 3,
    MeetingRole.RESEARCHER: 3,
}
"""Fourteen; three of each role at least, so that every role is revealed by itself."""
HARD_TO_BEGIN: Final = frozenset({"small_subtasks"})
"""About which roles see different things."""
_VIEWS: Final = {
    MeetingRole.COMPANY: (0.0, 0.0, -1.5),
    MeetingRole.EMPLOYEES: (1.0, 1.0, 0.5),
    MeetingRole.TEACHER: (0.0, 0.8, 0.5),
}
"""Need, influence and feasibility."""
_CAN_BE_DONE: Final = 3.5
_NEUTRAL: Final = 3.0
_OWN_OPINION: Final = 1.2
_HEARD_EACH_OTHER: Final = 0.4
_LEFT_OF_IT: Final = 0.4
"""In the second round, of what a role saw otherwise."""

CHOSEN: Final = "In beide rondes kwam dit bovenaan te staan, en er is een aanpak die elders werkte."
STEP: Final = "Elk bedrijf kiest een team dat de teamnabespreking zes weken probeert."
DISSENT: Final = "Enkele medewerkers vinden de kleine deeltaken dringender."
PUT_OFF: Final = {
    "small_subtasks": "In vier bedrijven past nog geen bewezen aanpak: daar begint een pilot.",
}
PUT_OFF_FOR_NOW: Final = "Nu niet: eerst een thema goed."


class Due(StrEnum):
    """What the phones, or the room, can do now."""

    JOIN = "join"
    RATE = "rate"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Phone:
    """A made-up phone: its place among its role, and the secret of its seat."""

    role: MeetingRole
    number: int
    secret: str


def make_meeting(cast: Cast, *, at: datetime) -> Meeting:
    """Planned a week ahead with what the outcomes propose; the same themes stand proposed in the programme."""
    zone = ZoneInfo(cast.programme.time_zone)
    starts_at = datetime.combine((at.astimezone(zone) + HELD_AFTER).date(), BEGINS, tzinfo=zone)
    with override("nl"):
        options = proposed_for(cast.programme, None) or _themes_of_the_model()
    _propose_themes(cast, {one.source for one in options}, at=at)
    return plan_meeting(
        programme=cast.programme,
        organisation=None,
        kind=MeetingKind.THEME,
        title=TITLE,
        starts_at=starts_at,
        place="Kantine van het mbo (verzonnen)",
        contact="Arjen, arjen@demo.invalid",
        options=options,
        by=cast.arjen,
        at=at,
    )


def due_in(meeting: Meeting) -> Due | None:
    """What comes next for the phones; None where whoever leads is to do something."""
    if not meeting.is_open or meeting.state == MeetingState.DECIDED:
        return None
    if meeting.state == MeetingState.REVEALED_2:
        return Due.DECIDE
    phones = phones_of(meeting)
    if any(not _is_in(phone) for phone in phones):
        return Due.JOIN
    return Due.RATE if meeting.is_rating and any(not _has_rated(phone) for phone in phones) else None


def let_phones_join(meeting: Meeting) -> None:
    """Each takes a seat with the code of its role; done again, it is the same seat."""
    for phone in phones_of(meeting):
        take_seat(code=code_of(meeting, phone.role), secret=phone.secret)


def let_phones_rate(meeting: Meeting) -> None:
    """Each hands in a sealed sheet for the round that runs."""
    options = list(meeting.options.all())
    for place, phone in enumerate(phones_of(meeting)):
        opinion = np.random.default_rng([SEED, meeting.round, place])
        marks = {one.pk: _marks(one, phone.role, meeting.round, opinion) for one in options}
        hand_in(seat=seat_of(phone.secret), marks=marks)


def let_the_room_decide(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """What came first is chosen, with an owner and a date; what was not gets its reason."""
    first = first_of(meeting)
    others = meeting.options.exclude(pk=first.pk) if first else meeting.options.all()
    reasons = {one.pk: PUT_OFF.get(one.source, PUT_OFF_FOR_NOW) for one in others}
    due_on = day_of(meeting) + DUE_AFTER
    decide(meeting=meeting, decided=Decided(first, CHOSEN, STEP, by.name, due_on, DISSENT, reasons), by=by, at=at)


def phones_of(meeting: Meeting) -> tuple[Phone, ...]:
    """The same for the same meeting each time: nothing of them has to be kept."""
    return tuple(
        Phone(role, number, hashlib.sha256(f"lerend demo phone\0{meeting.key}\0{role}\0{number}".encode()).hexdigest())
        for role, count in PHONES.items()
        for number in range(count)
    )


def _is_in(phone: Phone) -> bool:
    try:
        return bool(seat_of(phone.secret))
    except NoSeat:
        return False


def _has_rated(phone: Phone) -> bool:
    return seat_of(phone.secret).ratings.exists()


def _marks(option: Option, role: MeetingRole, round_: int, opinion: np.random.Generator) -> dict[str, int]:
    spread, own_view = (_OWN_OPINION, 1.0) if round_ == 1 else (_HEARD_EACH_OTHER, _LEFT_OF_IT)
    found = _needed(option.source) + own_view * _view_of(role, option.source)
    found = found + spread * opinion.standard_normal(len(CRITERION_IDS))
    marks = np.clip(np.rint(found), SCALE[0], SCALE[-1]).astype(int)
    return dict(zip(CRITERION_IDS, marks.tolist(), strict=True))


def _needed(source: str) -> NDArray[np.float64]:
    """Need, influence and feasibility before anybody's own view, from 1 to 5."""
    return np.array([_needs().get(source, _NEUTRAL), _CAN_BE_DONE, _CAN_BE_DONE])


def _view_of(role: MeetingRole, source: str) -> NDArray[np.float64]:
    """What a role adds to that: companies see what stands in the way, employees and teachers what could change."""
    if source not in HARD_TO_BEGIN:
        return np.zeros(len(CRITERION_IDS))
    return np.array(_VIEWS.get(role, (0.0, 0.0, 0.0)))


def _needs() -> dict[str, float]:
    """Per theme of the model how much it is needed in truth: 2 where there is nothing to gain, 4.6 where most is."""
    model, _instrument = questions()
    gains = programme_gains()
    found = {theme.id: sum(gains.get(factor, 0.0) for factor in theme.primary) for theme in model.themes}
    most = max(found.values())
    return {theme: 2 + 2.6 * float(np.sqrt(gain / most)) for theme, gain in found.items()}


def _propose_themes(cast: Cast, ids: set[str], *, at: datetime) -> None:
    model, _instrument = questions()
    for theme in model.themes:
        if theme.id in ids:
            dutch, english = (printable(theme.name.in_language(language)) for language in ("nl", "en"))
            add_theme(
                programme=cast.programme, name_nl=dutch, name_en=english, factors=theme.primary, by=cast.arjen, at=at
            )


def _themes_of_the_model() -> tuple[NewOption, ...]:
    """Where there are too few companies to propose from."""
    model, _instrument = questions()
    return tuple(NewOption(printable(theme.name.in_language("nl")), theme.id) for theme in model.themes)
