"""The columns that several tables share, and what their codes mean."""

from __future__ import annotations

from typing import Final

from lerend.diagnosis.result import Estimate
from lerend.disclosure.bands import PeopleBand
from lerend.model.structure import OrganisationModel
from lerend.report.files.table import Column, Value
from lerend.report.words import BANDS, EXTREMES, LEVELS, printable
from lerend.wording import Language, Message, say

POINTS: Final = say("points on the scale of 1 to 5")
YES_NO: Final = (("yes", say("yes")), ("no", say("no")))

ORGANISATION: Final = Column("organisation", say("Organisation"), 24)
UNIT: Final = Column("unit", say("Unit"), 28, note=say("Names from the outside in; empty for the whole organisation."))
LEVEL: Final = Column("level", say("Level"), 12, values=tuple((level.value, words) for level, words in LEVELS.items()))
SCALE: Final = Column("scale", say("Scale"), 28, note=say("The id in the organisation model."))
TOPIC: Final = Column("topic", say("Topic"), 34)
PEOPLE: Final = (
    Column(
        "people_low", say("People, from"), 9, unit=say("people"),
        note=say("Numbers of people are given in bands, never exactly."),
    ),
    Column("people_high", say("People, to"), 9, unit=say("people"), note=say("Empty: this many or more.")),
)  # fmt: skip
WORDS: Final = Column(
    "words", say("In words"), 14, values=tuple((extreme.value, words) for extreme, words in EXTREMES.items()),
    note=say("Stands in place of a number that would tell what each person answered."),
)  # fmt: skip
MOST_ROOM: Final = Column(
    "most_room", say("Most room"), 14, values=tuple((band.value, words) for band, words in BANDS.items()),
    note=say("How sure we are that the topic is among those with most room. Never finer than three steps."),
)  # fmt: skip


def estimate_columns(id: str, label: Message, unit: Message = POINTS, *, decimals: int = 1) -> tuple[Column, ...]:
    """A value and the ends of its 95 % interval."""
    return (
        Column(id, label, 10, unit=unit, decimals=decimals),
        Column(f"{id}_low", say("Low (95 %)"), 10, unit=unit, decimals=decimals),
        Column(f"{id}_high", say("High (95 %)"), 10, unit=unit, decimals=decimals),
    )


def estimate_values(estimate: Estimate | None) -> tuple[Value, ...]:
    return (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)


def people_values(people: int | PeopleBand | None) -> tuple[Value, Value]:
    """Both ends of a band; a number that is known exactly is both of its ends."""
    if people is None:
        return None, None
    return (people.low, people.high) if isinstance(people, PeopleBand) else (people, people)


def yes_or_no(*, answer: bool) -> str:
    return "yes" if answer else "no"


def topic_of(model: OrganisationModel, scale: str, language: Language) -> str:
    """The name of a scale; its id where this version of the model does not know it."""
    return printable(model.name_of(scale).in_language(language)) if scale in model.scales else printable(scale)
