"""Factor analysis of means and covariances: the reference, laws, proof of the maximum, and bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.baseline import baselines
from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
from lerend.statistics.structure.continuous.hints import continuous_hints
from lerend.statistics.structure.continuous.judging import Judged
from lerend.statistics.structure.continuous.layout import ORDER, continuous_layout
from lerend.statistics.structure.continuous.likelihood import at_estimate
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import continuous_sample
from lerend.statistics.structure.continuous.saturated import own_observed, saturated_at
from lerend.statistics.structure.continuous.search import most_likely
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.specification import specification_of
from lerend.statistics.structure.trouble import NotConverged, NotIdentified
from tests.lerend.statistics.structure.continuous_answers import (
    TWO,
    Values,
    case,
    compare_estimates,
    measured,
    measures,
    sample,
    two_factors,
    with_holes,
)
from tests.reference.references import reference

BY_LAVAAN = 2e-6
"""How closely lavaan's search ends at the maximum, in fit measures."""
ESTIMATES, ERRORS = 1e-5, 2e-5


def said(fit: ContinuousFit) -> str:
    return " ".join(concern.in_language("en") for concern in fit.concerns)


def estimator_of(name: str) -> ContinuousEstimator:
    found: ContinuousEstimator = name.split("_")[1]  # type: ignore[assignment]  # names of the reference
    return found


@pytest.mark.parametrize("name", ["hs_ML", "hs_MLR", "hs_MLM", "bfi5_ML", "bfi5_MLR", "bhr3_ML", "bhr3_MLR"])
def test_a_fit_is_that_of_the_reference(name: str) -> None:
    found, model = case(name.split("_")[0])
    expected = reference("cfa_ml")[name]
    fit = fit_continuous(found, model, estimator=estimator_of(name))
    pairs = measures(fit)
    if "~1" not in expected["par"]["op"]:
        k = len(model.items)
        means = k * (k + 3) / (k * (k + 1))
        pairs["npar"], pairs["srmr"] = pairs["npar"] - k, pairs["srmr"] * means**0.5
        pairs["aic"], pairs["bic"] = pairs["aic"] - 2 * k, pairs["bic"] - k * float(np.log(found.people))
    for key in pairs.keys() & expected["fit"].keys():
        assert pairs[key] == pytest.approx(expected["fit"][key], rel=BY_LAVAAN, abs=1e-9), key
    assert compare_estimates(fit, expected["par"], value=ESTIMATES, error=ERRORS) >= fit.unknowns - len(model.items)


@pytest.mark.parametrize("name", ["bfi5_ML", "bfi5_MLR"])
def test_a_fit_with_missing_values_is_that_of_the_reference(name: str) -> None:
    found, model = case("bfi5", use_incomplete=True)
    expected = reference("fiml")[name]
    fit = fit_continuous(found, model, estimator=estimator_of(name))
    assert fit.patterns == (expected["npatterns"],)
    pairs = measures(fit)
    for key in pairs.keys() & expected["fit"].keys():
        assert pairs[key] == pytest.approx(expected["fit"][key], rel=BY_LAVAAN, abs=1e-9), key
    assert compare_estimates(fit, expected["par"], value=ESTIMATES, error=ERRORS) == fit.unknowns


def test_hints_are_the_modification_indices_of_the_reference() -> None:
    found, model = case("hs")
    expected = reference("cfa_ml")["hs_ML"]["modindices_top10"]
    hints = continuous_hints(fit_continuous(found, model, estimator="ML"), most=10)
    assert [{hint.left, hint.right} for hint in hints] == [
        {left, right} for left, right in zip(expected["lhs"], expected["rhs"], strict=True)
    ]
    assert [hint.value for hint in hints] == pytest.approx(expected["mi"], rel=ERRORS)
    assert [hint.change for hint in hints] == pytest.approx(expected["epc"], rel=ERRORS)


@pytest.mark.parametrize("holes", [False, True])
def test_slope_and_second_derivatives_are_those_of_the_likelihood(holes: bool) -> None:
    model = specification_of(TWO, residual_covariances=[("x1", "x5")])
    values = [measured(25, seed) for seed in (1, 2)]
    groups = [sample(with_holes(v, 3, 0.05) if holes else v, model, use_incomplete=True) for v in values]
    layout = continuous_layout(model, groups, Sharing(ORDER[:2], (("loadings", ("x3",)),)))
    here = layout.start * np.random.default_rng(4).uniform(0.9, 1.1, layout.unknowns)
    at = at_estimate(groups, layout, here)
    step = 1e-5
    for unknown in range(layout.unknowns):
        nudge = np.zeros(layout.unknowns)
        nudge[unknown] = step
        above, below = at_estimate(groups, layout, here + nudge), at_estimate(groups, layout, here - nudge)
        rise = (below.log_likelihood() - above.log_likelihood()) / (2 * step)
        assert at.slope()[unknown] == pytest.approx(rise, abs=1e-5)
        bend = (above.slope() - below.slope()) / (2 * step)
        np.testing.assert_allclose(at.observed()[unknown], bend, atol=1e-4)
    scores = sum(part.sum(axis=0) for group in at.groups for part in group.scores())
    np.testing.assert_allclose(scores, -at.slope(), atol=1e-8)


def test_expected_information_is_the_mean_of_the_observed_one() -> None:
    found = continuous_sample(measured(500, 1), two_factors().items)
    layout = continuous_layout(two_factors(), [found])
    group = at_estimate([found], layout, layout.start).groups[0]
    as_implied = replace(found.patterns[0], mean=group.mean, scatter=group.covariance)
    truth = replace(found, patterns=(as_implied,))
    at = at_estimate([truth], layout, layout.start)
    np.testing.assert_allclose(at.observed(), at.expected(), atol=1e-8)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(0.1, 20), st.floats(-50, 50))
def test_another_unit_of_the_answers_changes_nothing_that_is_standardised(seed: int, unit: float, zero: float) -> None:
    values = measured(300, seed, skewed=True)
    plain = fit_continuous(sample(values), two_factors())
    other = fit_continuous(sample(values * unit + zero), two_factors())
    assert other.statistic == pytest.approx(plain.statistic, rel=1e-6)
    assert plain.test is not None
    assert other.test is not None
    assert other.test.value == pytest.approx(plain.test.value, rel=1e-6)
    for one, two in zip(plain.estimates, other.estimates, strict=True):
        if one.kind != "intercept":
            assert one.standardised is not None
            assert two.standardised == pytest.approx(one.standardised, abs=1e-6)


def test_what_is_known_of_moments_of_their_own_is_what_their_model_says() -> None:
    group = saturated_at(sample(with_holes(measured(60, 1), 2, 0.1), use_incomplete=True)).groups[0]
    np.testing.assert_allclose(own_observed(group), group.observed(), atol=1e-9)
    np.testing.assert_allclose(group.slope(), 0, atol=1e-6)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_people_and_the_scale_of_factors_change_nothing(seed: int) -> None:
    values = with_holes(measured(250, seed), seed, 0.02)
    one = fit_continuous(sample(values, use_incomplete=True), two_factors())
    turned = sample(np.random.default_rng(seed).permutation(values), use_incomplete=True)
    other = fit_continuous(turned, replace(two_factors(), identification="marker"))
    assert one.test is not None
    assert other.test is not None
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-7)
    assert other.test.value == pytest.approx(one.test.value, rel=1e-6)
    assert one.robust is not None
    assert other.robust is not None
    assert other.robust.cfi == pytest.approx(one.robust.cfi, abs=1e-7)


def test_people_who_skip_by_what_they_answered_bend_only_the_fit_without_them() -> None:
    values = measured(4000, 5)
    values[values[:, 0] > 0.3, 4] = np.nan
    use, leave = (fit_continuous(sample(values, use_incomplete=use), two_factors()) for use in (True, False))
    means = [next(e.value for e in fit.estimates if (e.kind, e.left) == ("intercept", "x1")) for fit in (use, leave)]
    assert abs(means[0]) < 0.06 < 0.5 < abs(means[1])
    assert use.people == (4000,)
    assert leave.left_out == (int(np.isnan(values[:, 4]).sum()),)


def test_errors_of_normal_answers_agree_and_those_of_skewed_ones_do_not() -> None:
    normal, skewed = (
        [fit_continuous(sample(measured(3000, 6, skewed=skew)), two_factors(), estimator=how) for how in ("ML", "MLR")]
        for skew in (False, True)
    )
    ratio = [
        [b.error / a.error for a, b in zip(x.estimates, y.estimates, strict=True) if a.error and b.error]
        for x, y in (normal, skewed)
    ]
    assert max(abs(np.log(ratio[0]))) < 0.15 < max(abs(np.log(ratio[1])))
    assert skewed[1].test is not None
    assert skewed[1].test.scaling > 1.05


def test_no_search_ends_below_another_start() -> None:
    found, model = case("hs")
    layout = continuous_layout(model, [found])
    fit = fit_continuous(found, model)
    lot = np.random.default_rng(7)
    for _ in range(5):
        start = layout.start * lot.uniform(0.6, 1.4, layout.unknowns)
        search = most_likely(lambda estimate: at_estimate([found], layout, estimate), start)
        assert search.at.log_likelihood() == pytest.approx(fit.log_likelihood, abs=1e-7)
        assert search.slope < 1e-8


def refused(values: Values, *, use_incomplete: bool = False) -> str:
    with pytest.raises(ModelCannotBeFitted) as caught:
        sample(values, use_incomplete=use_incomplete)
    return str(caught.value)


def test_items_that_follow_from_one_another_are_named() -> None:
    values = measured(200, 8)
    values[:, 3] = values[:, 0] + values[:, 1]
    said = refused(values)
    assert "x1, x2, x4" in said
    assert "x3" not in said.split(":")[0]
    for wrong, where in ((np.inf, "without end"), (0.0, "Everybody gave the same answer")):
        values = measured(200, 8)
        values[:, 2] = wrong
        assert where in refused(values)
    assert "It takes 10 or more" in refused(measured(9, 8))


def test_two_items_that_nobody_answered_both_are_named() -> None:
    values = measured(200, 9)
    values[:100, 0] = values[100:, 1] = np.nan
    assert "x1, x2" in refused(values, use_incomplete=True)
    assert "There are 0 rows" in refused(values)


def test_a_model_that_answers_cannot_pin_down_is_refused_by_name() -> None:
    tied = specification_of({"f1": ["x1", "x2"], "f2": ["x3", "x4", "x5"]}, correlated=True)
    values = measured(400, 10)[:, :5]
    assert "f1 has two items" in said(fit_continuous(sample(values, tied), tied))
    crossed = specification_of({"f1": ["x1", "x2", "x3"], "f2": ["x1", "x2", "x3", "x4"]})
    with pytest.raises(NotIdentified):
        fit_continuous(sample(values[:, :4], crossed), crossed)
    with pytest.raises(ModelCannotBeFitted, match="not those of the model"):
        fit_continuous(sample(values, tied), two_factors())


def test_a_negative_variance_is_named_and_the_fit_is_not_admissible() -> None:
    model = specification_of({"f": ["x1", "x2", "x3"]}, identification="unit")
    impossible = np.array([[1.0, 0.8, 0.75], [0.8, 1.0, 0.5], [0.75, 0.5, 1.0]])
    root = np.linalg.cholesky(impossible)
    drawn = np.random.default_rng(11).standard_normal((500, 3))
    drawn -= drawn.mean(axis=0)
    drawn = drawn @ np.linalg.inv(np.linalg.cholesky(drawn.T @ drawn / 500)).T
    fit = fit_continuous(sample(drawn @ root.T, model), model)
    assert "residual variance is zero or negative (x1)" in said(fit)
    assert not fit.admissible
    assert fit_continuous(sample(measured(500, 1)), two_factors()).admissible


def test_what_needs_saying_is_said() -> None:
    values = measured(100, 12)
    values[:, 1] = values[:, 0] + 0.01 * np.random.default_rng(1).standard_normal(100)
    found = said(fit_continuous(sample(with_holes(values, 1, 0.05), use_incomplete=True), two_factors()))
    for part in ("x1 and x2 say nearly the same", "With 100 people", "People who skipped an item"):
        assert part in found
    assert not fit_continuous(sample(measured(500, 1)), two_factors()).concerns
    with pytest.raises(ModelCannotBeFitted, match="MLM needs every value"):
        fit_continuous(sample(with_holes(values, 1), use_incomplete=True), two_factors(), estimator="MLM")


def test_a_robust_test_that_cannot_be_had_is_said_and_has_no_numbers() -> None:
    fit = fit_continuous(sample(measured(300, 2)), two_factors())
    assert fit.evidence.squared is not None
    wild, alone = (
        replace(fit.evidence, squared=100 * fit.evidence.squared),
        baselines(fit.evidence.samples, two_factors()),
    )
    tests = Judged(wild, "MLR", fit.statistic, fit.saturated, alone)
    assert "too few people for the robust test" in tests.concerns()[0].in_language("en")
    assert tests.model is not None
    assert np.isnan(tests.model.p_value)
    assert tests.robust() is None
    assert tests.scaled() is None


def test_guesses_that_clash_do_not_stop_the_search() -> None:
    lot = np.random.default_rng(3)
    shared = 0.97**0.5 * lot.standard_normal((400, 1)) + 0.03**0.5 * lot.standard_normal((400, 4))
    values = np.repeat(shared, 3, axis=1) + lot.standard_normal((400, 12))
    model = specification_of({f"f{f}": [f"x{3 * f + i}" for i in range(3)] for f in range(4)})
    layout = continuous_layout(model, [sample(values, model)])
    between = layout.groups[0].covariance.filled(layout.start)
    assert np.linalg.eigvalsh(between)[0] > 0


def test_a_search_without_proven_end_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lerend.statistics.structure.continuous.search._MOST_STEPS", 1)
    with pytest.raises(NotConverged):
        fit_continuous(sample(measured(300, 13)), two_factors())


def test_a_model_with_no_degrees_of_freedom_fits_perfectly() -> None:
    model = specification_of({"f": ["x1", "x2", "x3"]})
    fit = fit_continuous(sample(measured(300, 14)[:, :3], model), model)
    assert fit.degrees == 0
    assert fit.statistic == pytest.approx(0, abs=1e-8)
    assert fit.robust is not None
    assert fit.robust.cfi == 1
