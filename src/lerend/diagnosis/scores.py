"""Scale scores of units and their sampling variance, from sums alone.

A scale score is the mean of its item means. Where a unit has no answers to an item (forms that hold a part of the items),
the mean is taken over the other items' distance to their overall means, so that an easy or hard item moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.scales import Scales, people_per_scale
from lerend.disclosure.bands import lowest_of_bands
from lerend.statistics.covariance import Covariance, within_covariance
from lerend.statistics.sufficient import Statistics

PRIOR_VARIANCE = 0.64
"""Variance of a scale between people of one company, held before any answer is in (SD .8 on the 1 to 5 scale)."""
PRIOR_WEIGHT = 4.0
"""How many people that prior counts for."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Scores of some units.

    Attributes:
        paths: (U) which units.
        people: (U, K) people who answered the scale.
        score: (U, K) on the 1 to 5 scale; NaN where nobody answered.
        variance: (U, K) sampling variance of the score; infinite where nobody answered.
    """

    paths: tuple[Path, ...]
    people: NDArray[np.int64]
    score: NDArray[np.float64]
    variance: NDArray[np.float64]

    def in_bands(self, floor: int | None) -> ScoreTable:
        """The variances as if each band of numbers of people held its low end only; unchanged without a floor."""
        if floor is None:
            return self
        share = np.maximum(self.people, 1) / np.maximum(lowest_of_bands(self.people, k=floor), 1)
        return replace(self, variance=self.variance * share)

    def rows(self, chosen: slice) -> ScoreTable:
        return ScoreTable(self.paths[chosen], self.people[chosen], self.score[chosen], self.variance[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """How people of one company differ, pooled over companies.

    Attributes:
        items: (k, k) covariance of the item values.
        overlap: (k, k) n_ij N / (n_i n_j): one where everybody answers everything.
        scales: (K, K) covariance of the scales if everybody answered every item.
        reliability: (K) alpha of each scale: the share of its variance that is no noise of its items.
        people: how many people there are.
        inflation: factor on sampling variances for not knowing `items` exactly (t instead of normal).
    """

    items: NDArray[np.float64]
    overlap: NDArray[np.float64]
    scales: NDArray[np.float64]
    reliability: NDArray[np.float64]
    people: int
    inflation: float


def within_companies(statistics: Statistics, scales: Scales) -> Within:
    """Pool the covariances of people around their own company's mean, shrunk a little to a prior."""
    pooled = pooled_items(statistics, scales)
    covariance = with_prior(pooled, scales)
    weights = scales.weights
    people = int(statistics.people.sum())
    return Within(
        items=covariance,
        overlap=overlap_of(pooled.pair_n, people),
        scales=weights @ covariance @ weights.T,
        reliability=reliability_of(covariance, scales),
        people=people,
        inflation=inflation_of(pooled, scales),
    )


def pooled_items(statistics: Statistics, scales: Scales) -> Covariance:
    """Covariances of all items between people of one company."""
    return within_covariance(
        statistics,
        statistics.items,
        depth=min(1, len(statistics.units[0])),
        categories_of=dict(zip(statistics.items, scales.categories.tolist(), strict=True)),
    )


def overlap_of(pair_n: NDArray[np.int64], people: int) -> NDArray[np.float64]:
    """(k, k) n_ij N / (n_i n_j)."""
    alone = pair_n.diagonal()
    apart = np.outer(alone, alone)
    overlap: NDArray[np.float64] = np.divide(pair_n * float(people), apart, out=np.zeros(apart.shape), where=apart > 0)
    return overlap


def with_prior(pooled: Covariance, scales: Scales) -> NDArray[np.float64]:
    """Shrink towards equal variances, items of one scale correlating .5: without it five equal answers would look sure."""
    covariance, degrees = np.nan_to_num(pooled.matrix), pooled.freedom
    same = (scales.belongs.T.astype(float) @ scales.belongs) > 0
    prior = PRIOR_VARIANCE * np.where(np.eye(len(same)) > 0, 1.5, np.where(same, 0.75, 0.2))
    return (degrees * covariance + PRIOR_WEIGHT * prior) / (degrees + PRIOR_WEIGHT)


def reliability_of(covariance: NDArray[np.float64], scales: Scales) -> NDArray[np.float64]:
    """(K) Cronbach's alpha within companies, kept between .4 and .95; .6 for a scale of one item, which can't tell."""
    counts = scales.belongs.sum(axis=1)
    whole = np.einsum("kj,jl,kl->k", scales.belongs, covariance, scales.belongs, optimize=True)
    alone = scales.belongs @ covariance.diagonal()
    alpha = counts / np.maximum(counts - 1, 1) * (1 - alone / whole)
    return np.clip(np.where(counts > 1, alpha, 0.6), 0.4, 0.95)


def inflation_of(pooled: Covariance, scales: Scales) -> float:
    """Factor on sampling variances: t instead of normal, squared."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- SciPy is loaded only where it is used

    degrees = float(np.median(pooled.freedom.diagonal()[scales.belongs.any(axis=0)])) + PRIOR_WEIGHT
    return float((stdtrit(degrees, 0.975) / 1.959963984540054) ** 2)


def score_table(statistics: Statistics, scales: Scales, within: Within, *, depth: int) -> ScoreTable:
    """Scores of all groups at one depth of the tree (0: everybody, 1: companies, 2: teams)."""
    groups = [path[:depth] for path in statistics.units]
    starts = [0, *(index for index in range(1, len(groups)) if groups[index] != groups[index - 1])]
    counts = np.add.reduceat(statistics.counts, starts, axis=0)  # units are sorted: those of a group stand together
    n = counts.sum(axis=2)
    values = 1 + scales.slope[:, np.newaxis] * np.arange(statistics.categories)
    item_sum = (counts * values).sum(axis=2)
    deviation = np.divide(item_sum, n, out=np.zeros_like(item_sum), where=n > 0) - _overall(item_sum, n)
    share = _shares(n, scales)
    overall = scales.weights @ _overall(item_sum, n)
    answered = (n[:, np.newaxis, :] * scales.belongs).any(axis=2)
    score = np.where(answered, overall + np.einsum("ukj,uj->uk", share, np.where(n > 0, deviation, 0)), np.nan)
    return ScoreTable(
        paths=tuple(groups[start] for start in starts),
        people=np.add.reduceat(people_per_scale(statistics, scales), starts, axis=0),
        score=score,
        variance=np.where(answered, _variance(share, n, scales, within), np.inf),
    )


def _overall(item_sum: NDArray[np.float64], n: NDArray[np.float64]) -> NDArray[np.float64]:
    everybody = n.sum(axis=0)
    unknown = np.full(len(everybody), 3.0)
    mean: NDArray[np.float64] = np.divide(item_sum.sum(axis=0), everybody, out=unknown, where=everybody > 0)
    return mean


def _shares(n: NDArray[np.float64], scales: Scales) -> NDArray[np.float64]:
    """(U, K, k): the weight of each item in the score of a unit; items without answers get none."""
    used = scales.belongs[np.newaxis] & (n > 0)[:, np.newaxis, :]
    count = used.sum(axis=2, keepdims=True)
    share: NDArray[np.float64] = np.divide(used, count, out=np.zeros(used.shape), where=count > 0)
    return share


def _variance(
    share: NDArray[np.float64], n: NDArray[np.float64], scales: Scales, within: Within
) -> NDArray[np.float64]:
    """Variance of a mean of item means: sum of w_i w_j s_ij n_ij / (n_i n_j), with n_ij from the overall overlap.

    For a unit of m people n_ij is taken as the overlap times n_i n_j / m, and never more than the smaller of the two.
    """
    people = np.maximum(n.max(axis=1), 1)
    variance = np.empty(share.shape[:2])
    for scale, belongs in enumerate(scales.belongs):
        items = np.flatnonzero(belongs)
        alone = np.maximum(n[:, items], 1)
        ratio = within.overlap[np.ix_(items, items)] / people[:, np.newaxis, np.newaxis]
        ratio = np.minimum(ratio, 1 / np.maximum(alone[:, :, np.newaxis], alone[:, np.newaxis, :]))
        ratio[:, range(len(items)), range(len(items))] = 1 / alone
        kernel = within.items[np.ix_(items, items)] * ratio
        weight = share[:, scale, items]
        variance[:, scale] = np.einsum("uj,ujl,ul->u", weight, kernel, weight)
    return variance * within.inflation
