"""Omega hierarchical: the reference, a structure that is known, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.hierarchy import hierarchy, minimum_residuals, oblimin
from lerend.statistics.structure.continuous.sample import ContinuousSample, continuous_sample
from tests.reference.references import numbers, reference

TURNED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")


def case(name: str) -> ContinuousSample:
    items = reference("omega_hierarchical")[name]["schmid_leiman"]["rows"]
    values = numbers("bfi_by_gender.csv" if name.startswith("bfi") else "bhr2000.csv", items)
    if name.startswith("bfi"):
        for item in TURNED:
            values[:, items.index(item)] = 7 - values[:, items.index(item)]
    return continuous_sample(values, items)


def drawn(general: float, people: int = 4000) -> ContinuousSample:
    """Nine items in threes: loading `general` on what all share, .5 on what three share."""
    rng = np.random.default_rng(1)
    own = 1 - general**2 - 0.25
    values = general * rng.standard_normal((people, 1)) + 0.5 * np.repeat(rng.standard_normal((people, 3)), 3, axis=1)
    values += np.sqrt(own) * rng.standard_normal((people, 9))
    return continuous_sample(values, [f"x{place}" for place in range(9)])


@pytest.mark.parametrize("name", ["bfi_all25", "bhr11"])
def test_omegas_and_loadings_are_those_of_the_reference(name: str) -> None:
    expected = reference("omega_hierarchical")[name]
    found = hierarchy(case(name), expected["nfactors"])
    assert found.omega_hierarchical == pytest.approx(expected["omega_h"], abs=1e-5)
    assert found.omega_total == pytest.approx(expected["omega_total"], abs=1e-5)
    assert found.explained == pytest.approx(expected["ecv"], abs=1e-5)
    general = [row[0] for row in expected["schmid_leiman"]["m"]]
    np.testing.assert_allclose(found.general, general, atol=1e-3)


@pytest.mark.parametrize("general", [0.3, 0.6])
def test_what_all_items_share_is_found_again(general: float) -> None:
    found = hierarchy(drawn(general), 3)
    whole = 81 * general**2 + 27 * 0.25 + 9 * (0.75 - general**2)
    assert found.omega_hierarchical == pytest.approx(81 * general**2 / whole, abs=0.05)
    assert found.omega_total == pytest.approx((81 * general**2 + 27 * 0.25) / whole, abs=0.02)
    assert found.omega_hierarchical < found.omega_total < 1


def test_turning_keeps_what_is_implied_and_cannot_be_bettered() -> None:
    loading = minimum_residuals(drawn(0.5).correlations, 3)
    turned, between = oblimin(loading)
    np.testing.assert_allclose(turned @ between @ turned.T, loading @ loading.T, atol=1e-10)
    np.testing.assert_allclose(between.diagonal(), 1)
    again, _ = oblimin(loading @ np.linalg.qr(np.random.default_rng(2).standard_normal((3, 3)))[0])
    order = np.argsort(np.abs(turned[:9:3]).argmax(axis=0)), np.argsort(np.abs(again[:9:3]).argmax(axis=0))
    np.testing.assert_allclose(np.abs(turned[:, order[0]]), np.abs(again[:, order[1]]), atol=1e-5)


def test_too_few_or_too_many_factors_are_refused() -> None:
    for factors in (2, 6):
        with pytest.raises(ModelCannotBeFitted, match=f"{factors} factors cannot be explored in 9 items"):
            hierarchy(drawn(0.5, 200), factors)
