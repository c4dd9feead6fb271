"""Mixed models against lme4, lmerTest, pbkrtest and nlme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from lerend.statistics.mixed.model import Level, fixed
from lerend.statistics.mixed.predicting import expected_ranks, group_effects
from lerend.statistics.mixed.profile import profile_intervals
from tests.lerend.statistics.mixed.cases import Case, case
from tests.reference.references import column, numbers, reference

MODELS = [name for name, of in reference("mixed_lmm").items() if "varcomp" in of]
SINGULAR = {"klein_rs"}
PROPER = [name for name in MODELS if name not in SINGULAR]
COEFFICIENTS = 1e-6
VARIANCES = 1e-4
FREEDOM = 2e-3
"""lmerTest differentiates numerically; its degrees of freedom have three to six digits."""


def variances(level: Level) -> list[float]:
    """In lme4's order: variances, then what goes together."""
    q = len(level.effects)
    pairs = [(row, other) for row in range(q) for other in range(row + 1, q)]
    return [level.covariance[a, b] for a, b in [(row, row) for row in range(q)] + pairs]


@pytest.mark.parametrize("name", MODELS)
def test_restricted_fits_are_those_of_the_reference(name: str) -> None:
    of: Mapping[str, Any] = reference("mixed_lmm")[name]
    found = case(name).fitted().model
    assert (found.rows, found.names) == (of["N"], tuple(of["fixef"]["names"]))
    np.testing.assert_allclose(found.estimate, of["fixef"]["est"], rtol=2e-4 if name in SINGULAR else COEFFICIENTS)
    assert found.log_likelihood == pytest.approx(of["logLik_REML"], abs=1e-5)
    assert found.singular == (name in SINGULAR)
    if name in SINGULAR:
        return
    np.testing.assert_allclose(found.standard_error, of["fixef"]["se"], rtol=VARIANCES)
    np.testing.assert_allclose(found.degrees_of_freedom, of["fixef"]["df_satterthwaite"], rtol=FREEDOM)
    parts = [*variances(found.levels[0]), found.residual_variance]
    np.testing.assert_allclose(parts, of["varcomp"]["vcov"], rtol=VARIANCES)
    assert found.aic == pytest.approx(of["AIC_REML"], abs=2e-5)


@pytest.mark.parametrize("name", MODELS)
def test_unrestricted_fits_are_those_of_the_reference(name: str) -> None:
    of: Mapping[str, Any] = reference("mixed_lmm")[name]["ML"]
    found = case(name).fitted(restricted=False).model
    assert found.log_likelihood == pytest.approx(of["logLik"], abs=1e-5)
    np.testing.assert_allclose([found.aic, found.bic], [of["AIC"], of["BIC"]], atol=2e-5, rtol=0)
    if name in SINGULAR:
        return
    np.testing.assert_allclose(found.estimate, of["fixef"], rtol=COEFFICIENTS)
    np.testing.assert_allclose([*variances(found.levels[0]), found.residual_variance], of["vcov"], rtol=VARIANCES)


@pytest.mark.parametrize("name", [name for name in PROPER if reference("mixed_lmm")[name]["fixef"]["df_kr"]])
def test_errors_by_kenward_and_roger_are_those_of_the_reference(name: str) -> None:
    of: Mapping[str, Any] = reference("mixed_lmm")[name]["fixef"]
    fitted = case(name).fitted()
    found = fixed(fitted.kenward_roger, fitted.model.estimate, fitted.model.names)
    np.testing.assert_allclose(found.standard_error, of["se_kr"], rtol=VARIANCES)
    np.testing.assert_allclose(found.degrees_of_freedom, of["df_kr"], rtol=VARIANCES)


@pytest.mark.parametrize("name", [name for name in MODELS if "r2_nakagawa" in reference("mixed_lmm")[name]])
def test_explained_shares_and_effects_of_groups_are_those_of_the_reference(name: str) -> None:
    of: Mapping[str, Any] = reference("mixed_lmm")[name]
    loose = name in SINGULAR
    fitted = case(name).fitted()
    shares = (fitted.model.explained.by_design, fitted.model.explained.by_both)
    np.testing.assert_allclose(shares, of["r2_nakagawa"], rtol=1e-3 if loose else VARIANCES)
    (told,) = of["ranef_first10"].values()
    labels = sorted(set(case(name).groups))
    places = [labels.index(row) for row in told["rows"]]
    (effects,) = group_effects(fitted)
    np.testing.assert_allclose(effects.effect[places], np.array(told["m"]), rtol=1e-4, atol=0.02 if loose else 1e-4)


def test_profile_intervals_are_those_of_the_reference() -> None:
    low, high = np.array(reference("mixed_lmm")["bhr_ri_profile_ci"]["m"]).T
    found = profile_intervals(case("bhr_ri").fitted())
    intervals = [found.between, found.within, *found.coefficients]
    np.testing.assert_allclose([part.low for part in intervals], low, rtol=1e-4)
    np.testing.assert_allclose([part.high for part in intervals], high, rtol=1e-4)


def test_group_effects_and_expected_ranks_are_those_of_the_reference() -> None:
    of: Mapping[str, Any] = reference("group_effects")["klein"]
    groups = np.array(column("klein2000_jobs.csv", "GRPID"))
    fitted = Case(numbers("klein2000_jobs.csv", ["JOBSAT"])[:, 0], {}, groups).fitted()
    mean, between = float(fitted.model.estimate[0]), float(fitted.model.levels[0].covariance[0, 0])
    exact = [mean, between, fitted.model.residual_variance]
    np.testing.assert_allclose(exact, [of["mu"], of["var_between"], of["var_within"]], rtol=1e-5)
    (effects,) = group_effects(fitted)
    labels = sorted(set(groups))
    places = [labels.index(row) for row in of["groups"]]
    value, error = mean + effects.effect[places, 0], effects.standard_error[places, 0]
    np.testing.assert_allclose(value, of["eb_mean"], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(error, of["cond_sd"], rtol=1e-5)
    np.testing.assert_allclose(expected_ranks(value, error), of["expected_rank"], rtol=1e-5)
