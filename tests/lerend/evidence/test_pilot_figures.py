"""The acceptance figures of pilots in short form: few repeats, wide limits. The long form is `benchmarks.pilots`."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.pilots_worlds import World, found_in, truth_of, without_effect
from lerend.evidence.design.kinds import Kind

REPEATS = 40


@pytest.mark.parametrize("kind", [Kind.LOTTERY, Kind.TIE_BREAKER, Kind.CUT_OFF, Kind.STEPPED])
def test_interval_holds_the_truth_and_the_estimate_is_right_on_average(kind: Kind) -> None:
    world = World(kind.value, kind, 24, waves=4 if kind is Kind.STEPPED else 2)
    found = [found_in(world, seed) for seed in range(REPEATS)]
    held = np.mean([one.interval.low <= truth_of(world) <= one.interval.high for one in found])
    off = np.array([one.estimate - truth_of(world) for one in found])
    assert 0.82 <= held <= 1
    assert abs(off.mean()) < 4 * off.std() / np.sqrt(REPEATS)


@pytest.mark.parametrize("teams", [6, 8, 12])
def test_lot_seldom_alarms_where_there_is_nothing(teams: int) -> None:
    world = without_effect(World("nothing", Kind.LOTTERY, teams))
    p = [found_in(world, seed).p for seed in range(REPEATS)]
    alarms = np.mean([one is not None and one <= 0.05 for one in p])
    assert alarms <= (0 if teams == 6 else 0.15)


def test_comparison_of_the_most_motivated_is_too_rosy_and_the_lottery_is_not() -> None:
    rosy = World("most motivated", Kind.COMPARISON, 24, chosen="most motivated")
    fair = World("lottery", Kind.LOTTERY, 24)
    off = {world.name: np.mean([found_in(world, seed).estimate - 0.3 for seed in range(40)]) for world in (rosy, fair)}
    assert off["most motivated"] > 0.12
    assert abs(off["lottery"]) < 0.1
