"""Variances between and within units by restricted maximum likelihood, from group sums alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.clustering import GroupSums, group_sums
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """A random-intercept model fitted by restricted maximum likelihood.

    Attributes:
        mean: mean over groups, each weighted by what it says.
        mean_error: its standard error.
        between, within: variances.
        icc1: between over the sum of both; never negative.
        icc2: reliability of the mean of a group of mean size.
        log_likelihood: restricted.
        none_between: the likelihood is highest with no variance between groups at all.
    """

    mean: float
    mean_error: float
    between: float
    within: float
    icc1: float
    icc2: float
    log_likelihood: float
    none_between: bool


def variance_components(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int = 1,
    categories_of: Mapping[str, int] | None = None,
) -> VarianceComponents | None:
    """Variances between and within units of a scale; None for the reasons of `group_sums` and `restricted`."""
    sums = group_sums(statistics, items, depth=depth, categories_of=categories_of)
    return None if sums is None else restricted(sums)


def restricted(sums: GroupSums) -> VarianceComponents | None:
    """Restricted maximum likelihood with one unknown, the ratio of between to within variance.

    None with fewer than two groups, without any group of two people, where people within groups never differ, and
    where the slope of the likelihood does not come down to nothing (not seen yet).
    """
    if len(sums.size) < 2 or sums.freedom <= 0 or sums.within <= 0:
        return None
    ratio = _best_ratio(sums)
    if ratio is None:
        return None
    weight = sums.size / (1 + ratio * sums.size)
    mean, within = _mean_and_within(sums, weight)
    freedom = sums.freedom + len(sums.size) - 1
    icc1 = ratio / (1 + ratio)
    size = sums.people / len(sums.size)
    return VarianceComponents(
        mean=mean,
        mean_error=math.sqrt(within / weight.sum()),
        between=ratio * within,
        within=within,
        icc1=icc1,
        icc2=size * icc1 / (1 + (size - 1) * icc1),
        log_likelihood=-(_deviance(sums, ratio) + freedom * (1 + math.log(2 * math.pi))) / 2,
        none_between=ratio == 0,
    )


def _mean_and_within(sums: GroupSums, weight: NDArray[np.float64]) -> tuple[float, float]:
    """Best mean and within variance for given weights, n / (1 + ratio n) for each group."""
    mean = float(weight @ sums.mean / weight.sum())
    scatter = sums.within * sums.freedom + float(weight @ (sums.mean - mean) ** 2)
    return mean, scatter / (sums.freedom + len(sums.size) - 1)


def _deviance(sums: GroupSums, ratio: float) -> float:
    """Minus twice the restricted log-likelihood, up to a constant, at its best mean and within variance."""
    weight = sums.size / (1 + ratio * sums.size)
    freedom = sums.freedom + len(sums.size) - 1
    _, within = _mean_and_within(sums, weight)
    return float(freedom * math.log(within) + np.log1p(ratio * sums.size).sum() + math.log(weight.sum()))


def _slope(sums: GroupSums, ratio: float) -> float:
    """Derivative of `_deviance`."""
    weight = sums.size / (1 + ratio * sums.size)
    mean, within = _mean_and_within(sums, weight)
    total = weight.sum()
    return float(total - (weight**2 @ (sums.mean - mean) ** 2) / within - (weight**2).sum() / total)


def _best_ratio(sums: GroupSums) -> float | None:
    """Where the deviance is lowest: among many ratios first, then by halving on its slope."""
    grid = np.concatenate([[0.0], np.geomspace(1e-8, 1e8, 129)])
    best = int(np.argmin([_deviance(sums, ratio) for ratio in grid]))
    if best == 0 and _slope(sums, 0.0) >= 0:
        return 0.0
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    if _slope(sums, low) > 0 or _slope(sums, high) < 0:
        return None
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _slope(sums, middle) < 0 else (low, middle)
    return float((low + high) / 2)
