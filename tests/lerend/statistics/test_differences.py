"""Differences in standard deviations: those of the reference, and intervals that do what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nct

from lerend.statistics.differences import (
    GroupSummary,
    NoDifference,
    difference_of,
    dominance,
    summary_of,
)
from tests.reference.references import reference

CASES = tuple(reference("smd"))
BY_OPTIMISER = 1e-6
"""The reference looks for the ends of its intervals until a step of some 10⁻⁵."""
GROUPS = st.builds(GroupSummary, st.integers(3, 300), st.floats(-5, 5), st.floats(0.2, 4))


def groups_of(name: str) -> tuple[GroupSummary, GroupSummary]:
    case = reference("smd")[name]
    return GroupSummary(case["n1"], case["m1"], case["sd1"]), GroupSummary(case["n2"], case["m2"], case["sd2"])


@pytest.mark.parametrize("name", CASES)
def test_values_are_those_of_the_reference(name: str) -> None:
    case, found = reference("smd")[name], difference_of(*groups_of(name))
    pairs = {
        "d": found.d.value,
        "J_exact": found.correction,
        "g": found.g.value,
        "escalc_var": found.g.variance,
        "smdh_g": found.unequal.value,
        "smdh_var": found.unequal.variance,
        "glass_delta": found.glass.value,
        "welch_t": found.welch.t,
        "welch_df": found.welch.df,
        "welch_p": found.welch.p,
        "cles_normal": found.above,
    }
    for key, value in pairs.items():
        assert value == pytest.approx(case[key], rel=1e-9), key


@pytest.mark.parametrize("name", CASES)
def test_intervals_are_those_of_the_reference(name: str) -> None:
    case, found = reference("smd")[name], difference_of(*groups_of(name))
    for key, one in (("d_ci95_noncentral_t", found.d), ("g_ci95_noncentral_t", found.g), ("glass_ci", found.glass)):
        assert (one.interval.low, one.interval.high) == pytest.approx(case[key], abs=BY_OPTIMISER), key


@given(GROUPS, GROUPS, st.floats(0.5, 0.99))
@settings(max_examples=25, deadline=None)
def test_at_either_end_what_was_seen_is_as_far_out_as_the_level_says(
    first: GroupSummary, second: GroupSummary, level: float
) -> None:
    found = difference_of(first, second, level=level)
    unit = np.sqrt(1 / first.people + 1 / second.people)
    df = first.people + second.people - 2
    t = abs(found.d.value) / unit
    ends = (found.d.interval.low, found.d.interval.high)
    low, high = ends if found.d.value >= 0 else (-ends[1], -ends[0])
    if t < 35:  # the second witness loses its digits further out
        assert nct.cdf(t, df, low / unit) == pytest.approx((1 + level) / 2, abs=1e-6)
        assert nct.cdf(t, df, high / unit) == pytest.approx((1 - level) / 2, abs=1e-6)
    assert found.g.interval.low < found.g.value < found.g.interval.high


@given(GROUPS, GROUPS, st.floats(0.1, 10), st.floats(-20, 20))
@settings(max_examples=25, deadline=None)
def test_units_change_nothing_and_turning_the_groups_around_turns_the_sign(
    first: GroupSummary, second: GroupSummary, stretch: float, move: float
) -> None:
    one = difference_of(first, second)
    in_other_units = [
        GroupSummary(group.people, stretch * group.mean + move, stretch * group.deviation) for group in (first, second)
    ]
    assert difference_of(*in_other_units).g.value == pytest.approx(one.g.value, abs=1e-9)
    turned = difference_of(second, first)
    assert turned.g.value == pytest.approx(-one.g.value, abs=1e-12)
    assert (-turned.g.interval.high, -turned.g.interval.low) == pytest.approx(
        (one.g.interval.low, one.g.interval.high), abs=1e-9
    )


def test_the_interval_covers_what_it_promises_at_the_size_of_teams() -> None:
    rng = np.random.default_rng(3)
    covered = []
    for _world in range(400):
        first, second = rng.normal(0.6, 1, 7), rng.normal(0, 1, 10)
        interval = difference_of(summary_of(first), summary_of(second)).d.interval
        covered.append(interval.low <= 0.6 <= interval.high)
    assert 0.92 <= np.mean(covered) <= 0.98


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_dominance_counts_all_pairs(first: list[int], second: list[int]) -> None:
    pairs = [int(a > b) - int(a < b) for a in first for b in second]
    found = dominance(np.array([*first, np.nan]), np.array(second, dtype=np.float64))
    assert found == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize(
    "group",
    [GroupSummary(1, 3.0, 1.0), GroupSummary(10, 3.0, 0.0), GroupSummary(10, np.nan, 1.0)],
    ids=["one person", "no spread", "no mean"],
)
def test_groups_that_have_no_standard_deviation_are_refused(group: GroupSummary) -> None:
    with pytest.raises(NoDifference):
        difference_of(group, GroupSummary(10, 3.0, 1.0))
    with pytest.raises(NoDifference):
        summary_of(np.array([1.0, np.nan]))
    with pytest.raises(NoDifference):
        dominance(np.array([np.nan]), np.array([1.0]))
