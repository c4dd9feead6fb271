"""Factor models of people in groups: the likelihood spelled out, the reference, and bad input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.estimates import name_of_unknown
from lerend.statistics.structure.layout import KINDS, Layout
from lerend.statistics.structure.specification import specification_of
from lerend.statistics.structure.two_level.fit import TwoLevelEstimator, TwoLevelFit
from lerend.statistics.structure.two_level.layout import two_level_layout
from lerend.statistics.structure.two_level.levels import Levels
from lerend.statistics.structure.two_level.likelihood import LevelLayout, TwoLevelAt
from lerend.statistics.structure.two_level.model import fit_two_level
from lerend.statistics.structure.two_level.sample import TwoLevelSample, two_level_sample
from tests.reference.references import column, numbers, reference

SIX = ["AS14", "AS15", "AS16", "AS17", "AS28", "AP12"]
Values = NDArray[np.float64]
FOUR = ["a", "b", "c", "d"]
SIGNS = {"loading": "=~", "path": "~", "covariance": "~~", "residual": "~~", "intercept": "~1"}
WITHIN = specification_of({"fw": FOUR}, identification="unit")
BETWEEN = specification_of({"fb": FOUR}, identification="unit")


def drawn(groups: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """People in groups of 2 to 6; loadings .8 within and .5 between."""
    rng = np.random.default_rng(seed)
    where = np.repeat(np.arange(groups), rng.integers(2, 7, groups))
    between = 0.5 * rng.standard_normal((groups, 1)) + 0.2 * rng.standard_normal((groups, 4))
    within = 0.8 * rng.standard_normal((len(where), 1)) + 0.6 * rng.standard_normal((len(where), 4))
    return between[where] + within + [1.0, 2.0, 3.0, 4.0], where


def soldiers() -> TwoLevelSample:
    names = column("bhr2000.csv", "GRP")
    return two_level_sample(numbers("bhr2000.csv", SIX), np.unique(names, return_inverse=True)[1].astype(np.int64), SIX)


def at_a_point(values: NDArray[np.float64], where: NDArray[np.int64]) -> TwoLevelAt:
    sample = two_level_sample(values, where, FOUR)
    layout = two_level_layout(sample, WITHIN, BETWEEN)
    moved = layout.start * np.random.default_rng(1).uniform(0.9, 1.1, layout.unknowns)
    return TwoLevelAt(sample, layout, moved)


def test_the_likelihood_is_that_of_all_people_of_a_group_at_once() -> None:
    values, where = drawn(12, 1)
    at = at_a_point(values, where)
    whole = 0.0
    for group in np.unique(where):
        rows = values[where == group]
        n = len(rows)
        covariance = np.kron(np.eye(n), at.within_covariance) + np.kron(np.ones((n, n)), at.between_covariance)
        apart = (rows - at.mean).ravel()
        sizes = np.linalg.slogdet(2 * np.pi * covariance)[1]
        whole -= (sizes + apart @ np.linalg.solve(covariance, apart)) / 2
    assert at.log_likelihood() == pytest.approx(whole, abs=1e-8)


def with_predictors(groups: int, seed: int) -> TwoLevelAt:
    """At a point of a model with a predictor of people, one of groups, and one on both levels."""
    values, where = drawn(groups, seed)
    rng = np.random.default_rng(seed)
    people, of_groups = rng.standard_normal((len(where), 2)), rng.standard_normal((groups, 2))
    people[:, 1] += of_groups[where, 0]
    within = specification_of({"fw": FOUR}, paths=[("fw", "both"), ("fw", "age")])
    between = specification_of({"fb": FOUR}, paths=[("fb", "size"), ("fb", "both")])
    names = Levels(within, between).items
    assert names == (*FOUR, "both", "age", "size")
    both = np.column_stack([values, people[:, [1, 0]], of_groups[where, 1]])
    sample = two_level_sample(both, where, names)
    layout = two_level_layout(sample, within, between)
    moved = layout.start * np.random.default_rng(1).uniform(0.9, 1.1, layout.unknowns)
    return TwoLevelAt(sample, layout, moved)


def test_with_predictors_the_likelihood_is_that_of_everything_in_a_group_at_once() -> None:
    at, (values, where) = with_predictors(12, 1), drawn(12, 1)
    rng = np.random.default_rng(1)
    people, of_groups = rng.standard_normal((len(where), 2)), rng.standard_normal((12, 2))
    people[:, 1] += of_groups[where, 0]
    rows = np.column_stack([values, people[:, [1, 0]]])
    whole = 0.0
    for group in range(12):
        mine = rows[where == group]
        n = len(mine)
        inside = np.kron(np.eye(n), at.within_covariance[:6, :6])
        outside = np.kron(np.ones((n, n)), at.between_covariance[:6, :6])
        beside = np.tile(at.between_covariance[:6, 6], n)[:, np.newaxis]
        covariance = np.block([[inside + outside, beside], [beside.T, at.between_covariance[6:, 6:]]])
        apart = np.concatenate([(mine - at.mean[:6]).ravel(), [of_groups[group, 1] - at.mean[6]]])
        sizes = np.linalg.slogdet(2 * np.pi * covariance)[1]
        whole -= (sizes + apart @ np.linalg.solve(covariance, apart)) / 2
    assert at.log_likelihood() == pytest.approx(whole, abs=1e-8)


@pytest.mark.parametrize("predictors", [False, True])
def test_slope_second_derivatives_and_scores_of_groups_are_those_of_the_likelihood(predictors: bool) -> None:
    at = with_predictors(15, 2) if predictors else at_a_point(*drawn(15, 2))
    step = 1e-5
    for unknown in range(at.layout.unknowns):
        nudge = np.zeros(at.layout.unknowns)
        nudge[unknown] = step
        above, below = (TwoLevelAt(at.sample, at.layout, at.estimate + way * nudge) for way in (1, -1))
        assert at.slope()[unknown] == pytest.approx(
            (below.log_likelihood() - above.log_likelihood()) / (2 * step), abs=1e-5
        )
        np.testing.assert_allclose(at.observed()[unknown], (above.slope() - below.slope()) / (2 * step), atol=1e-4)
    np.testing.assert_allclose(at.scores().sum(axis=0), -at.slope(), atol=1e-8)


@pytest.mark.parametrize("how", ["ML", "MLR"])
def test_a_fit_is_that_of_the_reference(how: TwoLevelEstimator) -> None:
    case = reference("cfa_twolevel")[f"bhr6_{how}"]
    fit = fit_two_level(soldiers(), specification_of({"fw": SIX}), specification_of({"fb": SIX}), estimator=how)
    compare_measures(fit, case)
    assert fit.naive.cfi == pytest.approx(case["fit"]["cfi"], rel=1e-5)
    assert fit.naive.rmsea.value == pytest.approx(case["fit"]["rmsea"], rel=1e-5)
    if fit.test is not None:
        assert fit.test.value == pytest.approx(case["fit"]["chisq.scaled"], rel=2e-3)
        assert fit.robust is not None
        assert fit.robust.cfi == pytest.approx(case["fit"]["cfi.robust"], rel=1e-5)
    omegas = reference("cfa_twolevel")["bhr6_omega_levels"]
    assert (*fit.within.omega, *fit.between.omega) == pytest.approx(omegas, rel=1e-5)
    compare_levels(fit, case["par"], value=2e-4)


def compare_measures(fit: TwoLevelFit, case: Mapping[str, Any], *, likelihood: float = 1e-9) -> None:
    expected = case["fit"]
    assert (fit.unknowns, fit.degrees, fit.groups) == (expected["npar"], expected["df"], case["nclusters"])
    assert fit.log_likelihood == pytest.approx(expected["logl"], rel=likelihood)
    # Its search for covariances of their own stops early: ours ends higher, and that moves the test.
    assert fit.saturated == pytest.approx(expected["unrestricted.logl"], rel=2e-7)
    assert fit.saturated >= expected["unrestricted.logl"]
    assert fit.statistic == pytest.approx(expected["chisq"], rel=2e-5)
    assert fit.icc[: len(case["icc"])] == pytest.approx(list(case["icc"].values()), rel=1e-3)


def rows_of(par: Mapping[str, list[Any]]) -> dict[tuple[str, str, str, int], int]:
    return {key: row for row, key in enumerate(zip(par["op"], par["lhs"], par["rhs"], par["level"], strict=True))}


def key_of(kind: str, left: str, right: str, level: int) -> tuple[str, str, str, int]:
    swap = kind in ("loading", "covariance")
    return (SIGNS[kind], right, left, level) if swap else (SIGNS[kind], left, right, level)


def compare_levels(fit: TwoLevelFit, par: Mapping[str, list[Any]], *, value: float) -> None:
    rows = rows_of(par)
    for number, level in enumerate((fit.within, fit.between), start=1):
        for one in level.estimates:
            row = rows[key_of(one.kind, one.left, one.right, number)]
            assert one.value == pytest.approx(par["est"][row], rel=value, abs=value * (one.error or 0)), one
            assert (one.error or 0) == pytest.approx(par["se"][row], rel=1e-3), one
            again = value * (one.standardised_error or 0)
            assert one.standardised == pytest.approx(par["std_all"][row], rel=5e-4, abs=again), one


def of_the_reference(layout: LevelLayout, factors: tuple[str, str], par: Mapping[str, list[Any]]) -> Values:
    """Its estimates as a point of our likelihood: one factor of the same items on each level."""
    point, rows = np.full(layout.unknowns, np.nan), rows_of(par)
    for number, (group, factor) in enumerate(zip((layout.within, layout.between), factors, strict=True), start=1):
        model = specification_of({factor: [item for item in dict.fromkeys(par["rhs"]) if item not in ("", *factors)]})
        alone = Layout((group,), layout.unknowns, layout.start)
        for unknown in np.unique(np.concatenate([getattr(group, kind).unknown.ravel() for kind in KINDS])):
            if unknown >= 0:
                kind, left, right, *_ = (*name_of_unknown(alone, model, int(unknown)).split(), "")
                point[unknown] = par["est"][rows[key_of(kind, left, right, number)]]
    return point


def test_where_numbers_differ_from_the_reference_ours_are_the_more_likely() -> None:
    case = reference("cfa_twolevel")["bhr6_ML"]
    sample, within, between = soldiers(), specification_of({"fw": SIX}), specification_of({"fb": SIX})
    layout = two_level_layout(sample, within, between)
    there = TwoLevelAt(sample, layout, of_the_reference(layout, ("fw", "fb"), case["par"]))
    fit = fit_two_level(sample, within, between, estimator="ML")
    assert there.log_likelihood() == pytest.approx(case["fit"]["logl"], abs=1e-8)
    assert 1e-6 < fit.log_likelihood - there.log_likelihood() < 1e-5
    assert fit.proof.slope < 1e-9
    again = fit_two_level(sample, within, between, estimator="ML", start=there.estimate)
    assert again.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)


def demo(items: Sequence[str]) -> TwoLevelSample:
    names = column("demo_twolevel.csv", "cluster")
    of_group = dict(
        zip(
            column("demo_twolevel_groups.csv", "cluster"),
            numbers("demo_twolevel_groups.csv", ["w1", "w2"]),
            strict=True,
        )
    )
    people = numbers("demo_twolevel.csv", [item for item in items if not item.startswith("w")])
    values = np.column_stack([people, np.array([of_group[name] for name in names])])[:, : len(items)]
    return two_level_sample(values, np.array(names, dtype=np.int64), items)


@pytest.mark.parametrize("how", ["ML", "MLR"])
def test_predictors_of_people_and_of_groups_are_those_of_the_reference(how: TwoLevelEstimator) -> None:
    case = reference("cfa_twolevel")[f"demo_sem_{how}"]
    within = specification_of({"fw": ["y1", "y2", "y3"]}, paths=[("fw", name) for name in ("x1", "x2", "x3")])
    between = specification_of({"fb": ["y1", "y2", "y3"]}, paths=[("fb", name) for name in ("w1", "w2")])
    fit = fit_two_level(demo(["y1", "y2", "y3", "x1", "x2", "x3", "w1", "w2"]), within, between, estimator=how)
    expected, par = case["fit"], case["par"]
    compare_measures(fit, case, likelihood=1e-8)
    assert fit.naive.tli == pytest.approx(expected["tli"], rel=1e-6)
    assert fit.within.srmr == pytest.approx(expected["srmr_within"], rel=1e-3)
    assert fit.between.srmr == pytest.approx(expected["srmr_between"], rel=1e-3)
    if fit.test is not None and fit.robust is not None:
        assert fit.test.value == pytest.approx(expected["chisq.scaled"], rel=1e-3)
        assert fit.robust.tli == pytest.approx(expected["tli.robust"], rel=1e-5)
    # It counts predictors from zero, we from their mean: intercepts are those of other people.
    levels = [
        replace(one, estimates=tuple(e for e in one.estimates if e.kind != "intercept"))
        for one in (fit.within, fit.between)
    ]
    compare_levels(replace(fit, within=levels[0], between=levels[1]), par, value=1e-3)
    rows = rows_of(par)
    shifts = [
        sum(par["est"][rows["~", factor, name, level]] * par["est"][rows["~1", name, "", level]] for name in names)
        for level, factor, names in ((1, "fw", ("x1", "x2", "x3")), (2, "fb", ("w1", "w2")))
    ]
    for one in fit.between.estimates:
        if one.kind == "intercept":
            loadings = [par["est"][rows["=~", factor, one.left, level]] for level, factor in ((1, "fw"), (2, "fb"))]
            theirs = par["est"][rows["~1", one.left, "", 2]] + float(np.dot(loadings, shifts))
            assert one.value == pytest.approx(theirs, abs=2e-3 * (one.error or 0))
    assert fit.icc[3:] == (0, 0, 0, 1, 1)


def test_a_lower_top_of_the_likelihood_is_given_when_asked_for_and_says_so() -> None:
    case = reference("cfa_twolevel")["demo_cfa6_ML"]
    names = [f"y{place}" for place in range(1, 7)]
    sample, within, between = demo(names), specification_of({"fw": names}), specification_of({"fb": names})
    layout = two_level_layout(sample, within, between)
    start = of_the_reference(layout, ("fw", "fb"), case["par"])
    best = fit_two_level(sample, within, between, estimator="ML")
    theirs = fit_two_level(sample, within, between, estimator="ML", start=start)
    compare_measures(theirs, case, likelihood=1e-8)
    assert theirs.naive.cfi == pytest.approx(case["fit"]["cfi"], rel=1e-5)
    compare_levels(theirs, case["par"], value=1e-3)
    assert (
        best.log_likelihood - theirs.log_likelihood == pytest.approx(theirs.higher) == pytest.approx(68.7025, abs=1e-3)
    )
    assert best.admissible
    assert best.higher == 0
    assert not theirs.admissible
    assert "not the best fit" in theirs.concerns[0].in_language("en")
    # By another way: the likelihood alone, searched without its slopes from between the two tops.
    other = specification_of({"fb": names}, identification="unit")
    unit = two_level_layout(sample, replace(within, identification="unit"), other)

    def unlikely(point: Values) -> float:
        return -TwoLevelAt(sample, unit, point).log_likelihood() / sample.people

    found = minimize(unlikely, unit.start, method="BFGS")
    assert -found.fun * sample.people == pytest.approx(best.log_likelihood, abs=1e-3)


def test_levels_are_told_apart() -> None:
    fit = fit_two_level(two_level_sample(*drawn(400, 3), FOUR), WITHIN, BETWEEN)
    found = [[e.value for e in level.estimates if e.kind == "loading"] for level in (fit.within, fit.between)]
    assert found[0] == pytest.approx([0.8] * 4, abs=0.08)
    assert found[1] == pytest.approx([0.5] * 4, abs=0.1)
    assert fit.within.omega[0] == pytest.approx(16 * 0.64 / (16 * 0.64 + 4 * 0.36), abs=0.02)
    assert fit.between.omega[0] == pytest.approx(16 * 0.25 / (16 * 0.25 + 4 * 0.04), abs=0.02)
    assert fit.icc == pytest.approx([0.29 / 1.29] * 4, abs=0.05)
    assert fit.test is not None
    assert fit.test.p_value > 0.01
    assert fit.admissible
    assert not fit.concerns


def test_too_few_groups_are_refused_and_few_are_said() -> None:
    values, where = drawn(40, 4)
    assert "With 40 groups" in fit_two_level(two_level_sample(values, where, FOUR), WITHIN).concerns[-1].in_language(
        "en"
    )
    with pytest.raises(ModelCannotBeFitted, match="There are 3 groups"):
        two_level_sample(values[where < 3], where[where < 3], FOUR)
    with pytest.raises(ModelCannotBeFitted, match="hardly anybody shares one"):
        two_level_sample(values, np.arange(len(values)), FOUR)
    with pytest.raises(ModelCannotBeFitted, match="not those of the model"):
        fit_two_level(two_level_sample(values, where, ["w", *FOUR[1:]]), WITHIN)
    loose = specification_of({"fw": FOUR}, paths=[("e", "fw")])
    with pytest.raises(ModelCannotBeFitted, match="e: This stands on one of the two levels only"):
        fit_two_level(
            two_level_sample(np.column_stack([values, values[:, 0] ** 2]), where, [*FOUR, "e"]), loose, WITHIN
        )
    age = specification_of({"fb": FOUR}, paths=[("fb", "age")])
    with pytest.raises(ModelCannotBeFitted, match="age: It differs between people of one group"):
        fit_two_level(
            two_level_sample(np.column_stack([values, values[:, 0] ** 2]), where, [*FOUR, "age"]), WITHIN, age
        )
    values[0, 0], where[1] = np.nan, -1
    assert two_level_sample(values, where, FOUR).whole.left_out == 2
