"""A company that wants a learning partner: what it is strong on, where it has room, and what it can and cannot do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from lerend.diagnosis.result import Band, Estimate, Finding, UnitDiagnosis

_EARTH_KM: Final = 6371.0
_SD_OF_95: Final = 2 * 1.959964


@dataclass(frozen=True, slots=True)
class Topic:
    """One factor in one company, as its release says it.

    Attributes:
        strong: probability that it is among the three with the highest scores there; 0 where it is no strength.
        room: probability that it is among those with most room; 0 where that is unlikely or was not ranked.
        score: 1 to 5 with its interval.
    """

    factor: str
    strong: float
    room: float
    score: Estimate


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Company:
    """A company that opted in.

    Attributes:
        id: of whoever asks; nothing is read from it, but that it orders companies that are otherwise equal.
        topics: its factors that are a strength or have room.
        place: where it is; None when it does not matter how far.
        reach_km: how far it wants to travel, as the crow flies; None for any distance.
        capacity: with how many more companies it can talk.
    """

    id: str
    topics: tuple[Topic, ...]
    place: Place | None = None
    reach_km: float | None = None
    capacity: int = 1

    def topic(self, factor: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.factor == factor), None)


def topics_of(company: UnitDiagnosis) -> tuple[Topic, ...]:
    """What a released diagnosis says of a company, as far as partners can be found by it."""
    strong = {strength.factor: strength.probability for strength in company.strengths}
    found = (
        Topic(finding.scale, strong.get(finding.scale, 0.0), _room(finding), finding.score)
        for finding in company.findings
        if finding.score is not None
    )
    return tuple(topic for topic in found if topic.strong or topic.room)


def higher(one: Estimate, other: Estimate) -> float:
    """Probability that the first score is really higher; the two companies are independent of each other."""
    error = math.hypot(one.high - one.low, other.high - other.low) / _SD_OF_95
    if not error:
        return 1.0 if one.value > other.value else 0.5 if one.value == other.value else 0.0
    return 0.5 * (1 + math.erf((one.value - other.value) / error / math.sqrt(2)))


def distance_km(one: Place, other: Place) -> float:
    """As the crow flies, over a round earth (haversine formula)."""
    north, east = math.radians(other.north - one.north), math.radians(other.east - one.east)
    across = math.cos(math.radians(one.north)) * math.cos(math.radians(other.north))
    chord = math.sin(north / 2) ** 2 + across * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(chord))


def near_enough(one: Company, other: Company) -> bool:
    """Whether the distance is within what both want to travel; who says no place or no limit goes anywhere."""
    limits = [company.reach_km for company in (one, other) if company.reach_km is not None]
    if not limits or one.place is None or other.place is None:
        return True
    return distance_km(one.place, other.place) <= min(limits)


def _room(finding: Finding) -> float:
    room = finding.room
    return 0.0 if room is None or room.band is Band.UNLIKELY else room.top_five
