"""From teams and a seed to a design: who begins when. One function for each kind of comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lerend.evidence.design.blocks import ALL, LEAST, Block, blocks_of
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.lot import ALGORITHM, drawn, heads
from lerend.evidence.design.pilot import Assigned, PilotDesign, Placement
from lerend.evidence.design.team import Team, checked_teams, wrong
from lerend.wording import say

QUARTER: Final = 0.25
"""Share of the teams for whom motivation decides, on either side of a tie-breaker."""
LEFT: Final = "left over"
FIRST_GROUP: Final = "first group"


@dataclass(frozen=True, slots=True)
class _Wish:
    waves: int
    seed: str
    limit: float | None


def design_pilot(
    kind: Kind,
    teams: Sequence[Team],
    *,
    waves: int = 2,
    seed: str = "",
    scale: str = "",
    limit: float | None = None,
) -> PilotDesign:
    """Places every team. The same arguments always give the same design, in whatever order the teams come.

    Args:
        kind: how the pilot compares.
        teams: all of them; those that cannot be counted by themselves are left out, and named.
        waves: measurements, the one before the start included; a stepped start has one group less than that.
        seed: text for the lots: drawn or called out in public, and kept.
        scale: id of the announced scale of motivation.
        limit: of a cut-off; the mean of the teams' motivation where none is given.

    Raises:
        DesignIsWrong: the teams or the wishes do not make this kind of pilot.
    """
    steady = checked_teams(teams)
    taking = steady if kind is Kind.COMPARISON else tuple(team for team in steady if team.joins)
    _check(kind, taking, waves, seed)
    placed = _PLACE[kind](taking, _Wish(waves, seed, limit))
    return PilotDesign(
        kind=kind,
        placements=tuple(sorted(placed, key=lambda one: one.team)),
        waves=waves,
        seed=seed if kind.by_lot else "",
        algorithm=ALGORITHM if kind.by_lot else "",
        scale=scale,
        left_out=tuple(sorted(team.id for team in teams if not team.steady)),
    )


def _check(kind: Kind, teams: Sequence[Team], waves: int, seed: str) -> None:
    least = 3 if kind is Kind.STEPPED else 2
    if waves < least:
        raise wrong(say("There are too few measurements."), say("Plan at least {least}.", least=least))
    if len(teams) < 2 and kind is not Kind.BEFORE_AFTER:
        raise wrong(say("There is nothing to compare with one team."), say("Find more teams that want to take part."))
    if not teams:
        raise wrong(say("No team takes part."), say("Find teams that want to take part."))
    if kind.by_lot and (not seed or "\n" in seed):
        raise wrong(
            say("A lot needs a seed on one line."), say("Draw or call out a number in public, and write it down.")
        )
    if kind.needs_motivation and any(team.motivation is None for team in teams):
        raise wrong(
            say("Motivation is not known of every team."), say("Measure it before the start, or take another kind.")
        )


def _lottery(teams: Sequence[Team], wish: _Wish) -> list[Placement]:
    begins = _halves(blocks_of(teams), wish.seed)
    return [_placed(team, block, Assigned.LOT, begins[team.id]) for block in blocks_of(teams) for team in block.teams]


def _halves(blocks: Sequence[Block], seed: str) -> dict[str, int | None]:
    """Half of each block begins. Whoever is left over draws again with the others left over; a coin decides on the last."""
    begins: dict[str, int | None] = {}
    left: list[str] = []
    for block in blocks:
        order = drawn(seed, block.name, [team.id for team in block.teams])
        half = len(order) // 2
        begins |= _starts(order[:half], order[half : 2 * half])
        left += order[2 * half :]
    order = drawn(seed, LEFT, left)
    half = len(order) // 2 + (len(order) % 2 if heads(seed, LEFT) else 0)
    return begins | _starts(order[:half], order[half:])


def _starts(now: Sequence[str], later: Sequence[str]) -> dict[str, int | None]:
    return {**dict.fromkeys(now, 1), **dict.fromkeys(later)}


def _stepped(teams: Sequence[Team], wish: _Wish) -> list[Placement]:
    """Each block is dealt over the groups like cards, going on where the block before it ended."""
    steps = wish.waves - 1
    if len(teams) < steps:
        raise wrong(say("There are more groups than teams."), say("Plan fewer measurements, or find more teams."))
    names = [str(number + 1) for number in range(steps)]
    next_group = int(drawn(wish.seed, FIRST_GROUP, names)[0]) - 1
    placed = []
    for block in blocks_of(teams, least=max(LEAST, steps)):
        by_id = {team.id: team for team in block.teams}
        for name in drawn(wish.seed, block.name, by_id):
            placed.append(_placed(by_id[name], block, Assigned.LOT, next_group % steps + 1))
            next_group += 1
    return placed


def _tie_breaker(teams: Sequence[Team], wish: _Wish) -> list[Placement]:
    ordered = sorted(teams, key=lambda team: (-(team.motivation or 0.0), team.id))
    ends = max(1, round(len(ordered) * QUARTER))
    top, middle, bottom = ordered[:ends], ordered[ends : len(ordered) - ends], ordered[len(ordered) - ends :]
    if len(middle) < 2:
        raise wrong(
            say("There are too few teams in the middle for a lot."),
            say("Find at least four teams, better eight or more."),
        )
    block = Block(ALL, tuple(sorted(middle, key=lambda team: team.id)))
    begins = _halves([block], wish.seed)
    nowhere = Block("", ())
    return [
        *(_placed(team, nowhere, Assigned.SCORE, 1) for team in top),
        *(_placed(team, block, Assigned.LOT, begins[team.id]) for team in middle),
        *(_placed(team, nowhere, Assigned.SCORE, None) for team in bottom),
    ]


def _cut_off(teams: Sequence[Team], wish: _Wish) -> list[Placement]:
    scores = [team.motivation or 0.0 for team in teams]
    limit = wish.limit if wish.limit is not None else sum(scores) / len(scores)
    begins = [1 if score >= limit else None for score in scores]
    if len(set(begins)) < 2:
        raise wrong(say("All teams are on the same side of the limit."), say("Choose another limit."))
    nowhere = Block("", ())
    return [_placed(team, nowhere, Assigned.SCORE, start) for team, start in zip(teams, begins, strict=True)]


def _comparison(teams: Sequence[Team], wish: _Wish) -> list[Placement]:
    if len({team.joins for team in teams}) < 2:
        raise wrong(
            say("There are no teams to compare with, or none that begin."),
            say("Find a company that is measured at the same times and goes on as it did."),
        )
    return _chosen(teams, wish)


def _chosen(teams: Sequence[Team], _: _Wish) -> list[Placement]:
    nowhere = Block("", ())
    return [_placed(team, nowhere, Assigned.CHOICE, 1 if team.joins else None) for team in teams]


def _placed(team: Team, block: Block, assigned: Assigned, begins: int | None) -> Placement:
    return Placement(team.id, team.organisation, team.people, block.name, assigned, begins, team.motivation)


_PLACE: Final[Mapping[Kind, Callable[[Sequence[Team], _Wish], list[Placement]]]] = {
    Kind.LOTTERY: _lottery,
    Kind.STEPPED: _stepped,
    Kind.TIE_BREAKER: _tie_breaker,
    Kind.CUT_OFF: _cut_off,
    Kind.ENCOURAGEMENT: _lottery,
    Kind.COMPARISON: _comparison,
    Kind.BEFORE_AFTER: _chosen,
}
