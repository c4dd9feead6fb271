"""Polyserial correlations: those of the reference, laws, errors against leaving people out, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import ndtr

from lerend.statistics.cumulative.fitting import fit_cumulative
from lerend.statistics.ordinal.polyserial import Polyserial, polyserial
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from tests.reference.references import codes, numbers, reference

Values = NDArray[np.float64]
Codes = NDArray[np.uint8]
SEEDS = st.integers(0, 100_000)
CUTS = np.array([-0.8, 0.3, 1.2])


def made(seed: int, people: int = 200, r: float = 0.5) -> tuple[Values, Codes]:
    """A number and answers from 1 to 4 that go together."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(people)
    behind = r * x + (1 - r * r) ** 0.5 * rng.standard_normal(people)
    return 10 + 3 * x, (1 + np.searchsorted(CUTS, behind)).astype(np.uint8)


def found_in(x: Values, answers: Codes) -> Polyserial:
    return polyserial(x, answers[:, np.newaxis], ["item"])[0]


def log_likelihood(r: float, x: Values, answers: Codes, thresholds: Values) -> float:
    """Of the answers, given the number, person by person."""
    z = (x - x.mean()) / x.std(ddof=1)
    bounds = np.concatenate([[-np.inf], thresholds, [np.inf]])
    left = (1 - r * r) ** 0.5
    above, below = (ndtr((bounds[answers - 1 + step] - r * z) / left) for step in (1, 0))
    return float(np.log(above - below).sum())


def test_correlations_and_errors_are_those_of_the_reference() -> None:
    of: Mapping[str, Any] = reference("polyserial")
    hours, answers = numbers("bhr2000.csv", ["HRS"])[:, 0], codes("bhr2000.csv", list(of))
    for found, item in zip(polyserial(hours, answers, list(of)), of.values(), strict=True):
        assert found.people == item["n"]
        assert found.two_step.correlation == pytest.approx(item["two_step"], abs=1e-6)
        assert found.two_step.error_margins_known == pytest.approx(item["two_step_se"], abs=1e-6)
        assert found.likelihood.error_margins_known == pytest.approx(item["ml_se"], abs=1e-5)


def test_maximum_likelihood_of_the_reference_ends_a_little_below_the_top() -> None:
    """Its search stops where a step gains less than 1e-8 of the likelihood: up to 4e-4 of correlation from the top."""
    of: Mapping[str, Any] = reference("polyserial")
    hours, answers = numbers("bhr2000.csv", ["HRS"])[:, 0], codes("bhr2000.csv", list(of))
    for place, (found, item) in enumerate(zip(polyserial(hours, answers, list(of)), of.values(), strict=True)):
        assert found.gradient < 1e-10
        assert found.likelihood.correlation == pytest.approx(item["ml"], abs=4e-4)
        top = log_likelihood(found.likelihood.correlation, hours, answers[:, place], found.likelihood_thresholds)
        # The same thresholds on the scale of the regression: nearly the best ones for the other correlation too.
        left = [(1 - r * r) ** 0.5 for r in (found.likelihood.correlation, item["ml"])]
        other = log_likelihood(item["ml"], hours, answers[:, place], found.likelihood_thresholds / left[0] * left[1])
        assert 0 <= top - other < 1e-7 * abs(top)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(-0.9, 0.9))
def test_two_steps_end_at_the_highest_likelihood_for_the_thresholds_and_all_at_once_higher(seed: int, r: float) -> None:
    x, answers = made(seed, r=r)
    found = found_in(x, answers)
    best = minimize_scalar(
        lambda at: -log_likelihood(at, x, answers, found.thresholds), bounds=(-0.99, 0.99), options={"xatol": 1e-9}
    )
    assert found.two_step.correlation == pytest.approx(float(best.x), abs=1e-6)
    assert found.last_step < 1e-10
    top = log_likelihood(found.likelihood.correlation, x, answers, found.likelihood_thresholds)
    assert top >= -float(best.fun) - 1e-9


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.floats(-1e4, 1e4), st.floats(1e-3, 1e3))
def test_units_and_order_of_people_do_not_matter_and_turned_answers_turn_the_sign(
    seed: int, zero: float, unit: float
) -> None:
    x, answers = made(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    one, other = found_in(x, answers), found_in(zero + unit * x[order], answers[order])
    turned = found_in(x, (5 - answers).astype(np.uint8))
    for kind in ("two_step", "likelihood"):
        assert getattr(other, kind).correlation == pytest.approx(getattr(one, kind).correlation, abs=1e-7)
        assert getattr(turned, kind).correlation == pytest.approx(-getattr(one, kind).correlation, abs=1e-7)
        assert getattr(turned, kind).standard_error == pytest.approx(getattr(one, kind).standard_error, rel=1e-6)
    interval = one.two_step.interval()
    assert -1 < interval.low < one.two_step.correlation < interval.high < 1


def test_errors_of_two_steps_are_those_of_leaving_out_one_person_at_a_time() -> None:
    x, answers = made(4, people=300)
    x = np.exp(x / 10)  # skewed: errors that take the model as true are off
    found = found_in(x, answers)
    each = np.array(
        [found_in(np.delete(x, row), np.delete(answers, row)).two_step.correlation for row in range(len(x))]
    )
    jackknife = float(np.sqrt(299 / 300 * ((each - each.mean()) ** 2).sum()))
    assert found.two_step.standard_error == pytest.approx(jackknife, rel=0.02)
    assert abs(found.two_step.error_margins_known / jackknife - 1) > 0.02


def test_intervals_hold_the_true_correlation_as_often_as_promised() -> None:
    inside, likely = [], []
    for seed in range(150):
        found = found_in(*made(seed, people=150, r=0.6))
        inside.append(found.two_step.interval().low < 0.6 < found.two_step.interval().high)
        likely.append(found.likelihood.interval().low < 0.6 < found.likelihood.interval().high)
    assert 0.9 < np.mean(inside) < 0.99
    assert 0.9 < np.mean(likely) < 0.99


def test_people_without_one_of_the_two_are_left_out() -> None:
    x, answers = made(5)
    both = np.concatenate([x, [np.nan, 3.0]]), np.concatenate([answers, [2, 0]]).astype(np.uint8)
    with_both, whole = found_in(*both), found_in(x, answers)
    assert with_both.people == whole.people
    assert with_both.two_step.correlation == pytest.approx(whole.two_step.correlation, rel=1e-9)


def test_what_cannot_be_correlated_is_refused_by_name() -> None:
    x, answers = made(6)
    with pytest.raises(ModelCannotBeFitted, match="item: There are 5 rows"):
        found_in(x[:5], answers[:5])
    with pytest.raises(ModelCannotBeFitted, match="Everybody gave the same answer"):
        found_in(x, np.full(200, 3, dtype=np.uint8))
    with pytest.raises(ModelCannotBeFitted, match="variable: This column does not vary"):
        found_in(np.ones(200), answers)
    with pytest.raises(ModelCannotBeFitted, match="item, variable: The answer follows from the number"):
        found_in(x, (1 + (x > 10)).astype(np.uint8))


def test_likelihood_errors_are_those_of_the_whole_likelihood_of_both_variables() -> None:
    x, answers = made(7, people=300)
    found = found_in(x, answers)
    fit = fit_cumulative(x[:, np.newaxis] - x.mean(), (answers[:, None] == np.arange(1, 5)).astype(float), "probit")
    assert fit is not None
    slope, spread = float(fit.slopes[0]), float(x.std(ddof=1))

    def correlation(b: float, sd: float) -> float:
        return float(b * sd / np.hypot(1, b * sd))

    by_slope = (correlation(slope + 1e-6, spread) - correlation(slope - 1e-6, spread)) / 2e-6
    by_spread = (correlation(slope, spread + 1e-5) - correlation(slope, spread - 1e-5)) / 2e-5
    expected = np.hypot(by_slope * fit.errors[0], by_spread * spread / 600**0.5)
    assert found.likelihood.correlation == pytest.approx(correlation(slope, spread), rel=1e-9)
    assert found.likelihood.standard_error == pytest.approx(expected, rel=1e-5)
