"""Blocks within which lots are drawn: teams of one organisation and of about the same motivation.

Blocks make the groups alike beforehand. Too many leave too few possible lots, so that even the clearest outcome could come
by chance: blocks are made coarser until a two-sided p of .05 can be reached, where the number of teams allows that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, prod
from typing import Final

from lerend.evidence.design.team import Team

LEAST: Final = 4
"""Teams in a block."""
MOST_STRATA: Final = 4
ENOUGH: Final = 40
"""Possible lots: the two most extreme of forty are a p of .05."""
SEVERAL: Final = "several organisations"
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Block:
    """Teams among which one lot is drawn; the name is part of every ticket."""

    name: str
    teams: tuple[Team, ...]


def blocks_of(teams: Sequence[Team], least: int = LEAST) -> tuple[Block, ...]:
    """The finest blocks that leave enough possible lots.

    Args:
        teams: those for which the lot decides.
        least: teams in a block, at least the number of groups that are drawn.
    """
    companies = _by_organisation(teams, least)
    finest = tuple(block for company in companies for block in _by_motivation(company, least))
    for blocks in (finest, companies):
        if ways_in(blocks) >= ENOUGH:
            return blocks
    return (Block(ALL, tuple(teams)),)


def ways_in(blocks: Sequence[Block]) -> int:
    """How many ways there are to let half of each block begin."""
    return prod(comb(len(block.teams), len(block.teams) // 2) for block in blocks)


def _by_organisation(teams: Sequence[Team], least: int) -> tuple[Block, ...]:
    names = sorted({team.organisation for team in teams})
    if len(names) == 1:
        return (Block(ALL, tuple(teams)),)
    parts = {name: tuple(team for team in teams if team.organisation == name) for name in names}
    large = [Block(name, part) for name, part in parts.items() if len(part) >= least]
    small = tuple(team for name in names if len(parts[name]) < least for team in parts[name])
    if small and len(small) < least:
        return (Block(ALL, tuple(teams)),)
    return (*large, *((Block(SEVERAL, small),) if small else ()))


def _by_motivation(block: Block, least: int) -> tuple[Block, ...]:
    """From the most to the least motivated, in parts as equal as can be; one part where a score is missing."""
    scores = {team.id: team.motivation for team in block.teams if team.motivation is not None}
    strata = min(MOST_STRATA, len(block.teams) // least)
    if strata < 2 or len(scores) < len(block.teams):
        return (block,)
    ordered = sorted(block.teams, key=lambda team: (-scores[team.id], team.id))
    ends = [round(len(ordered) * number / strata) for number in range(strata + 1)]
    return tuple(
        Block(f"{block.name}, motivation {number + 1} of {strata}", tuple(ordered[ends[number] : ends[number + 1]]))
        for number in range(strata)
    )
