from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.evidence.effects.by_lot import LotTest, lot_test

TEAMS = 8
LOTS = np.array([[team in chosen for team in range(TEAMS)] for chosen in combinations(range(TEAMS), 4)], dtype=float)


def drawn(seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    before = rng.normal(size=TEAMS)
    return 0.5 * before + 0.7 * LOTS[0] + rng.normal(size=TEAMS), np.column_stack([np.ones(TEAMS), before])


def counted(outcome: NDArray[np.float64], nuisance: NDArray[np.float64], effect: float) -> float:
    """The same p by plain regressions, one lot at a time."""

    def left(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(values - nuisance @ np.linalg.lstsq(nuisance, values, rcond=None)[0])

    rest = left(outcome - effect * LOTS[0])
    strength = np.array([abs(left(lot) @ rest) / np.linalg.norm(left(lot)) for lot in LOTS])
    return float((strength >= strength[0] - 1e-10).mean())


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(-3, 4))
def test_p_of_any_effect_is_that_of_counting_lots(seed: int, effect: float) -> None:
    outcome, nuisance = drawn(seed)
    assert lot_test(outcome, nuisance, LOTS).p(effect) == pytest.approx(counted(outcome, nuisance, effect))


@given(st.integers(0, 10_000), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_interval_holds_exactly_the_effects_that_are_not_rejected(seed: int, level: float) -> None:
    test = lot_test(*drawn(seed), LOTS)
    found = test.interval(level)
    assert found.low < found.high
    for end, outward in ((found.low, -1e-6), (found.high, 1e-6)):
        assert test.p(end) > 1 - level + 1e-12
        assert test.p(end + outward) <= 1 - level + 1e-12


def test_p_that_is_just_at_its_level_is_no_larger() -> None:
    ends = np.concatenate([np.full(28, -1.0), np.full(532, 1.0)])
    test = LotTest(ends, np.full(560, 2.0))
    assert test.p() == 0.05
    assert test.interval(0.95).low == 1


def test_too_few_lots_give_no_ends_and_never_a_p_below_their_share() -> None:
    outcome, nuisance = drawn(1)
    test = lot_test(outcome + 100 * LOTS[0], nuisance, LOTS)
    assert test.p() == pytest.approx(2 / 70)
    assert not np.isfinite(test.interval(0.98).low)
    assert np.isfinite(test.interval(0.95).low)


def test_lots_that_cannot_be_told_from_the_nuisance_never_reject() -> None:
    outcome, _ = drawn(1)
    test = lot_test(outcome, np.column_stack([np.ones(TEAMS), LOTS[0]]), LOTS[:1])
    assert test.p(5) == 1


def test_false_alarms_come_as_often_as_they_may() -> None:
    """Over all outcomes that another lot could have given, the share of p up to .05 is at most that."""
    outcome, nuisance = drawn(3)
    outcome = outcome - 0.7 * LOTS[0]
    p = np.array([lot_test(outcome, nuisance, np.roll(LOTS, -place, axis=0)).p() for place in range(len(LOTS))])
    assert (p <= 0.05).mean() <= 0.05
    assert isinstance(lot_test(outcome, nuisance, LOTS), LotTest)
