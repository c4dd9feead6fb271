"""Which kinds of comparison are possible here, in order of preference, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.team import Team, checked_teams
from lerend.wording import Message, say

LEAST_TEAMS: Final = {
    Kind.LOTTERY: 6,
    Kind.STEPPED: 6,
    Kind.TIE_BREAKER: 8,
    Kind.CUT_OFF: 16,
    Kind.ENCOURAGEMENT: 16,
    Kind.COMPARISON: 6,
    Kind.BEFORE_AFTER: 1,
}
LEAST_WAVES: Final = {Kind.STEPPED: 4}
"""Two for all others."""
LEAST_FIRM: Final = 8
"""Teams below which not even the clearest lot can be told from chance at a p of .05."""
LEAST_BESIDE: Final = 3
"""Teams on either side of a comparison with another company."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What people say can be done.

    Attributes:
        waves: measurements that are possible, the one before the start included.
        may_wait: some teams can wait until after the last measurement.
        may_step: teams can begin one group after another.
        accept_lot: those concerned accept that a lot decides.
        score_announced: it was said beforehand that motivation would be measured, and how it would count.
        may_decline: teams are free not to begin although they are invited.
    """

    waves: int = 2
    may_wait: bool = True
    may_step: bool = True
    accept_lot: bool = True
    score_announced: bool = False
    may_decline: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of comparison, whether it can be done here, and why or why not."""

    kind: Kind
    possible: bool
    why: tuple[Message, ...]


def choose_design(teams: Sequence[Team], circumstances: Circumstances) -> tuple[Choice, ...]:
    """All kinds in order of preference; take the first that is possible, unless people have a reason not to.

    Raises:
        DesignIsWrong: the teams are not right.
    """
    steady = checked_teams(teams)
    return tuple(_choice(kind, steady, circumstances) for kind in Kind)


def preferred(choices: Sequence[Choice]) -> Choice | None:
    """The first that is possible."""
    return next((choice for choice in choices if choice.possible), None)


def _choice(kind: Kind, teams: Sequence[Team], here: Circumstances) -> Choice:
    against = [*_too_few(kind, teams, here), *_not_allowed(kind, here), *_not_measured(kind, teams, here)]
    why = tuple(against) or (_strength(kind), *_warnings(kind, teams))
    return Choice(kind, possible=not against, why=why)


def _too_few(kind: Kind, teams: Sequence[Team], here: Circumstances) -> list[Message]:
    found = []
    joining = [team for team in teams if team.joins]
    beside = len(teams) - len(joining)
    counted = len(teams) if kind is Kind.COMPARISON else len(joining)
    if counted < LEAST_TEAMS[kind]:
        found.append(
            say(
                "It needs {least} teams or more that can be counted at every measurement; there are {teams}.",
                least=LEAST_TEAMS[kind],
                teams=counted,
            )
        )
    if kind is Kind.COMPARISON and min(beside, len(joining)) < LEAST_BESIDE:
        found.append(say("It needs three teams or more that begin, and three of another company that do not."))
    waves = LEAST_WAVES.get(kind, 2)
    if here.waves < waves:
        found.append(say("It needs {least} measurements or more; there are {waves}.", least=waves, waves=here.waves))
    return found


def _not_allowed(kind: Kind, here: Circumstances) -> list[Message]:
    found = []
    if kind.by_lot and not here.accept_lot:
        found.append(say("A lot is not accepted here."))
    if kind in {Kind.LOTTERY, Kind.TIE_BREAKER, Kind.CUT_OFF} and not here.may_wait:
        found.append(say("No team can wait until after the last measurement."))
    if kind is Kind.STEPPED and not here.may_step:
        found.append(say("Teams cannot begin one group after another."))
    if kind is Kind.ENCOURAGEMENT and not here.may_decline:
        found.append(say("Teams are not free to decline an invitation."))
    return found


def _not_measured(kind: Kind, teams: Sequence[Team], here: Circumstances) -> list[Message]:
    if not kind.needs_motivation:
        return []
    if any(team.motivation is None for team in teams if team.joins):
        return [say("Motivation was not measured in every team.")]
    return [] if here.score_announced else [say("It was not announced that motivation would decide.")]


def _strength(kind: Kind) -> Message:
    why = {
        Kind.LOTTERY: say("The fairest comparison: a lot makes groups that differ by chance only."),
        Kind.STEPPED: say("Every team begins within the pilot, and the lot of the order makes it fair."),
        Kind.TIE_BREAKER: say(
            "The most motivated begin for certain. The lot in the middle keeps it fair, at about a quarter more uncertainty."
        ),
        Kind.CUT_OFF: say(
            "Fair near the limit, where the score is the only thing that decides; about twice as uncertain."
        ),
        Kind.ENCOURAGEMENT: say("The lot is about the invitation only; the fewer teams follow it, the more uncertain."),
        Kind.COMPARISON: say(
            "Better than nothing to compare with. Both companies may differ in more than the approach."
        ),
        Kind.BEFORE_AFTER: say("Shows whether something changed, never why. It may not be called an effect."),
    }
    return why[kind]


def _warnings(kind: Kind, teams: Sequence[Team]) -> list[Message]:
    joining = sum(team.joins for team in teams)
    if kind is Kind.LOTTERY and joining < LEAST_FIRM:
        return [say("Below {least} teams even a very clear outcome can be chance.", least=LEAST_FIRM)]
    return []
