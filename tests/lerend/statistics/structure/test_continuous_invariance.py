"""Invariance of means and covariances: the reference, partial invariance with missing values, and what tests do."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.comparison import continuous_difference, trace_along
from lerend.statistics.structure.continuous.fit import ContinuousEstimator
from lerend.statistics.structure.continuous.invariance import continuous_invariance
from lerend.statistics.structure.continuous.layout import ORDER
from lerend.statistics.structure.continuous.letting_go import continuous_candidates
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.specification import specification_of
from lerend.statistics.structure.stepwise import Verdict
from tests.lerend.statistics.structure.continuous_answers import (
    THREE,
    by_gender,
    by_school,
    compare_estimates,
    measured,
    measures,
    sample,
    two_factors,
)
from tests.reference.references import numbers, reference

STEPS = ("configural", "metric", "scalar", "strict")
BY_LAVAAN = 5e-6
"""How closely lavaan ends at the maximum here (its configural fit of two schools is the loosest)."""


@pytest.mark.parametrize("name", ["hs_school_ML", "hs_school_MLR", "bfi_AN_gender_MLR"])
def test_steps_and_tests_of_differences_are_those_of_the_reference(name: str) -> None:
    groups, model = by_school() if name.startswith("hs") else by_gender()
    how: ContinuousEstimator = "ML" if name.endswith("_ML") else "MLR"
    expected = reference("invariance_continuous")[name]
    fits = [fit_continuous(groups, model, estimator=how, sharing=Sharing(ORDER[:place])) for place in range(len(STEPS))]
    for fit, step in zip(fits, STEPS, strict=True):
        found = measures(fit)
        for key in found.keys() & expected["steps"][step]["fit"].keys():
            wanted = expected["steps"][step]["fit"][key]
            assert found[key] == pytest.approx(wanted, rel=BY_LAVAAN, abs=1e-7), (step, key)
        assert compare_estimates(fit, expected["steps"][step]["par"], value=3e-5, error=1e-4) >= fit.unknowns
    for place, (freer, stricter) in enumerate(pairwise(fits), start=1):
        found_difference = continuous_difference(freer, stricter)
        lrt = expected["lrt"]
        assert found_difference.test.value == pytest.approx(lrt["Chisq diff"][place], rel=1e-5)
        assert found_difference.test.degrees == lrt["Df diff"][place]
        assert found_difference.test.p_value == pytest.approx(lrt["Pr(>Chisq)"][place], rel=1e-3)
        assert found_difference.rmsea.value == pytest.approx(lrt["RMSEA"][place], rel=1e-4)


def test_partial_invariance_with_missing_values_is_that_of_the_reference() -> None:
    expected = reference("invariance_partial")
    values = numbers("holzinger_swineford.csv", [f"x{place}" for place in range(1, 10)])
    values[::7, 1] = values[2::5, 5] = values[2::5, 8] = np.nan
    groups, _ = by_school(values)
    model = specification_of(THREE, identification="unit")
    metric = fit_continuous(groups, model, sharing=Sharing(("loadings",)))
    released = Sharing(("loadings", "intercepts"), (("intercepts", ("x3", "x7")),))
    partial = fit_continuous(groups, model, sharing=released)
    for fit, name in ((metric, "metric"), (partial, "partial")):
        found = measures(fit)
        for key, wanted in expected[name].items():
            assert found[key] == pytest.approx(wanted, rel=1e-5), (name, key)
    assert compare_estimates(partial, expected["par"], value=1e-5, error=1e-4) > 30
    found_difference = continuous_difference(metric, partial)
    assert found_difference.test.value == pytest.approx(expected["difference"]["chisq.diff"], rel=5e-5)


def test_both_scalings_of_a_difference_agree_where_there_are_many_people() -> None:
    groups = {str(seed): sample(measured(6000, seed, skewed=True)) for seed in (1, 2)}
    freer = fit_continuous(groups, two_factors())
    stricter = fit_continuous(groups, two_factors(), sharing=Sharing(ORDER))
    found = continuous_difference(freer, stricter).test
    assert found.scaling > 1.2
    assert trace_along(freer, stricter, found.degrees) == pytest.approx(found.degrees * found.scaling, rel=0.05)


def test_an_item_that_moved_is_let_go_and_named() -> None:
    shift = np.zeros(8)
    shift[2] = 0.6
    groups = {"before": sample(measured(700, 1)), "after": sample(measured(700, 2, shift=shift))}
    found = continuous_invariance(groups, two_factors())
    assert found.released == ("x3",)
    assert found.held == ORDER
    assert [step.verdict for step in found.steps] == [Verdict.HOLDS] * 3
    assert "x3" in found.may[1].in_language("en")
    kept = continuous_invariance(groups, two_factors(), partial=False)
    assert kept.held == ("loadings",)
    assert kept.steps[-1].verdict == Verdict.FAILS
    assert kept.steps[-1].cfi_falls is not None
    assert kept.steps[-1].cfi_falls > 0.01


def test_the_score_test_points_at_the_item_that_refitting_would_pick() -> None:
    groups, model = by_gender()
    sharing = Sharing(("loadings", "intercepts"))
    fit = fit_continuous(groups, model, sharing=sharing)
    found = {one.item: one.test for one in continuous_candidates(fit, "intercepts", least=2)}
    for item in ("N5", "A1", "A4"):
        test = found[item]
        freer = fit_continuous(groups, model, sharing=sharing.without("intercepts", item))
        assert test.degrees == freer.unknowns - fit.unknowns == 1
        assert test.value == pytest.approx(continuous_difference(freer, fit).test.value, rel=0.2, abs=0.5)


def test_means_of_factors_are_relative_to_the_first_group() -> None:
    loading = np.tile([0.8, 0.7, 0.6, 0.7], 2)
    shift = 0.5 * loading * np.repeat([1, 0], 4)
    groups = {"one": sample(measured(2000, 3)), "two": sample(measured(2000, 4, shift=shift))}
    found = continuous_invariance(groups, two_factors())
    means = {e.left: e.value for e in found.final.estimates if e.kind == "mean" and e.group == 1}
    assert means["f1"] == pytest.approx(0.5, abs=0.1)
    assert means["f2"] == pytest.approx(0, abs=0.1)
    assert not found.released


def test_few_people_are_too_few_to_say_and_one_group_is_refused() -> None:
    groups, model = by_school()
    found = continuous_invariance(groups, model)
    assert found.steps[-1].verdict == Verdict.UNCLEAR
    assert found.final is found.configural
    assert "too few people" in found.may[-1].in_language("en")
    with pytest.raises(ModelCannotBeFitted, match="at least two groups"):
        continuous_invariance({"one": next(iter(groups.values()))}, model)


def test_fits_of_other_answers_or_the_wrong_way_round_are_not_compared() -> None:
    groups, model = by_school()
    freer = fit_continuous(groups, model)
    stricter = fit_continuous(groups, model, sharing=Sharing(("loadings",)))
    with pytest.raises(ValueError, match="with restrictions"):
        continuous_difference(stricter, freer)
    with pytest.raises(ValueError, match="with restrictions"):
        continuous_difference(fit_continuous(groups, model, estimator="ML"), stricter)
