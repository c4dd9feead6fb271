"""The distribution of a product: against known ones, draws, and what it must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import k0

from lerend.statistics.mediation.product import Estimate, product_below, product_interval

NORMAL = float("inf")
SIZES = st.floats(-6, 6)
FREEDOM = st.sampled_from([3.0, 12.0, 200.0, NORMAL])


@pytest.mark.parametrize("at", [0.01, 0.3, 1.0, 2.5, 6.0])
def test_two_standard_normals_have_the_bessel_distribution(at: float) -> None:
    standard = Estimate(0.0, 1.0, NORMAL)
    expected = 0.5 + quad(lambda x: k0(x) / np.pi, 0, at)[0]
    assert product_below(standard, standard, at) == pytest.approx(expected, abs=1e-10)
    assert product_below(standard, standard, -at) == pytest.approx(1 - expected, abs=1e-10)


@settings(max_examples=40, deadline=None)
@given(SIZES, SIZES, st.floats(0.01, 3), st.floats(0.01, 3), FREEDOM, FREEDOM)
def test_the_order_does_not_matter_and_below_zero_is_where_signs_differ(
    a: float, b: float, a_error: float, b_error: float, one: float, two: float
) -> None:
    first, second = Estimate(a, a_error, one), Estimate(b, b_error, two)
    for at in (a * b, a * b + a_error * b_error, -0.3):
        assert product_below(first, second, at) == pytest.approx(product_below(second, first, at), abs=1e-7)
    under = [float(of.below(np.zeros(1))[0]) for of in (first, second)]
    expected = under[0] * (1 - under[1]) + under[1] * (1 - under[0])
    assert product_below(first, second, 0.0) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(SIZES, SIZES, st.floats(0.01, 3), st.floats(0.01, 3), FREEDOM)
def test_intervals_leave_out_what_they_promise_and_turn_with_the_sign(
    a: float, b: float, a_error: float, b_error: float, freedom: float
) -> None:
    first, second = Estimate(a, a_error, freedom), Estimate(b, b_error, NORMAL)
    found = product_interval(first, second, 0.9)
    assert product_below(first, second, found.low) == pytest.approx(0.05, abs=1e-8)
    assert product_below(first, second, found.high) == pytest.approx(0.95, abs=1e-8)
    turned = product_interval(Estimate(-a, a_error, freedom), second, 0.9)
    np.testing.assert_allclose((turned.low, turned.high), (-found.high, -found.low), rtol=1e-5, atol=1e-7)


def test_a_million_draws_say_the_same() -> None:
    rng = np.random.default_rng(1)
    drawn = (0.3 + 0.2 * rng.standard_t(8, 1_000_000)) * (0.5 + 0.3 * rng.standard_normal(1_000_000))
    found = product_interval(Estimate(0.3, 0.2, 8), Estimate(0.5, 0.3, NORMAL), 0.95)
    np.testing.assert_allclose((found.low, found.high), np.quantile(drawn, [0.025, 0.975]), atol=4e-3)


def test_two_very_sure_estimates_have_the_interval_of_their_errors() -> None:
    found = product_interval(Estimate(2.0, 0.001, NORMAL), Estimate(3.0, 0.001, NORMAL), 0.95)
    reach = 1.959964 * 0.001 * 13**0.5
    np.testing.assert_allclose((found.low, found.high), (6 - reach, 6 + reach), atol=2e-5)
