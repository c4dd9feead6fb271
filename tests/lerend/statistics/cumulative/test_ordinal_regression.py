"""Ordinal regression: that of the reference, laws, false alarms of the check of parallel slopes, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.cumulative.links import LINKS, LinkName
from lerend.statistics.cumulative.model import OrdinalRegression, ordinal_regression
from lerend.statistics.cumulative.parallel import parallel_slopes
from lerend.statistics.regression.problems import CannotBeFitted
from tests.reference.references import numbers, reference

Values = NDArray[np.float64]
SEEDS = st.integers(0, 100_000)
BOTH = pytest.mark.parametrize("link", ["logit", "probit"])
CUTS = np.array([-1.2, 0.0, 1.1])


def made(seed: int, rows: int = 200) -> tuple[Values, Values]:
    """Answers from 1 to 4 and two columns, one of them with few values."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.standard_normal(rows), rng.integers(0, 3, rows).astype(np.float64)])
    return np.searchsorted(CUTS, x @ np.array([0.8, -0.4]) + rng.logistic(size=rows)) + 1.0, x


def log_likelihood(model: OrdinalRegression, y: Values, x: Values, slopes: Values, thresholds: Values) -> float:
    """As it is defined, row by row."""
    below = LINKS[model.link].below(thresholds - (x @ slopes)[:, None])
    below = np.column_stack([np.zeros(len(y)), below, np.ones(len(y))])
    answer = np.searchsorted(model.categories, y)
    each = np.arange(len(y))
    return float(np.log(below[each, answer + 1] - below[each, answer]).sum())


@BOTH
def test_the_fit_is_that_of_the_reference(link: LinkName) -> None:
    of: Mapping[str, Any] = reference("ordinal_regression")
    names: list[str] = of["terms"]
    y, x = numbers("bhr2000.csv", ["AS28"])[:, 0], numbers("bhr2000.csv", names)
    found = ordinal_regression(y, x, names=names, link=link)
    np.testing.assert_allclose(found.estimate, of[link]["coef"], rtol=1e-7)
    np.testing.assert_allclose(found.thresholds, of[link]["zeta"], rtol=1e-7)
    # The reference's curvature is by differences: five digits.
    np.testing.assert_allclose([*found.standard_error, *found.threshold_error], of[link]["se"], rtol=1e-5)
    assert found.log_likelihood == pytest.approx(of[link]["logLik"], abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.sampled_from(["logit", "probit"]))
def test_the_likelihood_is_the_one_that_is_defined_and_lower_all_around(seed: int, link: LinkName) -> None:
    y, x = made(seed)
    found = ordinal_regression(y, x, link=link)
    best = log_likelihood(found, y, x, found.estimate, found.thresholds)
    assert found.log_likelihood == pytest.approx(best, abs=1e-9)
    at = np.concatenate([found.estimate, found.thresholds])

    def value(move: Values) -> float:
        return log_likelihood(found, y, x, *np.split(at + move, [2]))

    step = 1e-4
    units = np.eye(5) * step
    curvature = np.array(
        [[value(a + b) - value(a - b) - value(b - a) + value(-a - b) for a in units] for b in units]
    ) / (4 * step**2)
    assert all(value(move) < best and value(-move) < best for move in units * 10)
    np.testing.assert_allclose(found.covariance, np.linalg.inv(-curvature), rtol=1e-3, atol=1e-6)


def test_two_answers_and_two_groups_give_the_odds_ratio_of_their_table() -> None:
    table = np.array([[30, 20], [12, 38]])
    group, answer = np.repeat(np.argwhere(table > 0), table.ravel(), axis=0).T
    found = ordinal_regression(answer, group)
    assert found.estimate[0] == pytest.approx(np.log(30 * 38 / (20 * 12)), rel=1e-9)
    assert found.standard_error[0] == pytest.approx((1 / table).sum() ** 0.5, rel=1e-8)
    assert found.thresholds[0] == pytest.approx(np.log(30 / 20), rel=1e-9)
    np.testing.assert_allclose(found.probabilities([[0.0], [1.0]]), table / 50, rtol=1e-9)
    assert found.parallel is None
    assert found.cautions == ()


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.floats(-100, 100), st.floats(1e-3, 1e3))
def test_turned_answers_turn_slopes_and_units_and_order_of_rows_do_not_matter(
    seed: int, zero: float, unit: float
) -> None:
    y, x = made(seed)
    one = ordinal_regression(y, x)
    turned = ordinal_regression(-10 * y, x)
    np.testing.assert_allclose(turned.estimate, -one.estimate, rtol=1e-6, atol=1e-9)
    order = np.random.default_rng(seed).permutation(len(y))
    other = ordinal_regression(y[order] ** 3, unit * (x[order] + zero))
    np.testing.assert_allclose(other.estimate * unit, one.estimate, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(other.p, one.p, rtol=1e-5)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-7)
    assert one.interval("x1").low < one.estimate[0] < one.interval("x1").high


@BOTH
def test_errors_by_cluster_are_the_sandwich_of_scores_by_row(link: LinkName) -> None:
    y, x = made(8)
    team = np.random.default_rng(8).integers(0, 15, len(y))
    plain, found = ordinal_regression(y, x, link=link), ordinal_regression(y, x, link=link, clusters=team)
    at = np.concatenate([plain.estimate, plain.thresholds])
    scores = np.array(
        [
            [
                (
                    log_likelihood(plain, y[[row]], x[[row]], *np.split(at + move, [2]))
                    - log_likelihood(plain, y[[row]], x[[row]], *np.split(at - move, [2]))
                )
                / 2e-5
                for move in np.eye(5) * 1e-5
            ]
            for row in range(len(y))
        ]
    )
    sums = np.array([scores[team == of].sum(axis=0) for of in range(15)])
    expected = plain.covariance @ (sums.T @ sums) @ plain.covariance * 15 / 14
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-4, atol=1e-8)
    np.testing.assert_allclose(found.estimate, plain.estimate, rtol=1e-12)
    assert found.clusters == 15
    assert (found.p > 0).all()


def test_the_check_of_parallel_slopes_is_brants_matrices_row_by_row() -> None:
    y, x = made(3)
    found = ordinal_regression(y, x).parallel
    assert found is not None
    both = np.column_stack([np.ones(len(y)), x])
    fits = [ordinal_regression(y > cut, x) for cut in (1, 2, 3)]
    above = np.array([fit.probabilities(x)[:, 1] for fit in fits])
    reach = [np.linalg.inv(both.T @ np.diag(part * (1 - part)) @ both) for part in above]
    covariance = np.zeros((6, 6))
    for m in range(3):
        for k in range(m, 3):
            shared = both.T @ np.diag(above[k] - above[m] * above[k]) @ both
            part = (reach[m] @ shared @ reach[k])[1:, 1:]
            covariance[2 * m : 2 * m + 2, 2 * k : 2 * k + 2] = part
            covariance[2 * k : 2 * k + 2, 2 * m : 2 * m + 2] = part.T
    slopes = np.array([fit.estimate for fit in fits])
    np.testing.assert_allclose(found.slopes, slopes, rtol=1e-7)
    np.testing.assert_allclose(found.errors.ravel() ** 2, covariance.diagonal(), rtol=1e-6)
    contrast = np.kron([[-1.0, 1.0, 0.0], [-1.0, 0.0, 1.0]], np.eye(2))
    apart = contrast @ slopes.ravel()
    expected = apart @ np.linalg.inv(contrast @ covariance @ contrast.T) @ apart
    assert found.together.chi_square == pytest.approx(expected, rel=1e-6)
    assert (found.together.df, [one.df for one in found.by_column]) == (4, [2, 2])


def test_parallel_slopes_are_seldom_refused_and_others_often_with_a_caution() -> None:
    checks = [ordinal_regression(*made(seed, 300)).parallel for seed in range(100)]
    p = [one.together.p for one in checks if one is not None]
    assert len(p) == 100
    assert np.mean(np.array(p) < 0.05) < 0.13
    assert 0.35 < np.mean(p) < 0.65
    rng = np.random.default_rng(1)
    x = rng.standard_normal((1500, 1))
    spread = np.exp(0.8 * x[:, 0])
    found = ordinal_regression(np.searchsorted(CUTS, x[:, 0] + spread * rng.logistic(size=1500)), x)
    assert found.parallel is not None
    assert found.parallel.together.p < 0.001
    assert "average of them" in found.cautions[0].in_language("en")


@BOTH
def test_columns_that_tell_answers_apart_are_named(link: LinkName) -> None:
    y, x = made(4)
    with pytest.raises(CannotBeFitted, match="told apart without fault by sure, so the slope has no end"):
        ordinal_regression(y, np.column_stack([x, y > 2]), names=("one", "two", "sure"), link=link)
    rare = (np.arange(len(y)) == int(np.flatnonzero(y == 4)[0])).astype(float)
    with pytest.raises(CannotBeFitted, match="without fault by rare"):
        ordinal_regression(y, np.column_stack([x, rare]), names=("one", "two", "rare"), link=link)


def test_a_step_that_is_told_apart_leaves_the_check_out_and_says_so() -> None:
    y, x = made(4)
    seen = np.where(y == 1, 0.0, np.arange(len(y)) % 2)
    found = ordinal_regression(y, np.column_stack([x[:, 0], seen]))
    assert found.parallel is None
    assert "could not be tested" in found.cautions[0].in_language("en")
    assert parallel_slopes(seen[:, None], (y[:, None] == np.unique(y)).astype(float)) is None


@pytest.mark.parametrize(
    ("outcome", "design", "what"),
    [
        (np.ones(30), np.arange(30.0), "Everybody gave the same answer"),
        (np.arange(30), np.arange(30.0), "has 30 values; this model is for 20"),
        (np.arange(30) % 3, np.empty((30, 0)), "no column to explain"),
        (np.arange(30) % 3, np.ones(30), "x1: This column does not vary"),
        (np.arange(30) % 3, np.column_stack([np.arange(30.0), 3 - np.arange(30.0)]), "x2: This column follows"),
        (np.arange(3), np.eye(3), "3 rows cannot carry 3"),
        (np.arange(30) % 3, np.where(np.arange(30) == 4, np.nan, 1.0), "x1: 1 values are missing"),
    ],
)
def test_what_has_no_answer_is_refused(outcome: Values, design: Values, what: str) -> None:
    with pytest.raises(CannotBeFitted, match=what):
        ordinal_regression(outcome, design)


def test_one_cluster_is_refused() -> None:
    y, x = made(1)
    with pytest.raises(CannotBeFitted, match="All rows belong to one cluster"):
        ordinal_regression(y, x, clusters=np.ones(len(y)))
