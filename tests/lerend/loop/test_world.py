"""The made-up world: what approaches do there, how it fades, and that it knows nothing of the methods."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np

import lerend.loop.world
from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.world.answering import People
from lerend.loop.world.life import TOP, Life
from lerend.loop.world.numbers import POINTS, Stress
from tests.lerend.loop.made import small_world


def test_world_reads_nothing_of_the_methods() -> None:
    home = Path(lerend.loop.world.__file__).parent
    imported = {
        node.module
        for path in home.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lerend")
    }
    assert imported
    assert all(name.startswith("lerend.loop.world") for name in imported), imported


def test_same_seed_makes_the_same_world_and_another_seed_another() -> None:
    one, again, other = small_world(3), small_world(3), small_world(4)
    assert np.array_equal(one.effect, again.effect)
    assert np.array_equal(one.team_value, again.team_value)
    assert one.effect.shape != other.effect.shape or not np.array_equal(one.effect, other.effect)


def test_nothing_improves_where_nothing_is_begun() -> None:
    life = Life(small_world())
    assert life.improvement() == 0.0
    assert not life.lift().any()


def test_lift_is_effect_times_dose_until_the_top_comes_near() -> None:
    world = small_world()
    approach = int(np.argmax(world.effect[0]))
    team = world.teams_of(0)[:1]
    life = Life(world)
    life.begin(approach, team)
    factor = world.approaches.target[approach]
    pull = 1.0 if world.volunteers[team[0]] else world.numbers.hangs_back
    raw = POINTS * world.effect[0, approach] * life.dose[team[0], approach] * pull
    lift = life.lift()[team[0], factor]
    room = TOP - world.team_value[team[0], factor]
    assert 0 < lift < raw
    assert np.isclose(lift, room * (1 - np.exp(-raw / room)))
    assert not life.lift()[world.teams_of(1)].any()


def test_what_is_not_kept_up_fades_faster_and_what_is_stopped_fades_too() -> None:
    world = small_world()
    teams = np.array([0, 1, 2])
    life = Life(world)
    life.begin(0, teams)
    nothing = np.zeros(life.since.shape, dtype=bool)
    life.pass_half_year(nothing)
    assert np.allclose(life.strength[teams, 0], world.numbers.fades_kept)
    kept = nothing.copy()
    kept[0, 0] = True
    life.stop(0, teams[2:])
    life.pass_half_year(kept)
    first, second, third = life.strength[teams, 0]
    assert first > second == third


def test_growing_effects_are_half_at_first() -> None:
    life = Life(small_world(stress=Stress.GROWING))
    teams = np.array([0])
    life.begin(0, teams)
    assert life.strength[0, 0] == 0.5
    life.pass_half_year(np.ones(life.since.shape, dtype=bool))
    assert life.strength[0, 0] == 1.0


def test_no_approach_does_anything_in_a_world_without_effects() -> None:
    world = small_world(stress=Stress.NO_EFFECTS)
    assert not world.effect.any()
    assert not world.approaches.works.any()


def test_attrition_takes_low_scorers_away_only_where_a_team_has_begun() -> None:
    asked = packaged_questionnaire()
    world = small_world(stress=Stress.ATTRITION, leaving=0.9)
    everybody = np.arange(len(world.team_people))
    people, life = People(world, asked.measures), Life(world)
    approach = 0
    factor = int(world.approaches.target[approach])
    before = people.pulse(life, factor, everybody, approach)
    life.begin(approach, everybody)
    life.strength[:] = 0.0
    after = people.pulse(life, factor, everybody, approach)
    assert len(after.team) < len(before.team)
    assert after.codes.mean() > before.codes.mean()
