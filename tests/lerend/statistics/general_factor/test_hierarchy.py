"""A general factor: that of the reference, laws, and what cannot be told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.general_factor.extraction import extracted
from lerend.statistics.general_factor.hierarchy import NoGeneralFactor, general_factor
from lerend.statistics.general_factor.rotation import oblimin
from tests.reference.references import codes, numbers, reference

CASES = reference("omega_hierarchical")
TURNED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")
GENERAL = np.array([0.6, 0.5, 0.7, 0.6, 0.5, 0.6, 0.7, 0.5, 0.6])


def correlations(name: str) -> NDArray[np.float64]:
    items: list[str] = CASES[name]["schmid_leiman"]["rows"]
    if name.startswith("bhr"):
        return np.asarray(np.corrcoef(numbers("bhr2000.csv", items).T))
    answers = codes("bfi_by_gender.csv", items).astype(np.float64)
    answers = answers[(answers > 0).all(axis=1)]
    for item in TURNED:
        answers[:, items.index(item)] = 7 - answers[:, items.index(item)]
    return np.asarray(np.corrcoef(answers.T))


def made() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Correlations of a general factor with three beside it in proportion, and the loadings beside it."""
    beside = np.zeros((9, 3))
    for factor, part in enumerate((0.6, 0.8, 1.0)):
        rows = slice(3 * factor, 3 * factor + 3)
        beside[rows, factor] = part * GENERAL[rows]
    matrix = np.outer(GENERAL, GENERAL) + beside @ beside.T
    np.fill_diagonal(matrix, 1.0)
    return matrix, beside


@pytest.mark.parametrize("name", ["bhr11", "bfi_all25"])
def test_the_general_factor_is_that_of_the_reference(name: str) -> None:
    case, found = CASES[name], general_factor(correlations(name), CASES[name]["nfactors"])
    assert found.hierarchical == pytest.approx(case["omega_h"], abs=1e-5)
    assert found.total == pytest.approx(case["omega_total"], abs=1e-5)
    assert found.of_total == pytest.approx(case["omega_lim"], abs=1e-5)
    assert found.explained == pytest.approx(case["ecv"], abs=1e-4)
    table = np.array(case["schmid_leiman"]["m"])
    np.testing.assert_allclose(found.general, table[:, 0], atol=2e-4)
    np.testing.assert_allclose(found.own, table[:, case["schmid_leiman"]["cols"].index("u2")], atol=1e-4)


def test_where_the_reference_stops_at_a_wall_there_is_no_answer() -> None:
    case = CASES["bhr11_ml"]
    own = np.array(case["schmid_leiman"]["m"])[:, case["schmid_leiman"]["cols"].index("u2")]
    assert own.min() == pytest.approx(0.005, abs=1e-3)
    with pytest.raises(NoGeneralFactor, match="proven"):
        general_factor(correlations("bhr11_ml"), 3, by="ml")


@pytest.mark.parametrize("by", ["minres", "ml"])
def test_what_the_model_says_is_found_back(by: str) -> None:
    matrix, beside = made()
    found = general_factor(matrix, by="ml" if by == "ml" else "minres")
    np.testing.assert_allclose(found.general, GENERAL, atol=1e-4)
    np.testing.assert_allclose(np.sort(np.abs(found.beside).sum(axis=0)), np.sort(beside.sum(axis=0)), atol=1e-3)
    assert found.hierarchical == pytest.approx(GENERAL.sum() ** 2 / matrix.sum(), abs=1e-5)
    assert found.hierarchical < found.total < 1


@given(st.permutations(range(9)), st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_items_changes_nothing(order: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.asarray(np.corrcoef(rng.multivariate_normal(np.zeros(9), made()[0], 5000).T))
    try:
        one = general_factor(matrix)
    except NoGeneralFactor:
        reject()
    other = general_factor(matrix[np.ix_(order, order)])
    assert other.hierarchical == pytest.approx(one.hierarchical, abs=1e-4)
    np.testing.assert_allclose(other.general, one.general[order], atol=1e-3)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_turning_loses_nothing_and_makes_no_item_more_mixed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.asarray(np.corrcoef(rng.multivariate_normal(np.zeros(9), made()[0], 3000).T))
    plain = extracted(matrix, 3, "minres")
    assume(plain is not None)
    assert plain is not None
    turned = oblimin(plain)
    assert turned is not None
    rotated, together = turned
    np.testing.assert_allclose(rotated @ together @ rotated.T, plain @ plain.T, atol=1e-8)
    np.testing.assert_allclose(np.diag(together), 1.0)
    mixed = [((part**2).sum(axis=1) ** 2 - (part**4).sum(axis=1)).sum() for part in (rotated, plain)]
    assert mixed[0] <= mixed[1] + 1e-9


@pytest.mark.parametrize(
    ("matrix", "factors"),
    [(np.eye(9), 2), (made()[0][:8, :8], 3), (np.ones((9, 9)), 3), (np.full((9, 9), np.nan), 3)],
    ids=["two factors", "eight items", "all the same", "an item does not vary"],
)
def test_what_cannot_be_told_apart_is_refused(matrix: NDArray[np.float64], factors: int) -> None:
    with pytest.raises(NoGeneralFactor):
        general_factor(matrix, factors)
