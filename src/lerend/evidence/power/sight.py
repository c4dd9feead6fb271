"""What a pilot could see and with which chance, in plain words, before it starts; and what would make more visible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lerend.evidence.design.permuting import BY_LOT, LEVEL, least_p, lots_suffice
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.figures import decimal, percent
from lerend.evidence.power.precision import Assumed, precision_of
from lerend.evidence.power.tail import power_t, smallest_seen
from lerend.evidence.power.ways import Way, ways_to_more
from lerend.wording import Message, say

ENOUGH: Final = 0.8
"""Chance of seeing an effect that is called good."""
HARDLY: Final = 0.5
"""Below this chance it is more often missed than seen."""
USUAL_DEVIATION: Final = 0.8
"""Points of the 1 to 5 scale between people, where a company's own are not known."""


class Standing(StrEnum):
    """Whether the smallest effect worth having would be seen."""

    CAN_BE_SHOWN = "can_be_shown"
    MAY_BE_MISSED = "may_be_missed"
    CANNOT_BE_SHOWN = "cannot_be_shown"
    NEVER = "never"
    """No number of teams makes it an effect: there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a design could see.

    Attributes:
        teams, people: that take part and answer.
        se, df: of the effect, in standard deviations between people.
        smallest: the effect worth having, in standard deviations.
        chance: of seeing that, with a two-sided p of .05 (given that the assumptions hold).
        seen: the effect that would be seen with a chance of 80 %.
        least_p: the smallest p that the lot itself can give; 0 where it is not the test.
        sentences: all this in plain words.
        ways: what would make it possible; empty where it is already.
    """

    teams: int
    people: int
    se: float
    df: float
    smallest: float
    chance: float
    seen: float
    least_p: float
    standing: Standing
    sentences: tuple[Message, ...]
    ways: tuple[Way, ...]


def sight_of(
    design: PilotDesign,
    smallest: float,
    *,
    assumed: Assumed | None = None,
    deviation: float = USUAL_DEVIATION,
) -> Sight:
    """What the design could see of an effect of this size.

    Before lots are drawn, ask it of a design with any seed: which teams begin hardly changes the answer.

    Args:
        smallest: the smallest effect worth having, in standard deviations between people; above 0.
        assumed: how alike people in a team answer, and how steadily.
        deviation: standard deviation between people in points of the scale, for the sentences.

    Raises:
        ValueError: no positive effect, or a design that cannot tell its effect from time.
    """
    if smallest <= 0:
        raise ValueError("the smallest effect worth having is above 0")
    assumed = assumed or Assumed()
    precision = precision_of(design, assumed)
    chance = power_t(smallest / precision.se, precision.df)
    smallest_p = _least_p(design)
    standing = _standing(design, chance)
    ways = (
        () if standing in {Standing.CAN_BE_SHOWN, Standing.NEVER} else ways_to_more(design, smallest, assumed, ENOUGH)
    )
    found = Sight(
        teams=len(design.placements),
        people=sum(one.people for one in design.placements),
        se=precision.se,
        df=precision.df,
        smallest=smallest,
        chance=chance,
        seen=smallest_seen(precision.se, precision.df, ENOUGH),
        least_p=smallest_p,
        standing=standing,
        sentences=(),
        ways=ways,
    )
    return replace(found, sentences=_sentences(found, deviation, assumed))


def _least_p(design: PilotDesign) -> float:
    few = design.kind.tested_by_lot and len(design.placements) <= BY_LOT
    return least_p(design) if few else 0.0


def _standing(design: PilotDesign, chance: float) -> Standing:
    if not design.kind.estimates_effect:
        return Standing.NEVER
    if chance < HARDLY or not lots_suffice(design):
        return Standing.CANNOT_BE_SHOWN
    return Standing.CAN_BE_SHOWN if chance >= ENOUGH else Standing.MAY_BE_MISSED


def _sentences(found: Sight, deviation: float, assumed: Assumed) -> tuple[Message, ...]:
    size = say(
        "{teams} teams take part, with {people} people who answer. The smallest effect worth having is {points} of a point "
        "on the scale from 1 to 5 ({smallest} standard deviations).",
        teams=found.teams,
        people=found.people,
        points=decimal(found.smallest * deviation),
        smallest=decimal(found.smallest),
    )
    if found.standing is Standing.NEVER:
        return (
            size,
            say("A before and an after cannot show an effect, however many teams take part. They show a change only."),
        )
    verdict = {
        Standing.CAN_BE_SHOWN: say(
            "If it is there, it will be seen with a chance of {chance} %.", chance=percent(found.chance)
        ),
        Standing.MAY_BE_MISSED: say(
            "If it is there, it will be seen with a chance of {chance} %: it may well be missed.",
            chance=percent(found.chance),
        ),
        Standing.CANNOT_BE_SHOWN: say(
            "It cannot be shown with these numbers: if it is there, it will be seen with a chance of {chance} % only.",
            chance=percent(found.chance),
        ),
    }[found.standing]
    limit = say(
        "Seen with a chance of 80 %: an effect of {points} of a point or more ({seen} standard deviations).",
        points=decimal(found.seen * deviation),
        seen=decimal(found.seen),
    )
    lot = (
        (say("Even the clearest outcome keeps a p of {p}: so few lots are possible.", p=decimal(found.least_p)),)
        if found.least_p > LEVEL
        else ()
    )
    basis = say(
        "This takes {icc} % of the differences between people to lie between teams. {source}",
        icc=round(100 * assumed.icc),
        source=assumed.source,
    )
    return (size, verdict, *lot, limit, basis)
