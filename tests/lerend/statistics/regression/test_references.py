"""Errors that allow for clusters, and the wild bootstrap, against clubSandwich and enumeration in R."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from lerend.statistics.regression.cluster_parts import KINDS, Kind
from lerend.statistics.regression.cluster_robust import cluster_robust, wald_test
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.wild_bootstrap import wild_bootstrap
from tests.lerend.statistics.regression.cases import case
from tests.reference.references import reference

RELATIVE = 1e-8


def told(name: str, kind: Kind) -> Mapping[str, Mapping[str, float]]:
    """Per coefficient est, se, and where the reference has them df and p."""
    of = reference("cluster_robust")[name]
    if "coef" in of and isinstance(of["coef"], dict):
        coefficients: Mapping[str, Mapping[str, float]] = of["coef"][kind]
        return coefficients
    parts = zip(of["terms"], of["coef"], of[kind]["se"], of[kind]["df"], of[kind]["p"], strict=True)
    return {term: {"est": est, "se": se, "df": df, "p": p} for term, est, se, df, p in parts}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", list(reference("cluster_robust")))
def test_errors_are_those_of_the_reference(name: str, kind: Kind) -> None:
    data = case(name)
    fit = least_squares(data.outcome, data.design, names=data.names)
    found = cluster_robust(fit, data.clusters, kind)
    expected = told(name, kind)
    places = [found.names.index(term) for term in expected]
    np.testing.assert_allclose(found.estimate[places], [of["est"] for of in expected.values()], rtol=RELATIVE)
    np.testing.assert_allclose(found.standard_error[places], [of["se"] for of in expected.values()], rtol=RELATIVE)
    if all("df" in of for of in expected.values()):
        np.testing.assert_allclose(
            found.degrees_of_freedom[places], [of["df"] for of in expected.values()], rtol=RELATIVE
        )
        np.testing.assert_allclose(found.p[places], [of["p"] for of in expected.values()], rtol=1e-6)


@pytest.mark.parametrize("name", [name for name, of in reference("cluster_robust").items() if of.get("wald_HTZ")])
def test_tests_of_several_coefficients_are_those_of_the_reference(name: str) -> None:
    of: Mapping[str, Any] = reference("cluster_robust")[name]["wald_HTZ"]
    data = case(name)
    found = wald_test(least_squares(data.outcome, data.design, names=data.names), data.clusters, of["terms"])
    expected = [of["F"], of["df_num"], of["df_denom"]]
    np.testing.assert_allclose([found.f, found.above, found.below], expected, rtol=RELATIVE)
    assert found.p == pytest.approx(of["p"], rel=1e-6)


@pytest.mark.parametrize("name", list(reference("wild_cluster_bootstrap")))
def test_every_pattern_of_signs_gives_the_p_of_the_reference(name: str) -> None:
    of, data = reference("wild_cluster_bootstrap")[name], case(name)
    treated = data.names[1]
    fit = least_squares(data.outcome, data.design, names=data.names)
    found = wild_bootstrap(fit, data.clusters, treated)
    free = wild_bootstrap(fit, data.clusters, treated, impose_null=False)
    assert (found.clusters, found.rows, found.draws) == (of["G"], of["n"], of["n_draws"])
    exact = [found.estimate, found.standard_error, found.t]
    np.testing.assert_allclose(exact, [of["beta"], of["se_cr1"], of["t"]], rtol=RELATIVE)
    shares = (found.p, found.p_strict, found.p_equal_tail, free.p)
    assert shares == (of["p_sym_ge"], of["p_sym_gt"], of["p_equal_tail"], of["wcu_p_sym_ge"])
    middle = np.array(list(of["t_star_quantiles"].values()))
    np.testing.assert_allclose(np.quantile(found.t_star, [0.025, 0.05, 0.5, 0.95, 0.975]), middle, rtol=1e-8, atol=1e-9)
