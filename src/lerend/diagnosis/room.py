"""Room for improvement: where closing the distance to what is attainable goes with most learning and innovating.

Per unit c and factor j, in each of M joint draws from the posteriors:
    gain_cj = max(beta_cj, 0) · max(target_j − theta_cj, 0)
with beta the association (its spread between companies included), theta the pooled score and target the 75th percentile
of the companies' theta in the same draw, or a stated value. The share of draws in which a factor is among the five
largest gains is the probability that it belongs there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.diagnosis.pooling import Pooled

Draws: TypeAlias = NDArray[np.float32]

_NOT_ELIGIBLE: Final = -99.0


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Summary of the draws for U units and F factors.

    Attributes:
        top_five, top_three: (U, F) share of draws in which the factor is among the largest gains.
        expected: (U, F) mean gain; low, high: its 2.5 and 97.5 % points.
        highest: (U, F) share of draws in which the factor is among the three with the highest scores.
    """

    top_five: NDArray[np.float64]
    top_three: NDArray[np.float64]
    expected: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    highest: NDArray[np.float64]


def listed_of(ranked_factors: int) -> int:
    """How many factors count as those with most room: five, or half of fewer than ten."""
    return 5 if ranked_factors >= 10 else max(1, ranked_factors // 2)


def joined(parts: Sequence[Ranking]) -> Ranking:
    """The rankings of several sets of units as one."""
    return Ranking(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in dataclasses.fields(Ranking))
    )


def draw_scores(pooled: Pooled, n_factors: int, *, draws: int, generator: np.random.Generator) -> Draws:
    """(M, U, F) draws of the factors' scores."""
    mean, sd = pooled.mean[:, :n_factors], np.sqrt(pooled.variance[:, :n_factors])
    noise = generator.standard_normal((draws, *mean.shape), dtype=np.float32)
    return (mean + sd * noise).astype(np.float32)


def draw_slopes(
    mean: NDArray[np.float64],
    covariance: NDArray[np.float64],
    between: float,
    *,
    companies: int,
    draws: int,
    generator: np.random.Generator,
) -> Draws:
    """(M, C, F) draws of the association, common part plus each company's own deviation of standard deviation `between`."""
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    common = mean + generator.standard_normal((draws, len(mean))) @ root.T
    own = generator.standard_normal((draws, companies, len(mean)), dtype=np.float32)
    slopes: Draws = (common[:, np.newaxis, :] + between * own).astype(np.float32)
    return slopes


def draw_target(scores: Draws, *, stated: float | None) -> NDArray[np.float32]:
    """(M, F) what is attainable: the 75th percentile over companies, or the stated value."""
    if stated is not None:
        return np.full((scores.shape[0], scores.shape[2]), stated, dtype=np.float32)
    return np.quantile(scores, 0.75, axis=1).astype(np.float32)


def gains(scores: Draws, slopes: Draws, target: NDArray[np.float32], sd: NDArray[np.float64]) -> Draws:
    """(M, U, F) difference in the outcome, in SD, that goes with closing the gap."""
    gap = np.maximum(target[:, np.newaxis, :] - scores, 0) / sd.astype(np.float32)
    product: Draws = np.maximum(slopes, 0) * gap
    return product


def rank(
    gain: Draws,
    scores: Draws,
    eligible: NDArray[np.bool_],
    *,
    listed: int,
) -> Ranking:
    """How often each factor is among the `listed` largest gains, and among the three largest.

    `eligible` (U, F) leaves out what is never ranked and what a unit may not be shown.
    """
    ranked = np.where(eligible, gain, np.float32(-1))
    high_scores = np.where(eligible, scores, np.float32(_NOT_ELIGIBLE))
    low, high = np.quantile(gain, (0.025, 0.975), axis=0)
    return Ranking(
        top_five=_share_among(ranked, listed, above=0),
        top_three=_share_among(ranked, min(listed, 3), above=0),
        expected=gain.mean(axis=0, dtype=np.float64),
        low=low.astype(np.float64),
        high=high.astype(np.float64),
        highest=_share_among(high_scores, min(listed, 3), above=_NOT_ELIGIBLE),
    )


def _share_among(values: Draws, size: int, *, above: float) -> NDArray[np.float64]:
    """(U, F) share of draws in which a value is among the `size` largest of its unit, and larger than `above`."""
    size = min(size, values.shape[2])
    threshold = np.partition(values, -size, axis=2)[:, :, -size, np.newaxis]
    share: NDArray[np.float64] = ((values >= threshold) & (values > above)).mean(axis=0)
    return share
