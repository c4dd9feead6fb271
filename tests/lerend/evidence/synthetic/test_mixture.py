"""The nearest mixture against every set of columns tried by hand, and what its conditions promise."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.evidence.synthetic.mixture import nearest_mixture

Floats = NDArray[np.float64]


def objective(columns: Floats, target: Floats, weight: Floats, ridge: float, *, level: bool) -> float:
    left = columns @ weight - target
    left = left - left.mean() if level else left
    return float(left @ left + ridge * weight @ weight)


def smallest(columns: Floats, target: Floats, ridge: float, *, level: bool) -> float:
    """The least of all sets of columns whose best weights that add up to 1 are nowhere below 0."""
    best, n = np.inf, columns.shape[1]
    for size in range(1, n + 1):
        for chosen in combinations(range(n), size):
            part = columns[:, list(chosen)] - target[:, None]
            part = part - part.mean(axis=0) if level else part
            square = part.T @ part + ridge * np.eye(size)
            system = np.block([[square, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]])
            found = np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)[0][:size]
            if (found > -1e-9).all() and found.sum() == pytest.approx(1):
                weight = np.zeros(n)
                weight[list(chosen)] = found
                best = min(best, objective(columns, target, weight, ridge, level=level))
    return best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(2, 8), st.sampled_from([0.0, 0.3]), st.booleans())
def test_no_set_of_columns_gives_a_nearer_mixture(seed: int, n: int, rows: int, ridge: float, level: bool) -> None:
    rng = np.random.default_rng(seed)
    columns, target = rng.standard_normal((rows, n)), rng.standard_normal(rows)
    found = nearest_mixture(columns, target, ridge=ridge, level=level)
    assert found.weight.min() >= 0
    assert found.weight.sum() == pytest.approx(1)
    assert found.gap < 1e-13
    own = objective(columns, target, found.weight, ridge, level=level)
    assert own == pytest.approx(smallest(columns, target, ridge, level=level), rel=1e-7, abs=1e-10)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_a_mixture_that_was_made_is_found_again(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    columns, weight = rng.standard_normal((n + 3, n)), rng.dirichlet(np.ones(n))
    found = nearest_mixture(columns, columns @ weight)
    np.testing.assert_allclose(found.weight, weight, atol=1e-6)
    assert (found.exact, found.unique) == (True, True)


def test_with_more_columns_than_a_mixture_needs_it_is_not_the_only_one() -> None:
    columns = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    middle = np.array([0.5, 0.5])
    found = nearest_mixture(columns, middle)
    assert (found.exact, found.unique) == (True, False)
    assert nearest_mixture(columns, middle, ridge=0.01).unique
    np.testing.assert_allclose(nearest_mixture(columns, middle, ridge=0.01).weight, 0.25, atol=1e-9)


def test_columns_that_all_are_the_target_are_mixed_evenly() -> None:
    found = nearest_mixture(np.ones((3, 2)), np.ones(3))
    assert found.weight.tolist() == [0.5, 0.5]
    assert not found.unique
