"""Numbers of companies as they may be said: below three it is "a few", and no part gives away a part below three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.diagnosis.result import UnitDiagnosis
from lerend.disclosure.bands import PeopleBand
from lerend.wording import Message, say, say_many

LEAST: Final = 3
_PEOPLE_STEP: Final = 10


class Share(StrEnum):
    """How much of a whole."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Companies:
    """How many companies: `number` is None for one or two."""

    number: int | None

    @property
    def sentence_part(self) -> Message:
        """As it stands in a sentence."""
        if self.number is None:
            return say("a few companies")
        return say_many("{count} company", "{count} companies", self.number)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of some companies: `number` only where it and the rest are both nothing, or three and more."""

    share: Share
    number: int | None


def companies_of(number: int) -> Companies:
    """A number of companies as it may be said."""
    return Companies(None if 0 < number < LEAST else number)


def part_of(number: int, whole: int) -> Part:
    """A part of some companies as it may be said."""
    share = Share.NONE if number == 0 else Share.ALL if number == whole else Share.SOME
    hidden = any(0 < each < LEAST for each in (number, whole - number, whole))
    return Part(share, None if hidden and number > 0 else number)


def people_in(units: Sequence[UnitDiagnosis]) -> int:
    """At least so many people who answered, in tens: the low ends of their bands, added up."""
    return sum(_low(unit.people) for unit in units) // _PEOPLE_STEP * _PEOPLE_STEP


def _low(people: int | PeopleBand | None) -> int:
    return people.low if isinstance(people, PeopleBand) else people or 0
