"""Partial pooling: every unit's score is drawn towards the units around it, the more so the less is known of it.

For one scale, units u with observed score y_u and sampling variance v_u:  y_u ~ N(theta_u, v_u),  theta_u ~ N(m, tau²).
tau has a half-normal prior and is integrated out on a grid, m has a flat prior, so that intervals stay honest with a
handful of units (normal-normal model, e.g. Röver 2020, *J. Stat. Softw.* 93(6), eqs. 6 to 12).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_GRID: Final = np.array([0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4, 3.0])
"""Values of tau, in units of its prior scale."""
_WIDTH: Final = np.gradient(_GRID)
_SPREAD_OF_RATIO: Final = 0.3
"""How far the ratio of tau to its prior scale may differ between scales (standard deviation of its logarithm)."""


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Pooled scores of U units on K scales.

    Attributes:
        mean, variance: (U, K) posterior of each unit's score.
        centre, centre_variance: (K) posterior of the mean over units.
        tau: (T, K) the grid of standard deviations between units.
        weight: (T, K) posterior weight of each grid value; sums to one over T.
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    centre: NDArray[np.float64]
    centre_variance: NDArray[np.float64]
    tau: NDArray[np.float64]
    weight: NDArray[np.float64]

    def rows(self, chosen: slice) -> Pooled:
        return dataclasses.replace(self, mean=self.mean[chosen], variance=self.variance[chosen])

    @property
    def spread(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """(K) posterior mean of tau and its 2.5 and 97.5 % points."""
        cumulated = np.cumsum(self.weight, axis=0)
        points = [
            np.array([np.interp(p, cumulated[:, j], self.tau[:, j]) for j in range(self.tau.shape[1])])
            for p in (0.025, 0.975)
        ]
        return (self.weight * self.tau).sum(axis=0), points[0], points[1]


def pool(score: NDArray[np.float64], variance: NDArray[np.float64], *, prior_spread: NDArray[np.float64]) -> Pooled:
    """Pool units towards their common mean, which is itself unknown.

    Args:
        score: (U, K), NaN where a unit has no answers.
        variance: (U, K) sampling variance, infinite where a unit has no answers.
        prior_spread: (K) scale of the half-normal prior on tau.
    """
    y = np.where(np.isfinite(score), score, 0.0)
    tau = _GRID[:, np.newaxis] * prior_spread
    w = 1 / (variance + tau[:, np.newaxis, :] ** 2)
    precision = w.sum(axis=1)
    centre = (w * y).sum(axis=1) / precision
    log_weight = 0.5 * (
        np.where(np.isfinite(variance), np.log(np.where(w > 0, w, 1)), 0).sum(axis=1)
        - (w * (y - centre[:, np.newaxis]) ** 2).sum(axis=1)
        - np.log(precision)
    )
    weight = _normalised(log_weight)
    shrink = tau[:, np.newaxis, :] ** 2 * w
    mean = shrink * y + (1 - shrink) * centre[:, np.newaxis]
    spare = np.where(
        np.isfinite(variance), shrink * np.where(np.isfinite(variance), variance, 0), tau[:, np.newaxis] ** 2
    )
    conditional = spare + (1 - shrink) ** 2 / precision[:, np.newaxis]
    mixed, total = _mixed(weight[:, np.newaxis], mean, conditional)
    centre_mean, centre_variance = _mixed(weight, centre, 1 / precision)
    return Pooled(mixed, total, centre_mean, centre_variance, tau, weight)


def pool_within(
    score: NDArray[np.float64],
    variance: NDArray[np.float64],
    parent: NDArray[np.intp],
    parents: Pooled,
    *,
    prior_spread: NDArray[np.float64],
    within_parent: NDArray[np.float64],
) -> Pooled:
    """Pool units (teams) towards the mean of their parent (company), and that towards the mean over parents.

    One tau for all parents. What is known of a parent comes from its units here and from the other parents, never
    from the parent's own pooled score: that would count its units twice.

    Args:
        score: (U, K), NaN where a unit has no answers.
        variance: (U, K) sampling variance, infinite where a unit has no answers.
        parent: (U,) row of `parents` for each unit.
        parents: the pooled parents, for their centre and spread.
        prior_spread: (K) scale of the half-normal prior on tau.
        within_parent: (K) variance between people of one parent, which `variance` was computed from. The part of it
            that is between units is no sampling variance of a unit, so it is taken off for every value of tau.
    """
    y = np.where(np.isfinite(score), score, 0.0)
    tau = _GRID[:, np.newaxis] * prior_spread
    variance = variance * np.clip(1 - tau**2 / within_parent, 0.3, 1)[:, np.newaxis, :]
    w = 1 / (variance + tau[:, np.newaxis, :] ** 2)
    inside, inside_sum = _sums(w, parent), _sums(w * y, parent)
    weight = _normalised(_restricted_likelihood(y, w, parent, inside, inside_sum))
    outside = 1 / ((parents.weight * parents.tau**2).sum(axis=0) + parents.centre_variance)
    precision = inside + outside
    about = (inside_sum + outside * parents.centre) / precision
    shrink = tau[:, np.newaxis, :] ** 2 * w
    mean = shrink * y + (1 - shrink) * about[:, parent]
    mixed, total = _mixed(
        weight[:, np.newaxis], mean, _spare(shrink, variance, tau) + (1 - shrink) ** 2 / precision[:, parent]
    )
    return Pooled(mixed, total, parents.centre, parents.centre_variance, tau, weight)


def _sums(values: NDArray[np.float64], parent: NDArray[np.intp]) -> NDArray[np.float64]:
    """(T, P, K) sums over the units of each parent, from (T, U, K); every parent has a unit."""
    order = np.argsort(parent, kind="stable")
    starts = np.searchsorted(parent[order], np.arange(parent.max() + 1))
    sums: NDArray[np.float64] = np.add.reduceat(values[:, order], starts, axis=1)
    return sums


def _restricted_likelihood(
    y: NDArray[np.float64],
    w: NDArray[np.float64],
    parent: NDArray[np.intp],
    inside: NDArray[np.float64],
    inside_sum: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(T, K) log likelihood of tau with every parent's mean integrated out (REML)."""
    some = np.where(inside > 0, inside, 1)
    squares = (w * (y - (inside_sum / some)[:, parent]) ** 2).sum(axis=1)
    log_w = np.where(w > 0, np.log(np.where(w > 0, w, 1)), 0).sum(axis=1)
    value: NDArray[np.float64] = 0.5 * (log_w - squares - np.log(some).sum(axis=1))
    return value


def _spare(shrink: NDArray[np.float64], variance: NDArray[np.float64], tau: NDArray[np.float64]) -> NDArray[np.float64]:
    """(T, U, K) variance that is left of a unit's own value, given the centre and tau."""
    known = np.isfinite(variance)
    return np.where(known, shrink * np.where(known, variance, 0), tau[:, np.newaxis] ** 2)


def _normalised(log_likelihood: NDArray[np.float64]) -> NDArray[np.float64]:
    """(T, K) posterior weights of tau, scales lending each other strength.

    The ratio of tau to its prior scale is log-normal around a common ratio over scales, which is unknown itself: with few
    units one scale alone says little about its own spread, and a spread that is put too small makes intervals too sure.
    """
    ratio = np.log(_GRID[:, np.newaxis] / _GRID)
    prior = _WIDTH[:, np.newaxis] / _GRID[:, np.newaxis] * np.exp(-0.5 * (ratio / _SPREAD_OF_RATIO) ** 2)
    prior /= prior.sum(axis=0)
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=0))
    marginal = prior.T @ likelihood
    log_common = np.log(marginal).sum(axis=1) + np.log(_WIDTH / _GRID) - 0.5 * np.log(_GRID) ** 2
    common = np.exp(log_common - log_common.max())
    mixed = prior @ ((common / common.sum())[:, np.newaxis] / marginal)
    weight = mixed * likelihood
    normalised: NDArray[np.float64] = weight / weight.sum(axis=0)
    return normalised


def _mixed(
    weight: NDArray[np.float64], mean: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance of the mixture over the grid (its first axis)."""
    mixed = (weight * mean).sum(axis=0)
    return mixed, (weight * (variance + (mean - mixed) ** 2)).sum(axis=0)
