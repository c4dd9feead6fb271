from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.effects.changes import (
    BeforeAfter,
    StandardisedChange,
    change_of,
    difference_of_changes,
    small_sample,
)
from lerend.evidence.effects.covariate_adjustment import Adjustment, adjusted_difference
from lerend.statistics.differences import GroupSummary, difference_of
from lerend.statistics.regression.cluster_robust import cluster_robust
from lerend.statistics.regression.least_squares import least_squares
from tests.reference.references import numbers, reference

CASES: Mapping[str, Any] = reference("effect_sizes")
ADJUSTED: Mapping[str, Any] = reference("covariate_adjustment")["cuped_jobs_depress2"]["values"]
WAYS: Mapping[Adjustment, str] = {
    "none": "diff_means",
    "covariate": "ancova",
    "interacted": "lin_interacted",
    "cuped": "cuped",
}


def group(case: Mapping[str, Any], which: str) -> BeforeAfter:
    before, after = (case["params"][time] for time in ("pre", "post"))
    unit, *_ = numbers("univbct.csv", ["BTN"]).T
    scores = numbers("univbct.csv", [before, after])[unit == case["params"][which]]
    scores = scores[~np.isnan(scores).any(axis=1)]
    one, other = (GroupSummary(len(scores), float(part.mean()), float(part.std(ddof=1))) for part in scores.T)
    return BeforeAfter(one, other, float(np.corrcoef(scores.T)[0, 1]))


def same(found: StandardisedChange, expected: Mapping[str, float]) -> None:
    assert (found.value, found.variance) == pytest.approx((expected["yi"], expected["vi"]), rel=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_differences_and_changes_are_those_of_the_reference(name: str) -> None:
    case = CASES[name]
    values, begun, others = case["values"], group(case, "treated"), group(case, "control")
    same(change_of(begun), values["SMCR_treated"])
    same(change_of(others), values["SMCR_control"])
    same(change_of(begun, "change"), values["SMCC_treated"])
    same(change_of(begun, "before, unequal spread"), values["SMCRH_treated"])
    g = difference_of(begun.after, others.after).g
    assert (g.value, g.variance) == pytest.approx(tuple(values["SMD_post_hedges"].values()), rel=1e-10)
    apart = (change_of(begun).value - change_of(others).value, change_of(begun).variance + change_of(others).variance)
    assert apart == pytest.approx(tuple(values["SMCR_diff"].values()), rel=1e-10)
    found = difference_of_changes(begun, others)
    assert found.value == pytest.approx(values["dppc2_morris"]["g_exact"], rel=1e-10)
    # The reference takes 1 - 3/(4m - 1) for J here, which is right to five digits.
    assert found.variance == pytest.approx(values["dppc2_morris"]["var_morris"], rel=1e-4)
    assert small_sample(begun.people + others.people - 2) == pytest.approx(values["dppc2_morris"]["J_exact"], rel=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_newer_metafor_leaves_the_correction_out_of_the_variance_for_unequal_spread(name: str) -> None:
    """Version 5.0 does, version 3.8 (`smd.json`) does not: we keep the smaller one, which is under one hundredth smaller."""
    case = CASES[name]
    found = difference_of(group(case, "treated").after, group(case, "control").after)
    expected = case["values"]["SMDH_post"]
    assert found.unequal.value == pytest.approx(expected["yi"], rel=1e-10)
    assert found.unequal.variance is not None
    assert found.unequal.variance / found.correction**2 == pytest.approx(expected["vi"], rel=1e-10)
    assert found.unequal.variance == pytest.approx(expected["vi"], rel=1e-2)


@given(st.integers(2, 200))
def test_shrinking_is_close_to_the_usual_approximation_and_below_one(df: int) -> None:
    assert small_sample(df) == pytest.approx(1 - 3 / (4 * df - 1), abs=0.02)
    assert small_sample(df) < small_sample(df + 1) < 1


def test_equal_changes_differ_in_nothing() -> None:
    one = BeforeAfter(GroupSummary(9, 3, 0.8), GroupSummary(9, 3.4, 0.7), 0.5)
    assert difference_of_changes(one, one).value == 0
    assert np.isnan(difference_of_changes(*[replace_people(one, 2)] * 2).variance)


def replace_people(one: BeforeAfter, people: int) -> BeforeAfter:
    before, after = (replace(part, people=people) for part in (one.before, one.after))
    return BeforeAfter(before, after, one.together)


def test_people_who_do_not_differ_are_refused() -> None:
    for people, spread, together in ((1, 1.0, 0.5), (5, 0.0, 0.5), (5, 1.0, 1.0)):
        with pytest.raises(ValueError, match="two people"):
            BeforeAfter(GroupSummary(people, 3, spread), GroupSummary(people, 4, spread), together)


@pytest.mark.parametrize("how", WAYS)
def test_measurement_before_sharpens_a_difference_as_in_the_reference(how: Adjustment) -> None:
    treat, before, after = numbers("jobs.csv", ["treat", "depress1", "depress2"]).T
    found, expected = adjusted_difference(after, treat == 1, before[:, None], how), ADJUSTED[WAYS[how]]
    assert found.estimate.value == pytest.approx(expected["est"], rel=1e-9)
    assert found.plain_error == pytest.approx(expected["se_ols"], rel=1e-9)
    assert found.estimate.se == pytest.approx(expected["se_hc2"], rel=1e-9)
    if how == "cuped":
        assert found.slopes == pytest.approx(tuple(expected["theta"]), rel=1e-9)
        assert found.less_variance == pytest.approx(ADJUSTED["variance_reduction_cuped"], rel=1e-9)


def test_a_change_score_and_other_errors_are_those_of_the_reference() -> None:
    treat, before, after = numbers("jobs.csv", ["treat", "depress1", "depress2"]).T
    change, expected = (
        adjusted_difference(after - before, treat == 1, before[:, None], "none"),
        ADJUSTED["change_score"],
    )
    assert change.estimate.value == pytest.approx(expected["est"], rel=1e-9)
    assert change.estimate.se == pytest.approx(expected["se_hc2"], rel=1e-9)
    centred = before - before.mean()
    level = np.ones(len(after))
    for how, columns in (
        ("diff_means", (level, treat)),
        ("ancova", (level, treat, centred)),
        ("lin_interacted", (level, treat, centred, centred * treat)),
    ):
        fit = least_squares(after, np.column_stack(columns))
        alone = cluster_robust(fit, np.arange(fit.rows), "CR3")
        assert alone.standard_error[1] == pytest.approx(ADJUSTED[how]["se_hc3"], rel=1e-9)
