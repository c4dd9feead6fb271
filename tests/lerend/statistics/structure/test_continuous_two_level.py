"""Factor models of people in groups: the likelihood spelled out, the reference, and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.specification import specification_of
from lerend.statistics.structure.two_level.fit import TwoLevelEstimator
from lerend.statistics.structure.two_level.layout import two_level_layout
from lerend.statistics.structure.two_level.likelihood import TwoLevelAt
from lerend.statistics.structure.two_level.model import fit_two_level
from lerend.statistics.structure.two_level.sample import TwoLevelSample, two_level_sample
from tests.reference.references import column, numbers, reference

SIX = ["AS14", "AS15", "AS16", "AS17", "AS28", "AP12"]
FOUR = ["a", "b", "c", "d"]
SIGNS = {"loading": "=~", "covariance": "~~", "residual": "~~", "intercept": "~1"}
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


def test_slope_second_derivatives_and_scores_of_groups_are_those_of_the_likelihood() -> None:
    at = at_a_point(*drawn(15, 2))
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
    expected, par = case["fit"], case["par"]
    assert (fit.unknowns, fit.degrees, fit.groups) == (expected["npar"], expected["df"], case["nclusters"])
    assert fit.log_likelihood == pytest.approx(expected["logl"], rel=1e-9)
    # Its search for covariances of their own stops early: ours ends higher, and that moves the test.
    assert fit.saturated >= expected["unrestricted.logl"]
    assert fit.saturated == pytest.approx(expected["unrestricted.logl"], rel=2e-7)
    assert fit.statistic == pytest.approx(expected["chisq"], rel=1e-5)
    assert fit.naive.cfi == pytest.approx(expected["cfi"], rel=1e-5)
    assert fit.naive.rmsea.value == pytest.approx(expected["rmsea"], rel=1e-5)
    if fit.test is not None:
        assert fit.test.value == pytest.approx(expected["chisq.scaled"], rel=2e-3)
        assert fit.robust is not None
        assert fit.robust.cfi == pytest.approx(expected["cfi.robust"], rel=1e-5)
    assert fit.icc == pytest.approx(list(case["icc"].values()), rel=1e-3)
    omegas = reference("cfa_twolevel")["bhr6_omega_levels"]
    assert (*fit.within.omega, *fit.between.omega) == pytest.approx(omegas, rel=1e-5)
    rows = {key: row for row, key in enumerate(zip(par["op"], par["lhs"], par["rhs"], par["level"], strict=True))}
    for number, level in enumerate((fit.within, fit.between), start=1):
        for one in level.estimates:
            swap = one.kind in ("loading", "covariance")
            left, right = (one.right, one.left) if swap else (one.left, one.right)
            row = rows[SIGNS[one.kind], left, right, number]
            assert one.value == pytest.approx(par["est"][row], rel=1e-3, abs=1e-5)
            assert (one.error or 0) == pytest.approx(par["se"][row], rel=1e-3)


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
    values[0, 0], where[1] = np.nan, -1
    assert two_level_sample(values, where, FOUR).whole.left_out == 2
