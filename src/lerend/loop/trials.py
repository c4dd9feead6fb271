"""Trials of a year: who tries what together, who begins, and what is concluded half a year later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_ASKED, AnswerBatch
from lerend.disclosure.cells import Cell
from lerend.errors import LerendError
from lerend.evidence.design.choosing import Circumstances, choose_design, preferred
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.design.team import Team
from lerend.evidence.effects.effect import Effect
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import Measured
from lerend.evidence.verdict import Fidelity, Verdict, VerdictRule, judge
from lerend.loop.rounds import company_name, team_name
from lerend.loop.world.companies import World

Places = NDArray[np.intp]

RULE: Final = VerdictRule()
USUAL_POINTS: Final = 0.8
"""Points of the scale that count as one standard deviation where people look at means only."""
UNLIKELY: Final = 1.96


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One approach, tried by companies together.

    Attributes:
        teams: all that take part; `begin`: those that begin now.
        before: released means of teams before the start, where they are compared.
        design: frozen before the start; None where nothing is compared.
    """

    approach: int
    companies: tuple[int, ...]
    teams: Places
    begin: Places
    before: Mapping[str, Cell] = field(default_factory=dict)
    design: PilotDesign | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial led to.

    Attributes:
        again: it may be tried again: it was neither adopted nor stopped.
        effect: None where nothing was estimated.
    """

    adopt: bool
    again: bool = False
    effect: Effect | None = None


def volunteers_of(world: World, companies: Sequence[int]) -> Places:
    """Teams of these companies that would begin if asked."""
    return np.flatnonzero(np.isin(world.company_of_team, companies) & world.volunteers)


def plain_trial(world: World, approach: int, company: int) -> Trial:
    """All that volunteer begin at once."""
    teams = volunteers_of(world, [company])
    return Trial(approach, (company,), teams, teams)


def fair_trials(
    world: World, approach: int, companies: Sequence[int], cells: Mapping[str, Cell], seed: str
) -> list[Trial]:
    """Trials with the best comparison that is possible; companies that accept no lot make one of their own.

    Args:
        cells: released means of teams before the start.
        seed: called out in public.
    """
    groups: dict[bool, list[int]] = defaultdict(list)
    for company in companies:
        groups[bool(world.accepts_lot[company])].append(company)
    return [_fair(world, approach, tuple(group), cells, seed, lot=lot) for lot, group in groups.items()]


def _fair(
    world: World, approach: int, companies: tuple[int, ...], cells: Mapping[str, Cell], seed: str, *, lot: bool
) -> Trial:
    places = volunteers_of(world, companies)
    joins = np.ones(len(places), dtype=bool) if lot else world.hunch[places] >= np.median(world.hunch[places])
    teams = [
        _team(world, int(place), cells.get(team_name(int(place))), joins=bool(one))
        for place, one in zip(places, joins, strict=True)
    ]
    choice = preferred(choose_design(teams, Circumstances(may_step=False, accept_lot=lot)))
    if choice is None or not choice.kind.estimates_effect:
        return Trial(approach, companies, places, places[joins], cells)
    design = design_pilot(choice.kind, teams, waves=2, seed=seed)
    place_of = {team_name(int(place)): int(place) for place in places}
    begin = [place_of[one.team] for one in design.placements if one.begins is not None]
    return Trial(approach, companies, places, np.array(sorted(begin), dtype=np.intp), cells, design)


def _team(world: World, place: int, cell: Cell | None, *, joins: bool) -> Team:
    company = company_name(int(world.company_of_team[place]))
    steady = cell is not None and cell.mean is not None
    return Team(team_name(place), company, cell.people.low if cell else 1, steady=steady, joins=joins)


def judged_fairly(trial: Trial, after: Mapping[str, Cell], *, deviation: float, dose: float) -> Found:
    """The verdict by the frozen rule, from released means of teams."""
    design = trial.design
    if design is None:
        return Found(adopt=False, again=True)
    measured = _measured(design.teams, (trial.before, after))
    try:
        effect = estimate_effect(
            measured, design, smallest=RULE.smallest, deviation=deviation, seed=int(design.digest[:8], 16)
        )
    except LerendError:
        return Found(adopt=False, again=True)
    verdict = judge(effect, Fidelity(dose=dose), RULE).verdict
    return Found(verdict is Verdict.ADOPT, verdict in {Verdict.ADAPT, Verdict.CANNOT_TELL}, effect)


def _measured(teams: Sequence[str], waves: Sequence[Mapping[str, Cell]]) -> Measured:
    people, mean = np.zeros((len(teams), len(waves))), np.full((len(teams), len(waves)), np.nan)
    for wave, cells in enumerate(waves):
        for row, team in enumerate(teams):
            cell = cells.get(team)
            if cell is not None and cell.mean is not None:
                people[row, wave], mean[row, wave] = cell.people.low, cell.mean
    return Measured(tuple(teams), people, mean, np.full(mean.shape, np.nan))


def judged_by_change(trial: Trial, before: AnswerBatch, after: AnswerBatch, *, strict: bool) -> Found:
    """Adopt where those who began score at least the smallest effect worth having higher than before.

    Args:
        strict: the change must also be unlikely by chance (p below .05, between people).
    """
    first, second = _scores(before, trial.begin), _scores(after, trial.begin)
    if min(len(first), len(second)) < 2:
        return Found(adopt=False)
    change = float(second.mean() - first.mean())
    error = float(np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)))
    enough = change >= RULE.smallest * USUAL_POINTS
    return Found(enough and (not strict or change > UNLIKELY * error))


def _scores(table: AnswerBatch, teams: Places) -> NDArray[np.float64]:
    """Mean answer of each person in these teams."""
    names = {team_name(int(team)) for team in teams}
    rows = np.array([path[1] in names for path in table.paths], dtype=bool)[table.group]
    codes = table.codes[rows]
    known = codes != NOT_ASKED
    answered = known.any(axis=1)
    return np.asarray((codes * known)[answered].sum(axis=1) / known[answered].sum(axis=1), dtype=np.float64)
