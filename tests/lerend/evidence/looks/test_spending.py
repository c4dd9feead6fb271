from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.looks.spending import bounds, crossing_chances, obrien_fleming

FRACTIONS = st.lists(st.floats(0.05, 1), min_size=1, max_size=4, unique_by=lambda value: round(value, 2)).map(sorted)


def test_five_equal_looks_have_the_published_bounds() -> None:
    """Lan & DeMets's bounds of the shape of O'Brien and Fleming, two-sided .05, as gsDesign prints them."""
    found = bounds([0.2, 0.4, 0.6, 0.8, 1.0])
    assert [one.z for one in found] == pytest.approx([4.8769, 3.3569, 2.6803, 2.2898, 2.0310], abs=1e-3)
    assert [one.p for one in found] == pytest.approx([1.1e-6, 0.0008, 0.0074, 0.0220, 0.0423], rel=0.03)


def test_two_equal_looks_have_the_published_bounds() -> None:
    assert [one.z for one in bounds([0.5, 1.0])] == pytest.approx([2.9626, 1.9686], abs=1e-3)


def test_one_look_is_the_ordinary_test() -> None:
    assert bounds([1.0])[0].z == pytest.approx(1.959964, abs=1e-6)
    assert bounds([1.0], 0.1, sides=1)[0].z == pytest.approx(1.281552, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(FRACTIONS, st.sampled_from([0.05, 0.1]), st.sampled_from([1, 2]))
def test_chance_of_a_false_alarm_is_what_was_to_be_spent(fractions: list[float], alpha: float, sides: int) -> None:
    found = bounds([*fractions[:-1], 1.0] if fractions[-1] == 1 else [*fractions, 1.0], alpha, sides=sides)
    crossed = crossing_chances([one.fraction for one in found], [one.z for one in found], sides=sides)
    assert np.cumsum(crossed) == pytest.approx([one.spent for one in found], abs=1e-6)
    assert found[-1].spent == pytest.approx(alpha, abs=1e-6)
    assert [one.p for one in found[:-1]] == pytest.approx([min(one.p, alpha) for one in found[:-1]])


def test_alarms_of_real_random_walks_come_as_often_as_planned() -> None:
    rng = np.random.default_rng(8)
    fractions = np.array([0.25, 0.5, 0.75, 1.0])
    found = bounds(fractions.tolist())
    walk = np.cumsum(rng.normal(0, 0.5, (40_000, 4)), axis=1) / np.sqrt(fractions)
    alarms = (np.abs(walk) >= [one.z for one in found]).any(axis=1).mean()
    assert alarms == pytest.approx(0.05, abs=0.004)


def test_power_lost_by_looking_is_small() -> None:
    drift = 1.959964 + 0.841621
    found = bounds([0.2, 0.4, 0.6, 0.8, 1.0])
    chance = sum(crossing_chances([one.fraction for one in found], [one.z for one in found], drift))
    assert 0.78 < chance < 0.8
    assert crossing_chances([1.0], [1.959964], drift)[0] == pytest.approx(0.8, abs=1e-4)


def test_hardly_anything_is_spent_at_the_beginning_and_all_at_the_end() -> None:
    assert obrien_fleming(0) == 0
    assert obrien_fleming(0.2) < 1e-5
    assert obrien_fleming(1.0) == obrien_fleming(1.3) == pytest.approx(0.05)


@pytest.mark.parametrize("fractions", [[], [0.5, 0.5], [0.5, 0.4], [0.0, 1.0], [0.5, 1.2]])
def test_shares_that_do_not_ascend_are_refused(fractions: list[float]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        bounds(fractions)
