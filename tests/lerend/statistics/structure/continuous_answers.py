"""Measurements with a known factor structure, and the cases of the references on means and covariances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.fit import ContinuousFit
from lerend.statistics.structure.continuous.sample import ContinuousSample, continuous_sample
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.specification import Identification, Specification, specification_of
from tests.reference.references import column, numbers

Values = NDArray[np.float64]

TWO = {"f1": ["x1", "x2", "x3", "x4"], "f2": ["x5", "x6", "x7", "x8"]}
THREE = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"], "speed": ["x7", "x8", "x9"]}
FIVE = {factor: [f"{factor}{place}" for place in range(1, 6)] for factor in "ACENO"}
LEADERS = {
    "off": ["AF06", "AP33", "AS14", "AS16"],
    "nco": ["AF07", "AP34", "AS15", "AS17"],
    "gen": ["AP12", "AP17", "AS28"],
}
BY_GENDER = {"A": ["A2", "A1", "A3", "A4", "A5"], "N": ["N1", "N2", "N3", "N4", "N5"]}
SIGNS = {"loading": "=~", "path": "~", "covariance": "~~", "residual": "~~", "intercept": "~1", "mean": "~1"}
SETS: Mapping[str, tuple[str, Mapping[str, Sequence[str]], Identification]] = {
    "hs": ("holzinger_swineford.csv", THREE, "marker"),
    "bfi5": ("bfi_by_gender.csv", FIVE, "unit"),
    "bhr3": ("bhr2000.csv", LEADERS, "marker"),
}


def two_factors() -> Specification:
    return specification_of(TWO, identification="unit")


def measured(people: int, seed: int, *, shift: Values | None = None, skewed: bool = False) -> Values:
    """(people, 8) of two factors of four items, loading .8 .7 .6 .7 each, which correlate .4."""
    rng = np.random.default_rng(seed)
    loading = np.tile([0.8, 0.7, 0.6, 0.7], 2)
    latent = rng.standard_normal((people, 2)) @ np.linalg.cholesky(np.array([[1.0, 0.4], [0.4, 1.0]])).T
    found = loading * np.repeat(latent, 4, axis=1) + np.sqrt(1 - loading**2) * rng.standard_normal((people, 8))
    if skewed:
        found = np.exp(found / 2)
    return np.asarray(found if shift is None else found + shift, dtype=np.float64)


def with_holes(values: Values, seed: int, share: float = 0.2) -> Values:
    found = values.copy()
    found[np.random.default_rng(seed).random(found.shape) < share] = np.nan
    return found


def sample(values: Values, model: Specification | None = None, *, use_incomplete: bool = False) -> ContinuousSample:
    return continuous_sample(values, (model or two_factors()).items, use_incomplete=use_incomplete)


def case(name: str, *, use_incomplete: bool = False) -> tuple[ContinuousSample, Specification]:
    """Sample and model of a case of `cfa_ml` or `fiml`."""
    file, factors, identification = SETS[name]
    model = specification_of(factors, identification=identification)
    return sample(numbers(file, model.items), model, use_incomplete=use_incomplete), model


def by_school(values: Values | None = None) -> tuple[dict[str, ContinuousSample], Specification]:
    """The pupils of the reference by school, in its order; with other values where given."""
    model = specification_of(THREE)
    found = numbers("holzinger_swineford.csv", model.items) if values is None else values
    schools = column("holzinger_swineford_school.csv", "school")
    each = np.array(schools)
    return {
        school: sample(found[each == school], model, use_incomplete=values is not None)
        for school in dict.fromkeys(schools)
    }, model


def by_gender() -> tuple[dict[str, ContinuousSample], Specification]:
    model = specification_of(BY_GENDER)
    found = numbers("bfi_by_gender.csv", [*model.items, "gender"])
    found = found[~np.isnan(found).any(axis=1)]
    return {str(group): sample(found[found[:, -1] == group, :-1], model) for group in (1, 2)}, model


def measures(fit: ContinuousFit) -> dict[str, float]:
    """What lavaan calls fit measures, by its names."""
    found = {
        "npar": fit.unknowns,
        "df": fit.degrees,
        "chisq": fit.statistic,
        "pvalue": fit.p_value,
        "logl": fit.log_likelihood,
        "unrestricted.logl": fit.saturated,
        "baseline.chisq": fit.baseline.statistic,
        "baseline.df": fit.baseline.degrees,
        "srmr": fit.srmr,
        "aic": fit.aic,
        "bic": fit.bic,
        "rmsea.notclose.pvalue": fit.naive.rmsea.not_close,
    }
    for ending, indices in (("", fit.naive), (".scaled", fit.scaled), (".robust", fit.robust)):
        if indices is None:
            continue
        found |= {f"cfi{ending}": indices.cfi, f"tli{ending}": indices.tli, f"rmsea{ending}": indices.rmsea.value}
        found |= {f"rmsea.ci.lower{ending}": indices.rmsea.low, f"rmsea.ci.upper{ending}": indices.rmsea.high}
    if fit.test is not None and fit.baseline.test is not None:
        found |= {"chisq.scaled": fit.test.value, "chisq.scaling.factor": fit.test.scaling}
        found |= {"baseline.chisq.scaled": fit.baseline.test.value}
        found |= {"baseline.chisq.scaling.factor": fit.baseline.test.scaling}
    return found


def compare_estimates(fit: ContinuousFit, par: Mapping[str, list[Any]], *, value: float, error: float) -> int:
    """Hold every number to that of the reference; how many errors were compared."""
    keys = zip(par["op"], par["lhs"], par["rhs"], par.get("group", [1] * len(par["op"])), strict=True)
    places = {key: row for row, key in enumerate(keys)}
    compared = 0
    for estimate in fit.estimates:
        row = _row(estimate, places)
        if row is None:
            continue
        assert estimate.value == pytest.approx(par["est"][row], rel=value, abs=value), estimate
        if "std_all" in par:
            assert estimate.standardised == pytest.approx(par["std_all"][row], abs=value), estimate
        if estimate.error and par["se"][row]:
            assert estimate.error == pytest.approx(par["se"][row], rel=error), estimate
            compared += 1
        if estimate.standardised_error and par.get("std_se", {row: None})[row]:
            assert estimate.standardised_error == pytest.approx(par["std_se"][row], rel=error), estimate
    return compared


def _row(estimate: Estimate, places: Mapping[tuple[str, str, str, int], int]) -> int | None:
    swap = estimate.kind in ("loading", "covariance")
    left, right = (estimate.right, estimate.left) if swap else (estimate.left, estimate.right)
    sign, group = SIGNS[estimate.kind], estimate.group + 1
    return places.get((sign, left, right, group), places.get((sign, right, left, group)))
