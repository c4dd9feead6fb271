"""A general factor: that of the reference, laws, and what cannot be told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

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
    found = general_factor(correlations("bhr11_ml"), 3, by="ml", also_improper=True)
    assert not found.admissible
    assert [case["schmid_leiman"]["rows"][row] for row in found.walls] == ["AS14", "AS17"]
    assert found.hierarchical == pytest.approx(case["omega_h"], abs=1e-4)
    assert found.total == pytest.approx(case["omega_total"], abs=1e-5)
    assert found.of_total == pytest.approx(case["omega_lim"], abs=1e-4)
    np.testing.assert_allclose(found.own, own, atol=1e-4)
    assert general_factor(correlations("bhr11"), 3).admissible


def test_beyond_the_wall_the_fit_is_better_and_a_variance_is_negative() -> None:
    """By another search: over loadings and own shares at once, without any wall."""
    found = correlations("bhr11_ml")
    k, factors = len(found), 3

    def misfit(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        loading, own = point[: k * factors].reshape(k, factors), point[k * factors :]
        implied = loading @ loading.T + np.diag(own)
        if np.linalg.eigvalsh(implied)[0] <= 0:
            return 1e3, np.zeros_like(point)
        inverse = np.linalg.inv(implied)
        slope = inverse - inverse @ found @ inverse
        sizes = np.linalg.slogdet(implied)[1] - np.linalg.slogdet(found)[1]
        value = float(sizes + (inverse * found).sum() - k)
        return value, np.concatenate([(2 * slope @ loading).ravel(), slope.diagonal()])

    walled = extracted(found, factors, "ml")
    assert walled is not None
    start = np.concatenate([walled.loadings.ravel(), 1 - (walled.loadings**2).sum(axis=1)])
    beyond = minimize(
        misfit, start, jac=True, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000}
    )
    assert np.abs(beyond.jac).max() < 1e-6
    assert beyond.fun == pytest.approx(0.43571, abs=1e-5)
    assert misfit(start)[0] == pytest.approx(0.44416, abs=1e-5)
    assert beyond.x[k * factors :].min() == pytest.approx(-0.508, abs=1e-3)


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
    found = extracted(matrix, 3, "minres")
    assume(found is not None and not found.walls)
    assert found is not None
    plain = found.loadings
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
