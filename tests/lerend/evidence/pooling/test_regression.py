from __future__ import annotations

import numpy as np
import pytest

from lerend.evidence.pooling.multilevel import three_level
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.evidence.pooling.random_effects import Test
from lerend.evidence.pooling.regression import meta_regression
from tests.reference.pooled_effects import effects_of
from tests.reference.references import column, numbers, reference

REGRESSED = tuple(name for name, case in reference("meta_analysis").items() if "metareg_REML_knha" in case["values"])
NESTED = tuple(reference("meta_three_level"))


@pytest.mark.parametrize("name", REGRESSED)
def test_meta_regression_gives_what_the_reference_gives_with_both_kinds_of_errors(name: str) -> None:
    case = reference("meta_analysis")[name]
    expected, robust = case["values"]["metareg_REML_knha"], case["values"]["metareg_CR2"]
    characteristic = numbers(case["file"], [expected["names"][1]])[:, 0]
    known = np.isfinite(characteristic)
    y, v = effects_of(case)
    found = meta_regression(y[known], v[known], characteristic[known], ["it"], test=Test.HARTUNG_KNAPP)
    for mine, theirs in (
        (found.coefficients, expected["beta"]),
        (found.standard_errors, expected["se"]),
        (found.p, expected["pval"]),
        ([found.tau2, found.r2 * 100], [expected["tau2"], expected["R2"]]),
        ([found.together, found.together_p, found.q], [expected["QM"], expected["QMp"], expected["QE"]]),
        (found.robust.standard_error, robust["se"]),
        (found.robust.degrees_of_freedom, robust["df"]),
        (found.robust.p, robust["p"]),
    ):
        assert list(mine) == pytest.approx(theirs, rel=1e-7)


@pytest.mark.parametrize("name", NESTED)
def test_effects_within_clusters_give_what_the_reference_gives(name: str) -> None:
    case = reference("meta_three_level")[name]
    expected = case["values"]
    y, v = effects_of(case)
    clusters = column(case["file"], case["params"]["outer"])
    year = numbers(case["file"], ["year"])[:, 0] if case["params"]["mods"] else None
    centred = None if year is None else year - year.mean()
    names = () if year is None else ("year",)
    found = three_level(y, v, clusters, characteristics=centred, names=names)
    assert found.converged
    for mine, theirs in (
        (found.coefficients, expected["est"]),
        (found.standard_errors, expected["se"]),
        (found.df, expected["ddf"]),
        (found.p, expected["pval"]),
        (np.array([found.between, found.within]), expected["sigma2"]),
        (np.array([found.log_likelihood, found.q]), [expected["loglik_reml"], expected["QE"]]),
        (found.robust.standard_error, expected["CR2"]["se"]),
        (found.robust.degrees_of_freedom, expected["CR2"]["df"]),
    ):
        assert list(mine) == pytest.approx(np.atleast_1d(theirs).tolist(), rel=1e-5)
    if "pi" in expected:
        assert found.prediction is not None
        assert [found.prediction.low, found.prediction.high] == pytest.approx(expected["pi"], rel=1e-5)
    together = three_level(y, v, clusters, characteristics=centred, names=names, correlation=0.8)
    che = expected["CHE_rho08"]
    assert list(together.coefficients) == pytest.approx(np.atleast_1d(che["est"]).tolist(), rel=1e-5)
    assert [together.between, together.within] == pytest.approx(che["sigma2"], rel=1e-4)
    assert list(together.robust.standard_error) == pytest.approx(np.atleast_1d(che["CR2_se"]).tolist(), rel=1e-5)
    assert list(together.robust.degrees_of_freedom) == pytest.approx(np.atleast_1d(che["CR2_df"]).tolist(), rel=1e-5)


def test_what_is_the_same_everywhere_explains_nothing_and_is_refused() -> None:
    with pytest.raises(EffectsAreWrong, match="cannot be told apart"):
        meta_regression([0.1, 0.2, 0.3, 0.5], [0.1] * 4, [1.0] * 4, ["it"])


def test_effects_of_one_study_say_nothing_about_others() -> None:
    with pytest.raises(EffectsAreWrong, match="one cluster"):
        three_level([0.1, 0.2, 0.3], [0.1] * 3, ["a"] * 3)


def test_effects_that_differ_less_than_by_chance_end_with_no_spread() -> None:
    found = three_level([0.2, 0.21, 0.2, 0.19, 0.2, 0.2], [0.04] * 6, [1, 1, 2, 2, 3, 3])
    assert found.converged
    assert (found.between, found.within) == (0.0, 0.0)
