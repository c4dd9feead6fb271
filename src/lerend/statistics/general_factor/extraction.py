"""Exploratory factors of a correlation matrix, by least squares on what is left (minimum residuals) or by likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Extraction: TypeAlias = Literal["minres", "ml"]

_LEAST_OWN: Final = 0.005
"""Smallest share of an item that is its own; a search that ends there has not found factors (a Heywood case)."""
_SLOPE: Final = 1e-5
"""Largest slope of the fit function that counts as the bottom."""


@dataclass(frozen=True, slots=True, eq=False)
class Extracted:
    """Where a search for factors ended.

    Attributes:
        loadings: (k, m) on unrelated factors, before rotation.
        walls: rows of items at the wall, with nothing of their own: the fit would be better beyond it, where no items are.
    """

    loadings: Values
    walls: tuple[int, ...]


def extracted(correlations: Values, factors: int, by: Extraction) -> Extracted | None:
    """Factors, also where items stand at the wall.

    Harman & Jones (1966) for minimum residuals, Jöreskog (1967) for likelihood; both search over the items' own shares.

    None where the search does not end at a bottom: no slope, but at a wall one that leads into it.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 -- SciPy costs half a second to import

    start = np.clip(1 / np.linalg.inv(correlations).diagonal(), 2 * _LEAST_OWN, 1.0)
    step = _least_squares if by == "minres" else _likelihood
    found = minimize(
        step,
        start,
        args=(correlations, factors),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_OWN, 1.0)] * len(start),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000, "maxfun": 5000},
    )
    own = np.asarray(found.x, dtype=np.float64)
    slope, walled = step(own, correlations, factors)[1], own <= 1.001 * _LEAST_OWN
    if np.abs(np.where(walled, np.minimum(slope, 0.0), slope)).max() > _SLOPE:
        return None
    return Extracted(_loadings(own, correlations, factors, by), tuple(int(row) for row in np.flatnonzero(walled)))


def _loadings(own: Values, correlations: Values, factors: int, by: Extraction) -> Values:
    if by == "minres":
        value, axes = np.linalg.eigh(correlations - np.diag(own))
        return np.asarray(axes[:, -factors:] * np.sqrt(np.maximum(value[-factors:], 0.0)))
    root = np.sqrt(own)
    value, axes = np.linalg.eigh(correlations / np.outer(root, root))
    return np.asarray(root[:, np.newaxis] * axes[:, -factors:] * np.sqrt(np.maximum(value[-factors:] - 1, 0.0)))


def _least_squares(own: Values, correlations: Values, factors: int) -> tuple[float, Values]:
    """Half the sum of squares that the factors leave, and its slope."""
    value, axes = np.linalg.eigh(correlations - np.diag(own))
    left, of = value[:-factors], axes[:, :-factors]
    return float((left**2).sum() / 2), np.asarray(-(of**2) @ left)


def _likelihood(own: Values, correlations: Values, factors: int) -> tuple[float, Values]:
    root = np.sqrt(own)
    value, axes = np.linalg.eigh(correlations / np.outer(root, root))
    left, of = value[:-factors], axes[:, :-factors]
    fit = float((left - np.log(left) - 1).sum())
    return fit, np.asarray((of**2) @ (1 - left) / own)
