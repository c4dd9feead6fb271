"""Where the search for a factor model begins: loadings from each factor's own items, then how the factors go together."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.specification import Specification

_LEAST_UNEXPLAINED: Final = 0.1
"""Share of a factor's variance that paths leave to begin with, at least."""


def starting_values(
    specification: Specification, correlations: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(k, m) loadings of standardised items, and (m, m) correlations of the factors.

    A factor's loadings are the principal axis of its items, with the share each has in common put on the diagonal. An
    item of several factors begins with its loadings shared out evenly.
    """
    items = specification.items
    loading = np.zeros((len(items), len(specification.factors)))
    for column, factor in enumerate(specification.factors):
        rows = [items.index(item) for item in factor.items]
        loading[rows, column] = 1.0 if factor.measured else _axis(correlations[np.ix_(rows, rows)])
    loading /= np.maximum((loading != 0).sum(axis=1, keepdims=True), 1)
    if not (specification.correlated or specification.paths) or loading.shape[1] == 1:
        return loading, np.eye(loading.shape[1])
    common = correlations.copy()
    np.fill_diagonal(common, np.minimum((loading**2).sum(axis=1), 0.95))
    inverse = np.linalg.pinv(loading)
    between = inverse @ common @ inverse.T
    scale = np.sqrt(np.maximum(between.diagonal(), 0.05))
    between = np.clip(between / np.outer(scale, scale), -0.9, 0.9)
    np.fill_diagonal(between, 1.0)
    return loading, between


def starting_paths(
    specification: Specification, between: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(m, m) standardised paths by least squares, and (m, m) covariances of what they leave of the factors."""
    names = [factor.name for factor in specification.factors]
    path, left = np.zeros(between.shape), between.copy()
    for outcome in specification.outcomes:
        row = names.index(outcome)
        causes = [names.index(cause) for other, cause in specification.paths if other == outcome]
        path[row, causes] = np.linalg.solve(between[np.ix_(causes, causes)], between[causes, row])
        left[row, :] = left[:, row] = 0.0
        left[row, row] = max(1 - float(path[row] @ between[:, row]), _LEAST_UNEXPLAINED)
    return path, left


def _axis(correlations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loadings on one factor by a few rounds of principal axes; the first positive."""
    if len(correlations) == 2:
        strength = np.sqrt(np.clip(abs(correlations[0, 1]), 0.05, 0.9))
        return np.array([strength, np.copysign(strength, correlations[0, 1])])
    reduced = correlations.copy()
    shared = np.full(len(correlations), 0.5)
    axis = np.zeros(len(correlations))
    for _ in range(5):
        np.fill_diagonal(reduced, shared)
        values, axes = np.linalg.eigh(reduced)
        axis = np.clip(axes[:, -1] * np.sqrt(max(values[-1], 0.05)), -0.95, 0.95)
        shared = axis**2
    axis = np.where(np.abs(axis) < 0.05, np.copysign(0.05, axis), axis)
    return np.asarray(axis * np.copysign(1.0, axis[0]), dtype=np.float64)
