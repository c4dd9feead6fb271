"""Little's test, moments from incomplete rows, and pooling: those of the references, and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.response.imputed import NothingToPool, pool, wald_test
from lerend.statistics.response.missing import NoMomentsFound, incomplete_moments, little_test
from tests.reference.references import numbers, reference

LITTLE = reference("little_mcar")
POOLED = reference("mi_pooling")


def columns_of(case: Mapping[str, Any]) -> NDArray[np.float64]:
    return numbers(case["file"], case["vars"])


@pytest.mark.parametrize("name", LITTLE)
def test_littles_test_is_that_of_the_reference(name: str) -> None:
    case = LITTLE[name]
    found, expected = little_test(columns_of(case)), case["ml_cov"]
    assert found.statistic == pytest.approx(expected["statistic"], rel=1e-9)
    assert found.p == pytest.approx(expected["p"], rel=1e-8)
    assert (found.df, found.patterns) == (expected["df"], expected["patterns"])


@pytest.mark.parametrize("name", ["airquality", "nhanes"])
def test_moments_from_incomplete_rows_are_those_of_the_reference(name: str) -> None:
    case = LITTLE[name]
    found = incomplete_moments(columns_of(case))
    np.testing.assert_allclose(found.mean, case["em_mu"], rtol=1e-6)
    np.testing.assert_allclose(found.covariance, case["em_sigma"], rtol=1e-5, atol=1e-6)


def test_complete_rows_have_plain_moments_and_nothing_to_test() -> None:
    rows = np.random.default_rng(1).normal(size=(50, 3))
    found = little_test(rows)
    assert (found.df, found.p, found.patterns) == (None, None, 1)
    np.testing.assert_allclose(found.moments.mean, rows.mean(axis=0), atol=1e-10)
    np.testing.assert_allclose(found.moments.covariance, np.cov(rows.T, ddof=0), atol=1e-9)


def test_units_do_not_change_the_test_and_a_row_without_any_answer_says_nothing() -> None:
    rows = columns_of(LITTLE["nhanes"])
    other = np.vstack([rows * [10, 0.1, 3, -1] + 5, np.full((2, 4), np.nan)])
    one, two = little_test(rows), little_test(other)
    assert two.statistic == pytest.approx(one.statistic, rel=1e-7)
    assert two.people == one.people


def test_answers_that_are_missing_for_a_reason_are_seen_and_those_missing_by_lot_keep_the_level() -> None:
    rng = np.random.default_rng(7)
    by_lot, for_a_reason = [], []
    for _world in range(60):
        rows = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 150)
        skipped = rows.copy()
        skipped[rng.random(150) < 0.3, 1] = np.nan
        by_lot.append(little_test(skipped).p)
        skipped = rows.copy()
        skipped[rows[:, 0] > 0.8, 1] = np.nan
        for_a_reason.append(little_test(skipped).p)
    assert np.mean(np.array(by_lot, dtype=np.float64) < 0.05) < 0.15
    assert np.mean(np.array(for_a_reason, dtype=np.float64) < 0.05) > 0.9


@pytest.mark.parametrize(
    "rows",
    [
        np.ones((5, 1)),
        np.column_stack([np.arange(6.0), np.ones(6)]),
        np.column_stack([np.arange(6.0), 2 * np.arange(6.0)]),
        np.array([[1.0, np.nan], [2.0, np.nan], [3.0, np.nan]]),
    ],
    ids=["one column", "no spread", "one follows from the other", "never answered"],
)
def test_columns_that_give_no_covariances_are_refused(rows: NDArray[np.float64]) -> None:
    with pytest.raises(NoMomentsFound):
        little_test(rows)


@pytest.mark.parametrize("name", POOLED)
def test_pooled_parameters_are_those_of_the_reference(name: str) -> None:
    case = POOLED[name]
    each, expected = case["per_imputation"], case["pooled"]
    found = pool(np.array(each["coef"]).T, np.array(each["var"]).T, complete_df=expected["dfcom"][0])
    columns = {
        "est": [one.estimate for one in found],
        "se": [one.standard_error for one in found],
        "t": [one.t for one in found],
        "df_barnard_rubin": [one.df for one in found],
        "p": [one.p for one in found],
        "lo": [one.interval.low for one in found],
        "hi": [one.interval.high for one in found],
        "ubar": [one.within for one in found],
        "b": [one.between for one in found],
        "riv": [one.increase for one in found],
        "lambda": [one.share_missing for one in found],
        "fmi": [one.information_missing for one in found],
    }
    for column, values in columns.items():
        np.testing.assert_allclose(np.array(values, dtype=np.float64), expected[column], rtol=1e-9, err_msg=column)


def test_the_test_of_several_parameters_is_that_of_the_reference() -> None:
    """Of bmi on age, hypertension and cholesterol, in ten filled-in data sets."""
    rows = numbers("mi_nhanes.csv", ["imputation", "age", "hyp", "chl", "bmi"])
    estimates, covariances = [], []
    for place in np.unique(rows[:, 0]):
        some = rows[rows[:, 0] == place]
        design = np.column_stack([np.ones(len(some)), some[:, 1:4]])
        inverse = np.linalg.inv(design.T @ design)
        slopes = inverse @ design.T @ some[:, 4]
        residual = some[:, 4] - design @ slopes
        estimates.append(slopes[1:])
        covariances.append((inverse * (residual @ residual) / (len(some) - 4))[1:, 1:])
    expected = POOLED["nhanes"]["D1_vs_intercept"]
    found = wald_test(np.array(estimates), np.array(covariances), complete_df=21)
    assert (found.f, found.df1, found.df2, found.p, found.increase) == pytest.approx(
        [expected[name] for name in ("F.value", "df1", "df2", "P(>F)", "RIV")], rel=1e-7
    )


def test_data_sets_that_agree_have_nothing_missing() -> None:
    (found,) = pool(np.full((5, 1), 2.0), np.full((5, 1), 0.25), complete_df=40)
    assert (found.share_missing, found.increase) == (0.0, 0.0)
    assert found.standard_error == pytest.approx(0.5)
    assert found.df == pytest.approx(41 / 43 * 40)


@pytest.mark.parametrize(
    ("estimates", "variances"),
    [
        (np.ones((1, 2)), np.ones((1, 2))),
        (np.ones((3, 2)), np.ones((3, 1))),
        (np.array([[1.0], [np.nan]]), np.ones((2, 1))),
        (np.ones((2, 1)), -np.ones((2, 1))),
    ],
    ids=["one data set", "shapes", "a value missing", "variance below zero"],
)
def test_what_cannot_be_put_together_is_refused(estimates: NDArray[np.float64], variances: NDArray[np.float64]) -> None:
    with pytest.raises(NothingToPool):
        pool(estimates, variances)
