"""One common factor behind a set of items, fitted by maximum likelihood, with proof that it converged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST_STEPS: Final = 200
_GRADIENT: Final = 1e-9
"""Largest slope of the fit function, on the scale of correlations, that counts as the bottom."""
_ROUNDING: Final = 1e-12
"""How far the fit function may seem to rise through rounding alone."""
_LEAST: Final = 1e-6
"""Smallest residual share of an item's variance, and smallest curvature, that counts as more than none."""


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """A one-factor model: covariance = loadings loadings' + diagonal of residuals, factor variance 1.

    Attributes:
        loadings: (k,) signs such that their sum is positive.
        residuals: (k,) residual variances, all above zero.
        covariance: (2k, 2k) of the estimates, loadings first, from the expected information.
        chi_square: people times the minimum of the fit function, on k (k - 3) / 2 degrees of freedom.
        gradient: largest absolute slope left, on the scale of correlations.
    """

    loadings: NDArray[np.float64]
    residuals: NDArray[np.float64]
    covariance: NDArray[np.float64]
    chi_square: float
    gradient: float


def one_factor(covariance: NDArray[np.float64], people: float) -> OneFactor | None:
    """Fit by maximum likelihood (Jöreskog 1967; Newton steps, Fisher scoring where Newton would go uphill).

    Args:
        covariance: (k, k) with divisor people - 1; fitted with divisor people, as maximum likelihood has it.
        people: how many people are behind it.

    None with fewer than three items, where the matrix is not positive definite, where the slope does not come down to
    1e-9, where the curvature there is not positive definite (no minimum, or a ridge), and where a residual variance
    is zero or negative (a Heywood case).
    """
    if len(covariance) < 3 or not (covariance.diagonal() > 0).all():
        return None
    deviation = np.sqrt(covariance.diagonal())
    correlation = covariance / np.outer(deviation, deviation)
    if np.linalg.eigvalsh(correlation)[0] < _LEAST:
        return None
    estimate = _minimum(correlation)
    k = len(covariance)
    slope, curvature, information = _derivatives(estimate, correlation)
    gradient = float(np.abs(slope).max())
    flat = min(np.linalg.eigvalsh(curvature)[0], np.linalg.eigvalsh(information)[0])
    if gradient > _GRADIENT or flat < _LEAST or estimate[k:].min() < _LEAST:
        return None
    estimate[:k] *= 1.0 if estimate[:k].sum() >= 0 else -1.0
    scale = np.concatenate([deviation * np.sqrt((people - 1) / people), deviation**2 * (people - 1) / people])
    expected = np.linalg.inv(_derivatives(estimate, correlation)[2])
    fit = _discrepancy(estimate, correlation) - np.linalg.slogdet(correlation)[1] - k
    return OneFactor(
        loadings=estimate[:k] * scale[:k],
        residuals=estimate[k:] * scale[k:],
        covariance=np.asarray(2 / people * expected * np.outer(scale, scale), dtype=np.float64),
        chi_square=float(people * fit),
        gradient=gradient,
    )


def _minimum(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loadings and residuals where the search stopped; whether that is a minimum is for the caller to judge."""
    estimate = _start(correlation)
    value = _discrepancy(estimate, correlation)
    for _ in range(_MOST_STEPS):
        slope, curvature, information = _derivatives(estimate, correlation)
        if np.abs(slope).max() <= _GRADIENT / 1000:
            break
        downhill = curvature if np.linalg.eigvalsh(curvature)[0] > _LEAST else information
        step = np.linalg.lstsq(downhill, -slope, rcond=None)[0]
        length = 1.0
        while length > _ROUNDING and _discrepancy(estimate + length * step, correlation) > value + _ROUNDING:
            length /= 2
        if length <= _ROUNDING:
            break
        moved = estimate + length * step
        estimate, value = moved, _discrepancy(moved, correlation)
    return estimate


def _start(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half of what each item does not share with the others is residual; the factor is the first principal axis."""
    residuals = 0.5 / np.linalg.inv(correlation).diagonal()
    values, axes = np.linalg.eigh(correlation - np.diag(residuals))
    return np.concatenate([axes[:, -1] * np.sqrt(max(values[-1], 0.1)), residuals])


def _implied(estimate: NDArray[np.float64]) -> NDArray[np.float64]:
    k = len(estimate) // 2
    return np.asarray(np.outer(estimate[:k], estimate[:k]) + np.diag(estimate[k:]))


def _discrepancy(estimate: NDArray[np.float64], correlation: NDArray[np.float64]) -> float:
    """The fit function up to a constant; infinite where the implied matrix is not positive definite."""
    implied = _implied(estimate)
    if not np.isfinite(implied).all() or np.linalg.eigvalsh(implied)[0] <= 0:
        return float("inf")
    return float(np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, correlation)))


def _derivatives(
    estimate: NDArray[np.float64], correlation: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Slope (2k,), curvature (2k, 2k) and expected curvature (2k, 2k) of the fit function."""
    k = len(estimate) // 2
    inverse = np.linalg.inv(_implied(estimate))
    weighted = inverse @ correlation @ inverse
    rest = inverse - weighted
    directions = _directions(estimate[:k])
    slope = np.einsum("aij,ij->a", directions, rest)
    turned = np.einsum("ij,ajk->aik", inverse, directions)
    information = np.einsum("aij,bji->ab", turned, turned)
    pulled = np.einsum("ij,ajk->aik", weighted, directions)
    curvature = np.einsum("aij,bji->ab", pulled, turned)
    curvature = curvature + curvature.T - information
    curvature[:k, :k] += 2 * rest
    return slope, curvature, information


def _directions(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2k, k, k) how the implied matrix moves with each loading, then with each residual."""
    k = len(loadings)
    moved = np.zeros((2 * k, k, k))
    item = np.arange(k)
    moved[item, item, :] += loadings
    moved[item, :, item] += loadings
    moved[k + item, item, item] = 1.0
    return moved
