"""Covariances of scales for the association, and how much the association differs between companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.diagnosis.association import Association
from lerend.diagnosis.scales import Scales
from lerend.diagnosis.scores import Within
from lerend.statistics.sufficient import Statistics

PRIOR_SLOPE_SPREAD: Final = 0.05
"""Standard deviation between companies of an association, where no company of fifty or more can show it."""
_LARGE_COMPANY: Final = 50


def headline_outcome(within: Within, outcomes: list[int]) -> NDArray[np.float64]:
    """(K) weights of the mean of the standardised outcomes, itself scaled to a variance of one."""
    weights = np.zeros(len(within.scales))
    weights[outcomes] = 1 / np.sqrt(within.scales.diagonal()[outcomes])
    normalised: NDArray[np.float64] = weights / np.sqrt(weights @ within.scales @ weights)
    return normalised


def standardised(
    within: Within, n_factors: int, outcome: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Correlations of the factors (F, F), and with an outcome given by its weights (F), free of the items' noise.

    The noise of the items (one minus reliability) is taken off the factors' variances. Otherwise factors with few items
    would seem to matter less than they do.
    """
    sd = true_sd(within)[:n_factors]
    among = within.scales[:n_factors, :n_factors] / np.outer(sd, sd)
    np.fill_diagonal(among, 1.0)
    return among, (within.scales @ outcome)[:n_factors] / sd


def true_sd(within: Within) -> NDArray[np.float64]:
    """(K) standard deviation of the scales between people of one company, the noise of the items taken off."""
    sd: NDArray[np.float64] = np.sqrt(within.scales.diagonal() * within.reliability)
    return sd


@dataclass(frozen=True, slots=True, eq=False)
class LargeCompany:
    """(K, K) covariance of the scales in a company of fifty people or more, and how many people are behind it."""

    covariance: NDArray[np.float64]
    people: float


def slope_spread(
    large: Sequence[LargeCompany],
    n_factors: int,
    within: Within,
    association: Association,
    outcome: NDArray[np.float64],
) -> float:
    """Standard deviation between companies of the associations, by moments over companies of fifty people or more.

    h² = sum over companies and factors of [(x'r)²/x'x − s²] / sum of x'x, with x standardised within companies and r what
    the pooled coefficients leave of the outcome; never below zero, and the prior where fewer than three such companies exist.
    """
    if len(large) < 3:
        return PRIOR_SLOPE_SPREAD
    f = n_factors
    excess = information = 0.0
    sd = true_sd(within)[:f]
    noise = np.diag(1 / within.reliability[:f] - 1)
    for company in large:
        covariance, people = company.covariance, company.people
        xx = covariance[:f, :f] / np.outer(sd, sd)
        xy = (covariance @ outcome)[:f] / sd
        left = xy - (xx - noise) @ association.mean
        open_variance = max(float(outcome @ covariance @ outcome) - float(xy @ association.mean), 0.05)
        variances = np.maximum(xx.diagonal(), 0.05)
        excess += float((people * left**2 / variances - open_variance).sum())
        information += float(people * variances.sum())
    return float(np.sqrt(max(excess, 0.0) / information))


def large_companies(statistics: Statistics, scales: Scales) -> tuple[LargeCompany, ...]:
    """The companies from which the spread of the associations is taken."""
    large = [c for c in range(len(statistics.blocks)) if statistics.pair_n[c].diagonal().max() >= _LARGE_COMPANY]
    return tuple(company_covariance(statistics, scales, company) for company in large)


def company_covariance(statistics: Statistics, scales: Scales, company: int) -> LargeCompany:
    """From the block of one company; scales are unknown (zero) to each other where pairs of their items are."""
    n = statistics.pair_n[company].astype(float)
    sums = statistics.pair_sum[company].astype(float)
    safe = np.maximum(n, 1)
    scatter = (statistics.pair_product[company] - sums * sums.T / safe) / np.maximum(n - 1, 1)
    weights = scales.weights * scales.slope
    used = scales.belongs.any(axis=0)
    return LargeCompany(weights @ scatter @ weights.T, float(np.median(n[np.ix_(used, used)])))
