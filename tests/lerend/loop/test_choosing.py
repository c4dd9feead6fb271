"""What a company begins, and that advice sees only what is released."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lerend.loop.catalogue import KnownApproaches
from lerend.loop.choosing import Situation, advised_plans, popular_plans
from lerend.loop.diagnosing import Bottlenecks, bottlenecks_of
from lerend.loop.practice import LEREND, ONLY_CHOICE, PRACTICES, TODAY, Part
from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.released import ReleasedCompanies
from lerend.loop.world.companies import World
from tests.lerend.loop.made import small_world

ASKED = packaged_questionnaire()


def situation(world: World, *, below: frozenset[int] = frozenset(), used: tuple[int | None, ...] = ()) -> Situation:
    factor = int(world.approaches.target[0])
    told = Bottlenecks((factor,), {ASKED.factors[factor]: 0.9}, below)
    return Situation(0, told, {one for one in used if one is not None}, lambda _: True, 500, 20)


def test_today_takes_what_is_best_spoken_of_for_the_bottleneck() -> None:
    world = small_world()
    known = KnownApproaches(world.approaches, ASKED.factors)
    (plan,) = popular_plans(situation(world), world.approaches, known, 2)
    factor = world.approaches.target[0]
    on_it = (world.approaches.target == factor) | (world.approaches.second == factor)
    others = np.flatnonzero(on_it & world.approaches.listed)
    assert plan.approach == max(others, key=lambda one: world.approaches.popular[one])
    (next_one,) = popular_plans(situation(world, used=(plan.approach,)), world.approaches, known, 2)
    assert next_one.approach != plan.approach


def test_advice_takes_what_is_proven_and_says_when_it_can_be_used_at_once() -> None:
    world = small_world()
    size = np.full(len(world.approaches.size), np.nan)
    size[0] = 0.9
    proven = replace(
        world.approaches,
        size=size,
        grade=("A", *("D",) * (len(size) - 1)),
        studies=(9, *(0,) * (len(size) - 1)),
        needs=np.full(len(size), -1),
    )
    known = KnownApproaches(proven, ASKED.factors)
    here = replace(situation(world), choices_ahead=0)
    plans = advised_plans(here, proven, known, ASKED.factors, 2)
    assert (plans[0].approach, plans[0].straight) == (0, True)
    assert not any(plan.straight for plan in plans[1:])
    taken = advised_plans(replace(here, used={0}), proven, known, ASKED.factors, 2)
    assert all(plan.approach != 0 for plan in taken)


def test_nothing_is_begun_where_what_it_needs_is_surely_missing() -> None:
    world = small_world()
    needy = replace(world.approaches, needs=np.full(len(world.approaches.needs), 7))
    known = KnownApproaches(needy, ASKED.factors)
    here = situation(world, below=frozenset({7}))
    assert popular_plans(here, needy, known, 2) == []
    assert all(plan.approach is None for plan in advised_plans(here, needy, known, ASKED.factors, 2))


def test_diagnosis_by_lerend_looks_at_the_release_alone_and_todays_at_plain_means_alone() -> None:
    shape = (2, len(ASKED.factors))
    chance = np.zeros(shape)
    chance[:, ASKED.ranked[4]], chance[:, ASKED.ranked[2]] = 0.9, 0.1
    released = ReleasedCompanies(chance, np.full(shape, 4.0), np.ones(len(ASKED.factors)))
    raw = np.full(shape, 3.5)
    raw[0, ASKED.ranked[1]] = 1.5
    ours = bottlenecks_of(Part.LEREND, ASKED, raw, released, 3.0)
    assert ours[0].order == (ASKED.ranked[4],)
    assert ours[0].chances == {ASKED.factors[ASKED.ranked[4]]: 0.9}
    todays = bottlenecks_of(Part.TODAY, ASKED, raw, None, 3.0)
    assert todays[0].order[0] == ASKED.ranked[1]
    assert todays[0].below == {ASKED.ranked[1]}


def test_practices_have_names_of_their_own_and_only_some_need_the_gate() -> None:
    assert len({one.name for one in PRACTICES}) == len(PRACTICES)
    assert LEREND.is_fair
    assert not TODAY.needs_release
    assert not ONLY_CHOICE.needs_release
