"""From values to memberships: anchors with a reason, and never out of the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.statistics.configurations.calibrating import (
    Anchors,
    CalibrationIsWrong,
    direct,
    direct_by_powers,
    gaps_between,
    indirect,
)

UP = Anchors(1, 3, 5, "never, now and then, always")
DOWN = Anchors(5, 3, 1, "the fewer the better")
VALUES = st.lists(st.floats(-10, 10), min_size=1, max_size=20)


def test_membership_at_the_anchors_is_what_they_mean() -> None:
    at = np.array([1.0, 3.0, 5.0])
    assert direct(at, UP).tolist() == pytest.approx([0.05, 0.5, 0.95])
    assert direct(at, DOWN).tolist() == pytest.approx([0.95, 0.5, 0.05])
    assert direct(at, UP, at_the_anchors=0.99).tolist() == pytest.approx([0.01, 0.5, 0.99])
    assert direct_by_powers(at, UP).tolist() == [0.0, 0.5, 1.0]
    assert direct_by_powers(np.array([2.0, 4.0]), UP, below=2, above=0.5).tolist() == pytest.approx(
        [0.5 * 0.5**2, 1 - 0.5 * 0.5**0.5]
    )


@given(VALUES)
def test_more_of_what_is_measured_is_never_less_of_the_set_and_turning_the_anchors_turns_it(some: list[float]) -> None:
    values = np.sort(np.array(some))
    for calibrated in (direct(values, UP), direct_by_powers(values, UP)):
        assert (np.diff(calibrated) >= -1e-12).all()
        assert ((calibrated >= 0) & (calibrated <= 1)).all()
    assert direct(values, DOWN) == pytest.approx(1 - direct(values, UP))


@pytest.mark.parametrize(
    ("anchors", "reason"), [((1, 5, 3), "why"), ((1, 1, 5), "why"), ((3, 3, 3), "why"), ((1, 3, 5), "  ")]
)
def test_anchors_out_of_order_or_without_a_reason_are_refused(anchors: tuple[float, float, float], reason: str) -> None:
    with pytest.raises(CalibrationIsWrong):
        Anchors(*anchors, reason)


def test_moving_an_anchor_moves_that_one_by_a_share_of_the_whole() -> None:
    assert UP.shifted(crossover=0.1) == Anchors(1, 3.4, 5, UP.reason)
    assert DOWN.shifted(included=-0.25) == Anchors(5, 3, 2, DOWN.reason)


def test_a_sorting_by_hand_is_smoothed_by_a_fractional_logit() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    sorted_as = np.array([0, 0.2, 0.2, 0.4, 0.6, 0.8, 0.8, 1])
    found = indirect(values, sorted_as)
    design = np.column_stack([np.ones(8), values, values**2])
    assert design.T @ (sorted_as - found) == pytest.approx(np.zeros(3), abs=1e-8)
    assert (np.diff(found) > 0).all()


@pytest.mark.parametrize(
    ("values", "sorted_as"),
    [
        ([1.0, 2, 3], [0.0, 0.4, 1.2]),
        ([1.0, 2, 3], [0.0, 1.0]),
        ([1.0, 1, 2], [0.0, 0.4, 1.0]),
        ([1.0, 2, 3, 4], [0.0, 0.0, 1.0, 1.0]),
    ],
    ids=["outside", "lengths", "two values", "in and out without between"],
)
def test_a_sorting_that_no_curve_fits_is_refused(values: list[float], sorted_as: list[float]) -> None:
    with pytest.raises(CalibrationIsWrong):
        indirect(np.array(values), np.array(sorted_as))


def test_gaps_in_the_data_can_be_looked_at() -> None:
    assert gaps_between(np.array([1.0, 2, 9, 10, 30]), 2) == (5.5, 20.0)
    with pytest.raises(CalibrationIsWrong):
        gaps_between(np.array([1.0, 2.0]), 2)
