"""What would make an effect visible that cannot be seen now: more teams, partners with the same gap, one more measurement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import Final

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.permuting import lots_suffice
from lerend.evidence.design.pilot import PilotDesign, Placement
from lerend.evidence.figures import percent
from lerend.evidence.power.precision import Assumed, precision_of
from lerend.evidence.power.tail import power_t
from lerend.wording import Message, say, say_many

MOST_TEAMS: Final = 240
"""More than any programme brings together; then no number of teams is advised."""


class WayKind(StrEnum):
    """What to change."""

    MORE_TEAMS = "more_teams"
    PARTNERS = "partners"
    ONE_MORE_WAVE = "one_more_wave"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Way:
    """One change, and the chance of seeing the effect with it.

    Attributes:
        number: teams in all, or partner companies besides, or measurements in all; 0 where there is no way.
    """

    kind: WayKind
    number: int
    chance: float
    sentence: Message


def ways_to_more(design: PilotDesign, smallest: float, assumed: Assumed, wanted: float) -> tuple[Way, ...]:
    """What gives the wanted chance, or brings it nearer; where nothing does, that is said.

    Args:
        smallest: the effect to be seen, in standard deviations.
        wanted: the chance to reach.
    """
    found = [*_more_teams(design, smallest, assumed, wanted), *_one_more_wave(design, smallest, assumed)]
    if found:
        return tuple(found)
    return (Way(WayKind.NONE, 0, 0.0, say("No number of teams that a programme can bring together would show it.")),)


def chance_with(design: PilotDesign, smallest: float, assumed: Assumed) -> float:
    """Chance of seeing the effect with this design."""
    precision = precision_of(design, assumed)
    return power_t(smallest / precision.se, precision.df)


def _more_teams(design: PilotDesign, smallest: float, assumed: Assumed, wanted: float) -> list[Way]:
    now = len(design.placements)

    def enough(teams: int) -> bool:
        larger = _with_teams(design, teams)
        return lots_suffice(larger) and chance_with(larger, smallest, assumed) >= wanted

    low, high = now, 2 * now
    while not enough(high):
        low, high = high, 2 * high
        if low > MOST_TEAMS:
            return []
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    number = high + high % 2
    if number > MOST_TEAMS:
        return []
    chance = chance_with(_with_teams(design, number), smallest, assumed)
    partners = ceil(number / now) - 1
    return [
        Way(
            WayKind.MORE_TEAMS,
            number,
            chance,
            say("With {teams} teams in all, the chance is {chance} %.", teams=number, chance=percent(chance)),
        ),
        Way(
            WayKind.PARTNERS,
            partners,
            chance,
            say_many(
                "Look for {count} partner with the same gap and as many teams.",
                "Look for {count} partners with the same gap and as many teams each.",
                partners,
            ),
        ),
    ]


def _one_more_wave(design: PilotDesign, smallest: float, assumed: Assumed) -> list[Way]:
    if design.kind is Kind.BEFORE_AFTER:
        return []
    longer = _with_wave(design)
    chance = chance_with(longer, smallest, assumed)
    if chance <= chance_with(design, smallest, assumed) + 0.01:
        return []
    sentence = say(
        "With one more measurement ({waves} in all), the chance is {chance} %.",
        waves=longer.waves,
        chance=percent(chance),
    )
    return [Way(WayKind.ONE_MORE_WAVE, longer.waves, chance, sentence)]


def _with_teams(design: PilotDesign, number: int) -> PilotDesign:
    """The same groups with more teams, as large and as motivated as those that are there."""
    there = design.placements
    order = sorted(there, key=lambda one: (one.begins is None, one.begins or 0, one.team))
    # Groups take turns, so that they stay about as large as each other.
    groups = [[one for one in order if one.begins == arm.begins] for arm in design.arms]
    placements = []
    for place in range(number):
        group = groups[place % len(groups)]
        placements.append(_copy(group[(place // len(groups)) % len(group)], place))
    return replace(design, placements=tuple(placements))


def _with_wave(design: PilotDesign) -> PilotDesign:
    """One more measurement at the end; in a stepped start also one more group, where there are teams enough."""
    steps = len(design.arms)
    if design.kind is not Kind.STEPPED or len(design.placements) <= steps:
        return replace(design, waves=design.waves + 1)
    order = sorted(design.placements, key=lambda one: (one.begins or 0, one.team))
    ends = [round(len(order) * group / (steps + 1)) for group in range(steps + 2)]
    placements = tuple(
        replace(one, begins=group + 1) for group in range(steps + 1) for one in order[ends[group] : ends[group + 1]]
    )
    return replace(design, placements=placements, waves=design.waves + 1)


def _copy(one: Placement, number: int) -> Placement:
    return replace(one, team=f"{one.team} {number}")
