"""Ordinal alpha and omega: those of the reference, laws, and errors that are what repeated samples show."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.ordinal.sample import OrdinalSample, sample_of
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.ordinal_reliability import ordinal_alpha, ordinal_omega
from tests.reference.references import complete_case, reference

CASES = {"bhr11": "bhr_leadership", "bfi_A": "bfi_A", "bfi_N": "bfi_N"}
BY_LAVAAN = 2e-6
LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])
CUTS = np.array([-1.2, -0.4, 0.4, 1.2])


def sample(name: str) -> OrdinalSample:
    case = reference("alpha")[CASES[name]]
    return sample_of(complete_case(case), case["items"])


def made(people: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    latent = rng.normal(size=(people, 1)) * LOADINGS + rng.normal(size=(people, 4)) * np.sqrt(1 - LOADINGS**2)
    return np.asarray(np.searchsorted(CUTS, latent) + 1, dtype=np.uint8)


@pytest.mark.parametrize("name", CASES)
def test_ordinal_alpha_is_that_of_the_reference(name: str) -> None:
    found = ordinal_alpha(sample(name))
    assert found.value == pytest.approx(reference("ordinal_reliability")[name]["alpha_ordinal_polychoric"], abs=1e-8)
    assert found.people == reference("ordinal_reliability")[name]["n"]


@pytest.mark.parametrize("name", CASES)
def test_ordinal_omega_is_that_of_the_reference(name: str) -> None:
    case, found = reference("ordinal_reliability")[name], ordinal_omega(sample(name))
    assert found.categorical == pytest.approx(case["omega_categorical_green_yang_modelvar"], abs=BY_LAVAAN)
    assert found.categorical_of_observed == pytest.approx(case["omega_categorical_green_yang_obsvar"], abs=BY_LAVAAN)
    assert found.latent == pytest.approx(case["omega_ordinal_latent"], abs=BY_LAVAAN)
    assert found.latent_of_observed == pytest.approx(case["omega_latent_semTools"], abs=BY_LAVAAN)


def test_what_the_model_says_is_found_back_and_errors_are_those_of_repeated_samples() -> None:
    rng = np.random.default_rng(2)
    common = LOADINGS.sum() ** 2
    omega = common / (common + (1 - LOADINGS**2).sum())
    together = np.outer(LOADINGS, LOADINGS) + np.diag(1 - LOADINGS**2)
    alpha = 4 / 3 * (1 - 4 / together.sum())
    found = [sample_of(made(300, rng), "abcd") for _ in range(30)]
    alphas, omegas = [ordinal_alpha(one) for one in found], [ordinal_omega(one) for one in found]
    assert np.mean([one.value for one in alphas]) == pytest.approx(alpha, abs=0.01)
    assert np.mean([one.latent for one in omegas]) == pytest.approx(omega, abs=0.01)
    for values, errors in (
        ([one.value for one in alphas], [one.standard_error for one in alphas]),
        ([one.latent for one in omegas], [one.latent_error for one in omegas]),
    ):
        assert np.mean(errors) == pytest.approx(np.std(values), rel=0.3)


def test_omega_of_the_sum_is_the_correlation_of_two_forms_with_the_same_loadings() -> None:
    rng = np.random.default_rng(3)
    common = rng.normal(size=(100_000, 1)) * LOADINGS
    forms = [common + rng.normal(size=common.shape) * np.sqrt(1 - LOADINGS**2) for _ in range(2)]
    sums = [np.searchsorted(CUTS, form).sum(axis=1) for form in forms]
    found = ordinal_omega(sample_of((np.searchsorted(CUTS, forms[0]) + 1).astype(np.uint8), "abcd"))
    assert found.categorical == pytest.approx(np.corrcoef(*sums)[0, 1], abs=0.006)
    assert found.categorical < found.latent


def test_the_order_and_the_direction_of_the_items_do_not_matter() -> None:
    answers = made(500, np.random.default_rng(4))
    one, other = sample_of(answers, "abcd"), sample_of(6 - answers[:, ::-1], "dcba")
    assert ordinal_alpha(other).value == pytest.approx(ordinal_alpha(one).value, abs=1e-9)
    assert ordinal_alpha(other).standard_error == pytest.approx(ordinal_alpha(one).standard_error, abs=1e-9)
    assert ordinal_omega(other).categorical == pytest.approx(ordinal_omega(one).categorical, abs=1e-8)


def test_two_items_have_an_ordinal_alpha_and_no_ordinal_omega() -> None:
    two = sample_of(made(200, np.random.default_rng(5))[:, :2], "ab")
    correlation = two.estimates.correlations[0, 1]
    assert ordinal_alpha(two).value == pytest.approx(2 * correlation / (1 + correlation))
    with pytest.raises(ModelCannotBeFitted):
        ordinal_omega(two)
