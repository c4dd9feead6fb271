"""Factor analysis of ordinal answers: the reference, laws, proof of convergence, and what is said about bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ncx2

from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.concerns import refuse_unproven
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.indices import noncentrality
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import ORDER, Sharing
from lerend.statistics.structure.ordinal_task import ordinal_task
from lerend.statistics.structure.search import minimise
from lerend.statistics.structure.specification import Specification, specification_of
from lerend.statistics.structure.trouble import NotConverged, NotIdentified
from tests.lerend.statistics.structure.factor_answers import LOADING, Codes, answers, case_of, two_factors
from tests.reference.references import reference

BY_LAVAAN = 2e-5
"""How closely lavaan's search ends at the minimum (its theta fits are the loosest)."""
SIGNS = {"loading": "=~", "covariance": "~~", "residual": "~~", "threshold": "|"}


def fitted(found: Codes, model: Specification | None = None, **how: object) -> Fit:
    model = model or two_factors()
    return fit_ordinal(sample_of(found, model.items), model, **how)  # type: ignore[arg-type]  # passed on


def said(fit: Fit) -> str:
    return " ".join(concern.in_language("en") for concern in fit.concerns)


def key_of(estimate: Estimate) -> tuple[str, str, str]:
    swap = estimate.kind in ("loading", "covariance")
    left, right = (estimate.right, estimate.left) if swap else (estimate.left, estimate.right)
    return SIGNS[estimate.kind], left, right


@pytest.mark.parametrize("name", tuple(reference("cfa_ordinal_wlsmv")))
def test_a_fit_is_that_of_the_reference(name: str) -> None:
    found, model, case = case_of(name)
    estimator, theta = name.split("_")[1], name.endswith("theta")
    fit = fitted(found, model, estimator=estimator, parameterisation="theta" if theta else "delta")
    expected = case["fit"]
    pairs = {"npar": fit.unknowns, "df": fit.degrees, "chisq": fit.statistic, "srmr": fit.srmr}
    pairs |= {"cfi": fit.naive.cfi, "rmsea": fit.naive.rmsea.value}
    if fit.test is not None:
        assert fit.baseline.test is not None
        pairs |= {"chisq.scaled": fit.test.value, "chisq.scaling.factor": fit.test.scaling}
        pairs["baseline.chisq.scaled"] = fit.baseline.test.value
        for kind, indices in (("scaled", fit.scaled), ("robust", fit.robust)):
            assert indices is not None
            pairs |= {f"cfi.{kind}": indices.cfi, f"tli.{kind}": indices.tli, f"rmsea.{kind}": indices.rmsea.value}
            pairs |= {f"rmsea.ci.lower.{kind}": indices.rmsea.low, f"rmsea.ci.upper.{kind}": indices.rmsea.high}
    for key, value in pairs.items():
        assert value == pytest.approx(expected[key], rel=BY_LAVAAN), key


@pytest.mark.parametrize("name", ["bhr3_WLSMV", "bhr3_WLSMV_theta", "bhr3_DWLS", "bhr3_ULSMV", "bhr1_WLSMV"])
def test_estimates_and_their_errors_are_those_of_the_reference(name: str) -> None:
    found, model, case = case_of(name)
    estimator, theta = name.split("_")[1], name.endswith("theta")
    fit = fitted(found, model, estimator=estimator, parameterisation="theta" if theta else "delta")
    par = case["par"]
    places = {key: row for row, key in enumerate(zip(par["op"], par["lhs"], par["rhs"], strict=True))}
    compared = 0
    for estimate in fit.estimates:
        if estimate.kind not in SIGNS:
            continue
        sign, left, right = key_of(estimate)
        row = places.get((sign, left, right), places.get((sign, right, left)))
        assert row is not None
        assert estimate.value == pytest.approx(par["est"][row], rel=BY_LAVAAN, abs=1e-6)
        assert estimate.standardised == pytest.approx(par["std_all"][row], abs=BY_LAVAAN)
        if estimate.error is not None and par["se"][row]:
            assert estimate.error == pytest.approx(par["se"][row], rel=BY_LAVAAN)
            if par["std_se"][row]:
                assert estimate.standardised_error == pytest.approx(par["std_se"][row], rel=BY_LAVAAN)
            compared += 1
    assert compared > 50


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1000))
def test_scale_and_parameterisation_change_names_of_numbers_and_not_the_fit(seed: int) -> None:
    found = answers(400, seed)
    model = two_factors()
    fits = [
        fitted(found, replace(model, identification=scale), parameterisation=how)
        for scale in ("unit", "marker")
        for how in ("delta", "theta")
    ]
    first = fits[0]
    assert first.test is not None
    for other in fits[1:]:
        assert other.test is not None
        assert other.test.value == pytest.approx(first.test.value, rel=1e-6)
        for one, two in zip(first.estimates, other.estimates, strict=True):
            assert (one.kind, one.left, one.right) == (two.kind, two.left, two.right)
            if one.standardised is not None:
                assert two.standardised == pytest.approx(one.standardised, abs=1e-6)
                assert one.kind != "loading" or two.standardised_error == pytest.approx(
                    one.standardised_error, rel=1e-4
                )


def test_loadings_come_near_the_ones_that_made_the_answers() -> None:
    fit = fitted(answers(20_000, 3))
    found = [e for e in fit.estimates if e.kind == "loading"]
    off = np.array([(e.value - truth) / (e.error or 0) for e, truth in zip(found, LOADING, strict=True)])
    assert np.abs(off).max() < 4
    assert fit.test is not None
    assert fit.test.p_value > 0.001


@pytest.mark.parametrize(
    ("shared", "how"),
    [*((ORDER[:steps], "delta") for steps in range(4)), *((ORDER[:steps], "theta") for steps in range(5))],
)
def test_moments_move_with_the_unknowns_as_the_jacobian_says(shared: tuple[str, ...], how: str) -> None:
    model = replace(two_factors(), residual_covariances=(("x1", "x5"),))
    samples = {str(group): sample_of(answers(300, group), model.items) for group in range(2)}
    task = ordinal_task(
        samples,
        model,
        equal_weights=False,
        parameterisation=how,  # type: ignore[arg-type]  # a literal
        sharing=Sharing(shared),  # type: ignore[arg-type]  # a part of ORDER
    )
    at = task.layout.start + np.random.default_rng(1).normal(0, 0.02, task.layout.unknowns)
    exact = np.concatenate(task.jacobians(at))
    for unknown in range(task.layout.unknowns):
        nudge = np.zeros(task.layout.unknowns)
        nudge[unknown] = 1e-6
        by_steps = (np.concatenate(task.residuals(at + nudge)) - np.concatenate(task.residuals(at - nudge))) / 2e-6
        np.testing.assert_allclose(exact[:, unknown], by_steps, atol=1e-7)


def test_the_search_ends_at_the_same_place_from_another_start() -> None:
    model = two_factors()
    task = ordinal_task(
        {"": sample_of(answers(500, 2), model.items)},
        model,
        equal_weights=False,
        parameterisation="delta",
        sharing=Sharing(),
    )
    near = minimise(task.weighted, task.layout.start)
    far = minimise(task.weighted, task.layout.start * 0.5)
    np.testing.assert_allclose(far.estimate, near.estimate, atol=1e-7)


def test_a_search_that_stops_on_a_slope_gives_no_result() -> None:
    model = two_factors()
    task = ordinal_task(
        {"": sample_of(answers(500, 2), model.items)},
        model,
        equal_weights=False,
        parameterisation="delta",
        sharing=Sharing(),
    )
    search = minimise(task.weighted, task.layout.start)
    refuse_unproven(search, task.layout, model)
    with pytest.raises(NotConverged):
        refuse_unproven(replace(search, slope=0.1), task.layout, model)


def test_a_model_with_more_unknowns_than_correlations_is_refused() -> None:
    model = specification_of({"f": ["x1", "x2", "x3"]}, residual_covariances=[("x1", "x2")], identification="unit")
    with pytest.raises(NotIdentified, match="4 unknowns"):
        fitted(answers(300, 1)[:, :3], model)


def test_what_the_answers_do_not_pin_down_is_named() -> None:
    """Two factors of the same items but one, which nothing tells apart."""
    model = specification_of({"f": ["x1", "x2", "x3", "x4"], "g": ["x1", "x2", "x3", "x4", "x5"]})
    with pytest.raises(NotIdentified, match="loading"):
        fitted(answers(300, 1)[:, :5], model)


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ({}, "no factor"),
        ({"f": ["a", "b"]}, "needs 3 or more"),
        ({"f": ["a", "b", "c"], "g": ["d"]}, "needs 2 or more"),
        ({"f": ["a", "b", "a"]}, "twice"),
        ({"f": ["a", "b", "c"], "g": ["c", "b", "a"]}, "same items"),
    ],
)
def test_a_model_that_cannot_be_is_refused_in_words(factors: dict[str, list[str]], words: str) -> None:
    with pytest.raises(ModelCannotBeFitted, match=words):
        specification_of(factors)


def test_a_factor_with_two_items_is_fitted_beside_another_and_said() -> None:
    model = specification_of({"f1": ["x1", "x2", "x3", "x4"], "f2": ["x5", "x6"]})
    fit = fitted(answers(500, 1)[:, :6], model)
    assert "f2 has two items" in said(fit)
    assert "two items" not in said(fitted(answers(500, 1)))


def test_a_negative_residual_variance_is_said() -> None:
    """Correlations .8, .8 and .3 of three items: one loading must be above 1."""
    rng = np.random.default_rng(1)
    root = np.linalg.cholesky(np.array([[1, 0.8, 0.8], [0.8, 1, 0.35], [0.8, 0.35, 1]])).T
    found = (1 + np.searchsorted([-1, 0, 1], rng.standard_normal((3000, 3)) @ root)).astype(np.uint8)
    fit = fitted(found, specification_of({"f": ["x1", "x2", "x3"]}, identification="unit"))
    assert not fit.admissible
    assert "x1" in said(fit)
    assert "negative" in said(fit)
    assert fitted(answers(500, 1)).admissible


def test_items_that_are_one_are_refused_by_name() -> None:
    found = answers(300, 1)
    found[:, 1] = found[:, 0]
    with pytest.raises(ModelCannotBeFitted, match="x1, x2"):
        fitted(found)


def test_a_group_of_one_is_refused_by_name() -> None:
    with pytest.raises(ModelCannotBeFitted, match=r"night shift.*1 row"):
        sample_of(answers(1, 1), two_factors().items, group="night shift")


def test_few_people_are_said() -> None:
    assert "With 150 people" in said(fitted(answers(150, 1)))
    assert "people the test" not in said(fitted(answers(400, 1)))


def test_people_who_lack_an_answer_are_left_out_and_counted() -> None:
    found = answers(400, 1)
    holes = np.concatenate([found, found[:3] * np.array([1, 0, 1, 1, 1, 1, 1, 1], dtype=np.uint8)])
    fit, whole = fitted(holes), fitted(found)
    assert (fit.people, fit.left_out) == ((400,), (3,))
    assert fit.statistic == whole.statistic


def test_drawing_rows_leaves_estimates_and_frees_the_test_from_its_bias() -> None:
    """Over draws, the second trace of a tenth of the people is that of all; as the rows are, it is far too large."""
    model = two_factors()
    found = answers(4000, 5)
    whole = fit_ordinal(sample_of(found, model.items, most_rows=3999), model)
    assert whole.test is not None
    freed = []
    for seed in range(8):
        mixed = np.random.default_rng(seed).permutation(found)
        part = fit_ordinal(sample_of(mixed, model.items, most_rows=400), model)
        assert part.test is not None
        assert part.statistic == pytest.approx(whole.statistic, rel=1e-9)
        assert part.rows == (400,)
        assert "400 people drawn by lot" in said(part)
        freed.append(part.test.scaling**2)
    assert np.mean(freed) == pytest.approx(whole.test.scaling**2, rel=0.05)
    few = fit_ordinal(sample_of(found[:400], model.items), model)
    assert few.test is not None
    assert few.test.scaling**2 > 1.05 * whole.test.scaling**2


@pytest.mark.parametrize("value", [0.5, 30.0, 900.0])
@pytest.mark.parametrize("share", [0.05, 0.95])
def test_a_noncentrality_has_the_asked_share_below_the_value(value: float, share: float) -> None:
    found = noncentrality(value, 10, share)
    if found == 0:
        assert ncx2.cdf(value, 10, 1e-9) <= share + 1e-6
    else:
        assert ncx2.cdf(value, 10, found) == pytest.approx(share, abs=1e-8)
