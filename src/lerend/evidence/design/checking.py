"""Drawing a lot again, ticket by ticket, to see that it was drawn as the plan says."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.lot import ALGORITHM, ticket
from lerend.evidence.design.pilot import Assigned, PilotDesign
from lerend.evidence.design.team import DesignIsWrong, Team
from lerend.wording import Message, say


@dataclass(frozen=True, slots=True)
class Ticket:
    """What anybody can compute for one team: the digits that decided, and what the plan says came of them."""

    block: str
    team: str
    digits: str
    begins: int | None


@dataclass(frozen=True, slots=True)
class LotCheck:
    """Whether the lot of a plan is what its seed gives.

    Attributes:
        tickets: per block in the order in which they were drawn; teams for whom no lot decided have none.
        differ: teams that the seed places elsewhere.
    """

    right: bool
    tickets: tuple[Ticket, ...]
    differ: tuple[str, ...]
    sentence: Message


def check_lot(design: PilotDesign) -> LotCheck:
    """Draws again from the stored seed and compares."""
    if not design.kind.by_lot:
        return LotCheck(right=True, tickets=(), differ=(), sentence=say("No lot decided here."))
    if design.algorithm != ALGORITHM:
        sentence = say("This lot was drawn by a rule that is not known here ({rule}).", rule=design.algorithm)
        return LotCheck(right=False, tickets=(), differ=(), sentence=sentence)
    tickets = _tickets(design)
    differ = _different(design)
    if differ:
        sentence = say("The seed gives another order than the plan: {teams}.", teams=differ)
    else:
        sentence = say("Drawn again from the seed: every team has the place that the plan says.")
    return LotCheck(right=not differ, tickets=tickets, differ=differ, sentence=sentence)


def _tickets(design: PilotDesign) -> tuple[Ticket, ...]:
    found = [
        Ticket(one.block, one.team, ticket(design.seed, one.block, one.team), one.begins)
        for one in design.placements
        if one.assigned is Assigned.LOT
    ]
    return tuple(sorted(found, key=lambda one: (one.block, one.digits)))


def _different(design: PilotDesign) -> tuple[str, ...]:
    teams = [Team(one.team, one.organisation, one.people, one.motivation) for one in design.placements]
    try:
        again = design_pilot(design.kind, teams, waves=design.waves, seed=design.seed, scale=design.scale)
    except DesignIsWrong:
        return design.teams
    pairs = zip(design.placements, again.placements, strict=True)
    return tuple(one.team for one, other in pairs if one != other)
