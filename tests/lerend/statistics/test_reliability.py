from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.covariance import total_covariance
from lerend.statistics.factor import one_factor
from lerend.statistics.omega import omega, omega_total
from lerend.statistics.reliability import alpha, cronbach_alpha, item_analysis
from lerend.statistics.sufficient import Statistics
from tests.lerend.statistics.brute_force import brute_force_statistics
from tests.lerend.statistics.people import People, groups_of_people
from tests.reference.references import complete_case, reference

CASES = tuple(reference("alpha"))
BY_LAVAAN = 2e-6
"""How closely lavaan's search ends at the minimum: its standard errors and loadings have about six digits."""


def counted(case: Mapping[str, Any]) -> Statistics:
    """The sums of a reference case, by matrix products since thousands of people are too many to count one by one."""
    x = complete_case(case).astype(np.int64)
    k = x.shape[1]
    sums = np.broadcast_to(x.sum(axis=0)[:, None], (k, k))
    return Statistics(
        items=tuple(case["items"]),
        categories=6,
        units=((),),
        people=np.array([len(x)]),
        counts=np.array([[np.bincount(x[:, item] - 1, minlength=6) for item in range(k)]]),
        blocks=((),),
        pair_n=np.full((1, k, k), len(x)),
        pair_sum=sums[None],
        pair_product=(x.T @ x)[None],
    )


def matrix(name: str) -> NDArray[np.float64]:
    return np.asarray(np.cov(complete_case(reference("alpha")[name]).astype(float).T))


@pytest.mark.parametrize("name", CASES)
def test_alpha_and_its_intervals_are_those_of_the_reference(name: str) -> None:
    case = reference("alpha")[name]
    found = cronbach_alpha(matrix(name), case["n"])
    assert found is not None
    assert found.standardised is not None
    pairs = [
        (found.value, case["alpha"]),
        (found.standardised, case["alpha_std"]),
        (found.lambda2, case["lambda2"]),
        (found.lambda6 or 0.0, case["guttman_lambda6_smc"]),
        (found.feldt.low, case["feldt95"][0]),
        (found.feldt.high, case["feldt95"][1]),
        (found.bonett.low, case["bonett95"][0]),
        (found.bonett.high, case["bonett95"][1]),
        (found.standard_error, case["duhachek_ase"]),
        (found.duhachek.low, case["duhachek95"][0]),
        (found.duhachek.high, case["duhachek95"][1]),
    ]
    computed, expected = np.array(pairs).T
    np.testing.assert_allclose(computed, expected, rtol=1e-10)
    assert (found.items, found.people) == (case["k"], case["n"])


@pytest.mark.parametrize("name", ["bfi_A", "bhr_leadership"])
def test_item_analysis_is_that_of_the_reference(name: str) -> None:
    case = reference("alpha")[name]
    statistics = counted(case)
    found = item_analysis(total_covariance(statistics, case["items"]))
    np.testing.assert_allclose(found.item_rest, case["item"]["item_rest_r"], rtol=1e-10)
    np.testing.assert_allclose(found.alpha_if_deleted, case["item"]["alpha_if_deleted"], rtol=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_alpha_and_omega_of_sums_are_those_of_the_rows(name: str) -> None:
    case = reference("alpha")[name]
    statistics = counted(case)
    by_sums, by_rows = alpha(statistics, case["items"]), cronbach_alpha(matrix(name), case["n"])
    assert by_sums is not None
    assert by_rows is not None
    assert by_sums.value == pytest.approx(by_rows.value, rel=1e-12)
    omega_by_sums, omega_by_rows = omega(statistics, case["items"]), omega_total(matrix(name), case["n"])
    assert omega_by_sums is not None
    assert omega_by_rows is not None
    assert omega_by_sums.value == pytest.approx(omega_by_rows.value, rel=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_omega_is_that_of_the_reference(name: str) -> None:
    case = reference("omega_cfa")[name]
    found = omega_total(matrix(name), case["n"])
    assert found is not None
    assert found.value == pytest.approx(case["omega_total_model"], rel=1e-6)
    assert found.composite == pytest.approx(case["composite_reliability_std"], rel=1e-6)
    assert found.extracted == pytest.approx(case["ave_std"], rel=1e-6)
    assert found.coefficient_h == pytest.approx(case["coefficient_H"], rel=1e-6)
    assert found.of_observed == pytest.approx(case["omega_total_observed_var"], rel=BY_LAVAAN)
    assert found.standard_error == pytest.approx(case["omega_se_delta"], rel=BY_LAVAAN)
    assert (found.wald.low, found.wald.high) == pytest.approx(case["omega_ci95_wald"], rel=1e-6)
    assert not found.equal_loadings


@pytest.mark.parametrize("name", CASES)
def test_the_factor_fit_is_that_of_the_reference_and_lies_no_higher(name: str) -> None:
    case = reference("omega_cfa")[name]
    fit = one_factor(matrix(name), case["n"])
    assert fit is not None
    np.testing.assert_allclose(fit.loadings, case["loadings_unstd"], rtol=BY_LAVAAN)
    np.testing.assert_allclose(fit.residuals, case["resid_var"], rtol=BY_LAVAAN)
    assert fit.chi_square == pytest.approx(case["chisq"], rel=1e-9)
    assert fit.chi_square <= case["chisq"] * (1 + 1e-13)
    assert fit.gradient < 1e-12


def test_slope_and_curvature_of_the_fit_are_those_of_small_steps() -> None:
    from lerend.statistics.factor import _derivatives, _discrepancy  # noqa: PLC0415 -- only this test looks inside

    correlation = np.corrcoef(complete_case(reference("alpha")["bfi_N"]).astype(float).T)
    rng = np.random.default_rng(1)
    point = np.concatenate([rng.uniform(0.4, 0.8, 5), rng.uniform(0.3, 0.8, 5)])
    slope, curvature, _ = _derivatives(point, correlation)
    step = 1e-5 * np.eye(10)
    by_steps = [(_discrepancy(point + s, correlation) - _discrepancy(point - s, correlation)) / 2e-5 for s in step]
    np.testing.assert_allclose(slope, by_steps, atol=1e-7)
    bent = [(_derivatives(point + s, correlation)[0] - _derivatives(point - s, correlation)[0]) / 2e-5 for s in step]
    np.testing.assert_allclose(curvature, bent, atol=1e-6)


@given(groups_of_people(), st.floats(0.1, 50), st.floats(-100, 100), st.sampled_from([-1, 1]))
@settings(max_examples=40, deadline=None)
def test_alpha_does_not_change_when_all_answers_are_stretched_moved_or_turned(
    people: People, stretch: float, move: float, turn: int
) -> None:
    x = people.codes.astype(float)
    one, other = (cronbach_alpha(np.cov(y.T), len(x)) for y in (x, turn * stretch * x + move))
    assert (one is None) == (other is None)
    if one and other:
        assert one.value == pytest.approx(other.value, abs=1e-9)
        assert (one.feldt.low, one.feldt.high) == pytest.approx((other.feldt.low, other.feldt.high), abs=1e-9)
        assert one.standard_error == pytest.approx(other.standard_error, abs=1e-9)


@given(groups_of_people(least=20))
@settings(max_examples=40, deadline=None)
def test_alpha_never_exceeds_lambda2_and_lies_in_its_intervals(people: People) -> None:
    found = alpha(people.statistics(), people.items)
    if found is not None:
        assert found.value <= found.lambda2 + 1e-12
        for interval in (found.bonett, found.duhachek):
            assert interval.low - 1e-12 <= found.value <= interval.high + 1e-12
        assert found.feldt.low <= found.feldt.high <= 1 + 1e-12


@given(groups_of_people(complete=False))
@settings(max_examples=60, deadline=None)
def test_nothing_is_ever_not_a_number(people: People) -> None:
    statistics = people.statistics()
    for within in (0, 1):
        for found in (alpha(statistics, people.items, within=within), omega(statistics, people.items, within=within)):
            if found is not None:
                assert np.isfinite([found.value, found.standard_error]).all()


@given(groups_of_people(least=25))
@settings(max_examples=20, deadline=None)
def test_order_of_the_items_does_not_matter(people: People) -> None:
    statistics = people.statistics()
    backwards = tuple(reversed(people.items))
    one, other = omega(statistics, people.items), omega(statistics, backwards)
    assert (one is None) == (other is None)
    if one and other:
        assert one.value == pytest.approx(other.value, abs=1e-8)


def test_omega_recovers_what_the_model_says() -> None:
    loadings, residuals = np.array([0.9, 0.7, 0.5, 0.8]), np.array([0.4, 0.6, 0.9, 0.3])
    exact = np.outer(loadings, loadings) + np.diag(residuals)
    found = omega_total(exact, 200)
    assert found is not None
    assert found.value == pytest.approx(loadings.sum() ** 2 / (loadings.sum() ** 2 + residuals.sum()), abs=1e-10)
    assert found.of_observed == pytest.approx(found.value, abs=1e-10)


def test_omega_of_two_items_is_alpha_and_says_so() -> None:
    covariance = np.array([[1.0, 0.5], [0.5, 1.4]])
    by_omega, by_alpha = omega_total(covariance, 80), cronbach_alpha(covariance, 80)
    assert by_omega is not None
    assert by_alpha is not None
    assert by_omega.equal_loadings
    assert by_omega.value == pytest.approx(by_alpha.value, abs=1e-12)
    assert (by_omega.wald.low, by_omega.wald.high) == pytest.approx((by_alpha.duhachek.low, by_alpha.duhachek.high))
    correlation = 0.5 / np.sqrt(1.4)
    assert by_alpha.standardised == pytest.approx(2 * correlation / (1 + correlation))  # Spearman–Brown


@pytest.mark.parametrize(
    ("covariance", "people"),
    [
        (np.array([[1.0]]), 50),
        (np.array([[1.0, 0.3], [0.3, 1.0]]), 2),
        (np.array([[1.0, np.nan], [np.nan, 1.0]]), 50),
        (np.zeros((3, 3)), 50),
        (np.array([[1.0, -1.0], [-1.0, 1.0]]), 50),
    ],
    ids=["one item", "two people", "never answered together", "all the same", "sum never varies"],
)
def test_there_is_no_alpha_or_omega_where_the_data_cannot_say(covariance: NDArray[np.float64], people: int) -> None:
    assert cronbach_alpha(covariance, people) is None
    assert omega_total(covariance, people) is None


@pytest.mark.parametrize(
    "covariance",
    [
        np.array([[1.0, 0.8, 0.8], [0.8, 1.0, 0.6], [0.8, 0.6, 1.0]]),
        np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]),
        np.eye(4),
        np.array([[1.0, -0.3], [-0.3, 1.0]]),
        np.ones((4, 4)),
    ],
    ids=["negative residual", "not a covariance matrix", "nothing in common", "two against each other", "all equal"],
)
def test_there_is_no_omega_where_the_fit_is_not_proven(covariance: NDArray[np.float64]) -> None:
    assert omega_total(covariance, 100) is None


def test_perfect_items_have_alpha_one_with_an_interval_of_no_width() -> None:
    found = cronbach_alpha(np.ones((3, 3)), 20)
    assert found is not None
    assert found.value == pytest.approx(1.0)
    assert (found.feldt.low, found.feldt.high) == pytest.approx((1.0, 1.0))


def test_alpha_within_units_leaves_out_what_units_differ_by() -> None:
    rng = np.random.default_rng(3)
    company = np.repeat([0, 1], 60)
    codes = np.clip(rng.integers(1, 3, size=(120, 4)) + 3 * company[:, None], 1, 5)
    paths = (("a",), ("b",))
    statistics = brute_force_statistics(codes, ("p", "q", "r", "s"), paths, company.tolist())
    everybody = alpha(statistics, ("p", "q", "r", "s"))
    inside = alpha(statistics, ("p", "q", "r", "s"), within=1)
    assert everybody is not None
    assert inside is not None
    assert everybody.value > 0.9
    assert inside.value < 0.4
    assert inside.people == 119
