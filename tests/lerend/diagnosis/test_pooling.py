"""Partial pooling: units lend each other strength, and intervals stay honest."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.diagnosis.pooling import pool, pool_within

scores = st.lists(st.floats(1, 5), min_size=2, max_size=8)


def column(values: list[float]) -> NDArray[np.float64]:
    return np.array(values, dtype=float)[:, np.newaxis]


def test_a_single_unit_is_itself() -> None:
    pooled = pool(column([3.4]), column([0.04]), prior_spread=np.array([0.3]))
    np.testing.assert_allclose(pooled.mean, 3.4)
    np.testing.assert_allclose(pooled.variance, 0.04)


@given(scores, st.floats(0.01, 1))
def test_every_unit_is_drawn_towards_the_centre_and_never_past_it(values: list[float], variance: float) -> None:
    y = column(values)
    pooled = pool(y, np.full_like(y, variance), prior_spread=np.array([0.3]))
    away = (y - pooled.centre) * (pooled.mean - pooled.centre)
    assert (away >= -1e-9).all()
    assert (np.abs(pooled.mean - pooled.centre) <= np.abs(y - pooled.centre) + 1e-9).all()


@given(scores)
def test_shifting_all_scores_shifts_the_result(values: list[float]) -> None:
    y, v, prior = column(values), np.full((len(values), 1), 0.05), np.array([0.3])
    one, other = pool(y, v, prior_spread=prior), pool(y + 1, v, prior_spread=prior)
    np.testing.assert_allclose(other.mean, one.mean + 1, atol=1e-9)
    np.testing.assert_allclose(other.variance, one.variance, atol=1e-9)


def test_more_answers_make_the_interval_narrower() -> None:
    y = column([3.0, 3.4, 3.8])
    wide = pool(y, np.full_like(y, 0.2), prior_spread=np.array([0.3]))
    narrow = pool(y, np.full_like(y, 0.02), prior_spread=np.array([0.3]))
    assert (narrow.variance < wide.variance).all()


def test_a_unit_without_answers_gets_the_centre_with_a_wide_interval() -> None:
    pooled = pool(column([3.0, 3.6, np.nan]), column([0.02, 0.02, np.inf]), prior_spread=np.array([0.3]))
    np.testing.assert_allclose(pooled.mean[2], pooled.centre, atol=0.02)
    assert pooled.variance[2, 0] > 2 * pooled.variance[0, 0]
    assert np.isfinite(pooled.mean).all()


def test_the_order_of_units_never_matters() -> None:
    generator = np.random.default_rng(1)
    y, v = generator.normal(3, 0.5, (7, 3)), generator.uniform(0.01, 0.3, (7, 3))
    order = generator.permutation(7)
    one, other = pool(y, v, prior_spread=np.full(3, 0.3)), pool(y[order], v[order], prior_spread=np.full(3, 0.3))
    np.testing.assert_allclose(other.mean, one.mean[order])


def test_intervals_hold_the_truth_nineteen_times_out_of_twenty() -> None:
    generator = np.random.default_rng(5)
    companies, scales, teams = 6, 500, 24
    parent = np.arange(teams) % companies
    people = generator.integers(5, 20, teams)
    truth = generator.normal(3.4, 0.28, (companies, scales))[parent] + 0.23 * generator.standard_normal((teams, scales))
    own = np.full(scales, 0.56 + 0.23**2)
    y = truth + np.sqrt(0.56 / people)[:, np.newaxis] * generator.standard_normal((teams, scales))
    members = parent == np.arange(companies)[:, np.newaxis]
    weight = members * people / (members * people).sum(axis=1, keepdims=True)
    upper = pool(weight @ y, own / (members * people).sum(axis=1)[:, np.newaxis], prior_spread=np.full(scales, 0.3))
    lower = pool_within(
        y, own / people[:, np.newaxis], parent, upper, prior_spread=np.full(scales, 0.3), within_parent=own
    )
    assert 0.93 <= covered(upper.mean, upper.variance, weight @ truth) <= 0.97
    assert 0.93 <= covered(lower.mean, lower.variance, truth) <= 0.97


def covered(mean: NDArray[np.float64], variance: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    return float((np.abs(mean - truth) < 1.96 * np.sqrt(variance)).mean())
