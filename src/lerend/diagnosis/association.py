"""What goes with the outcomes: the association of every factor within companies, shrunk to the model's priors.

Everything is in standard deviations within companies, so a coefficient is the difference in the outcome (in SD) that
goes with one SD more on the factor, the other factors equal. It is an association, never a cause.

Model: b | beta ~ N(beta, V) with b the least-squares coefficients of the covariances of the scales and V their sampling
covariance;  beta ~ N(a · beta0, g² I), where beta0 follows the model's prior correlations. How far the priors are followed
(a) and how much coefficients differ (g) are integrated out by marginal likelihood on a grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FOLLOWED: Final = (0.0, 0.5, 1.0)
_PRIOR_SD: Final = (0.02, 0.04, 0.07, 0.1, 0.14, 0.2, 0.3)
_SMALLEST_EIGENVALUE: Final = 0.05
"""Of the factors' correlation matrix; pairwise covariances may dip below zero."""
_UNEXPLAINED: Final = 0.7
"""Share of an outcome's variance that factors leave open, held before any answer is in; it counts for 20 people."""


@dataclass(frozen=True, slots=True, eq=False)
class Association:
    """Coefficients of F factors on one outcome.

    Attributes:
        mean: (F) posterior mean.
        covariance: (F, F) posterior covariance.
        standard_error: (F) of the unshrunk coefficients.
        degrees: residual degrees of freedom.
        correlation: (F, F) correlation of the factors within companies.
    """

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    degrees: float
    correlation: NDArray[np.float64]


def associate(
    correlation: NDArray[np.float64],
    with_outcome: NDArray[np.float64],
    *,
    people: float,
    information: NDArray[np.float64],
    reliability: NDArray[np.float64],
    prior: NDArray[np.float64],
) -> Association:
    """Shrunk coefficients of all factors together.

    Args:
        correlation: (F, F) of the factors within companies, free of the items' noise.
        with_outcome: (F) correlation of each factor with the outcome, likewise.
        people: people minus companies: degrees of freedom of the correlations.
        information: (F) at most one: how much of the full information on a factor was asked of people.
        reliability: (F) share of each scale's variance that is no noise: the rest makes the coefficients less sure
            (Fuller 1987, *Measurement Error Models*, section 2.2).
        prior: (F) prior correlations with the outcome.
    """
    r = _positive(correlation)
    inverse = np.linalg.inv(r)
    b = inverse @ with_outcome
    noise = 1 / reliability - 1
    scale = 1 / np.sqrt(np.clip(information, 0.05, 1))
    shape = inverse @ (r + np.diag(noise)) @ inverse * np.outer(scale, scale) / max(people, 1.0)
    expected = prior * float(prior @ r @ prior) / max(float(prior @ r @ r @ prior), 1e-12)
    degrees = max(people - len(b) - 1, 1.0)
    first, _ = _mixed_posterior(b, _UNEXPLAINED * shape, expected)
    left = 1 - 2 * float(with_outcome @ first) + float(first @ r @ first) + float((first**2 * noise).sum())
    open_variance = (people * min(max(left, 0.05), 1.0) + 20 * _UNEXPLAINED) / (people + 20)
    sampling = open_variance * shape
    mean, covariance = _mixed_posterior(b, sampling, expected)
    return Association(mean, covariance, np.sqrt(sampling.diagonal()), degrees, r)


def _mixed_posterior(
    b: NDArray[np.float64], sampling: NDArray[np.float64], expected: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values, vectors = np.linalg.eigh(sampling)
    rotated, rotated_expected = vectors.T @ b, vectors.T @ expected
    means, variances, log_weights = [], [], []
    for followed, sd in product(_FOLLOWED, _PRIOR_SD):
        away = rotated - followed * rotated_expected
        total = values + sd**2
        log_weights.append(-0.5 * float((np.log(total) + away**2 / total).sum()))
        means.append(followed * rotated_expected + sd**2 / total * away)
        variances.append(values * sd**2 / total)
    weight = np.exp(np.array(log_weights) - max(log_weights))
    weight /= weight.sum()
    mean = weight @ np.array(means)
    apart = np.array(means) - mean
    covariance = np.diag(weight @ np.array(variances)) + (weight[:, np.newaxis] * apart).T @ apart
    return vectors @ mean, vectors @ covariance @ vectors.T


def _positive(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(correlation)
    mended = (vectors * np.maximum(values, _SMALLEST_EIGENVALUE)) @ vectors.T
    scale = np.sqrt(mended.diagonal())
    positive: NDArray[np.float64] = mended / np.outer(scale, scale)
    return positive


def robustness(association: Association) -> NDArray[np.float64]:
    """Share of the open variance of factor and outcome that an unmeasured influence must explain to undo each coefficient.

    Cinelli & Hazlett (2020), *J. R. Stat. Soc. B* 82, eq. 14: half of sqrt(f⁴ + 4f²) − f², f = |t| / sqrt(degrees).
    """
    f2 = (association.mean / association.standard_error) ** 2 / association.degrees
    value: NDArray[np.float64] = 0.5 * (np.sqrt(f2**2 + 4 * f2) - f2)
    return value
