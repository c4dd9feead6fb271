"""What holds for a wave, as pure rules: moments, numbers, and refusals that say in plain words why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

Sentence: TypeAlias = str | Promise
"""A sentence for people, translated when it is shown."""

LOWEST_K: Final = 5
LOWEST_INVITED: Final = 7
RESPONSE_FROM: Final = 30
HOLDERS: Final = 2


class Refused(Exception):
    """Something that may not happen now; `reasons` says why, each in one plain sentence."""

    def __init__(self, *reasons: Sentence) -> None:
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class PlanIsWrong(Refused):
    """The plan of a wave contradicts itself or a rule."""


class RulesAreFrozen(Refused):
    """The wave is open, or its cards are printed: what was promised stands."""


class CannotOpenYet(Refused):
    """Something is missing before the wave may start."""


class KeyFileDoesNotFit(Refused):
    """The file is no key file, or not one of this wave."""


class CardsCannotBePrinted(Refused):
    """There are cards already, or the wave has none."""


class AddressIsWrong(Refused):
    """An address cannot be taken in, or not in this place."""


class CannotSend(Refused):
    """No mails can be sent now."""


class CannotTry(Refused):
    """The round is open or closed: there is nothing to try any more."""


class CannotClose(Refused):
    """The wave cannot be closed now; nothing was changed."""


TOKENS: Final = 2
"""Passes for each invitation: who loses a device gets a second one."""


@dataclass(frozen=True, slots=True)
class Response:
    """How many took part, as coarse as it may be shown; `on` is the day of the figure."""

    invited: int
    people: int
    percent: int
    on: date


def minimum_invited(k: int) -> int:
    """The smallest number of invited people in a key group."""
    return max(k, LOWEST_INVITED)


def cards_for(people: int) -> int:
    """Everybody's card, and 20 % more so that the bowl is never empty, rounded up."""
    return people + -(-people // 5)


def coarse(answered: int, invited: int) -> int:
    """A number of people, rounded down to 5 % of the invited or to five people, whichever is coarser."""
    step = max(5, -(-invited // 20))
    return answered // step * step


def is_frozen(wave: Wave) -> bool:
    """Whether the promise is out: on a printed card, because people can answer, or sealed with a whole series."""
    return wave.state != WaveState.PLANNED or wave.cards_printed_at is not None or bool(wave.series_digest)


def opening_moment(wave: Wave) -> datetime:
    """The first moment of the day on which the wave opens, in the programme's zone."""
    return start_of_day(wave.opens_on, wave.programme.time_zone)


def closing_moment(wave: Wave) -> datetime:
    """The moment at which the last day of the wave is over, in the programme's zone."""
    return start_of_day(wave.closes_on + timedelta(days=1), wave.programme.time_zone)


def start_of_day(day: date, zone: str) -> datetime:
    """Midnight in a zone, as UTC."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def day_of(at: datetime, zone: str) -> date:
    """The date on the wall calendar of a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def read_aloud(digest: str) -> str:
    """The start of a digest in four groups of four, short enough to compare over the phone."""
    start = digest[:16].upper()
    return " ".join(start[place : place + 4] for place in range(0, len(start), 4))


def listed(names: Sequence[str]) -> str:
    """Names with commas."""
    return ", ".join(names)
