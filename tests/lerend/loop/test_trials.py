"""Fair trials: lots where they are accepted, verdicts from released means, and nothing adopted without a comparison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Cell
from lerend.evidence.design.kinds import Kind
from lerend.loop.rounds import company_name, team_name
from lerend.loop.trials import fair_trials, judged_fairly, plain_trial, volunteers_of
from lerend.loop.world.companies import World
from tests.lerend.loop.made import small_world


def cells(world: World, wave: int, higher: dict[int, float] | None = None) -> dict[str, Cell]:
    rng = np.random.default_rng(wave)
    found = {}
    for team, company in enumerate(world.company_of_team):
        mean = round(3.0 + 0.1 * rng.standard_normal() + (higher or {}).get(team, 0.0), 1)
        path = (company_name(int(company)), team_name(team))
        found[team_name(team)] = Cell("units", path, "any", (path,), PeopleBand(10, 19), mean)
    return found


def test_half_of_the_volunteers_begin_by_lot_and_a_clear_effect_is_adopted() -> None:
    world = small_world(people=(100, 150))
    before = cells(world, 0)
    (trial,) = fair_trials(world, 0, range(6), before, "seed")
    assert trial.design is not None
    assert trial.design.kind is Kind.LOTTERY
    assert set(trial.begin) < set(volunteers_of(world, range(6)))
    assert abs(2 * len(trial.begin) - len(trial.design.placements)) <= 1
    clear = judged_fairly(trial, cells(world, 1, dict.fromkeys(map(int, trial.begin), 0.8)), deviation=0.9, dose=0.9)
    assert clear.adopt
    assert clear.effect is not None
    assert clear.effect.is_effect
    nothing = judged_fairly(trial, cells(world, 1), deviation=0.9, dose=0.9)
    assert not nothing.adopt


def test_companies_that_accept_no_lot_are_compared_and_never_adopt() -> None:
    world = small_world(people=(100, 150))
    refusing = replace(world, accepts_lot=np.zeros(6, dtype=bool))
    (trial,) = fair_trials(refusing, 0, range(6), cells(world, 0), "seed")
    assert trial.design is not None
    assert trial.design.kind is Kind.COMPARISON
    clear = judged_fairly(trial, cells(world, 1, dict.fromkeys(map(int, trial.begin), 0.8)), deviation=0.9, dose=0.9)
    assert not clear.adopt
    assert clear.again


def test_too_few_teams_compare_with_nothing_and_nothing_is_concluded() -> None:
    world = small_world()
    (trial,) = fair_trials(world, 0, [0], {}, "seed")
    assert trial.design is None
    found = judged_fairly(trial, cells(world, 1), deviation=0.9, dose=0.9)
    assert (found.adopt, found.again, found.effect) == (False, True, None)


def test_today_all_volunteers_begin() -> None:
    world = small_world()
    trial = plain_trial(world, 0, 2)
    assert trial.begin.tolist() == volunteers_of(world, [2]).tolist()
