"""Tests and intervals that hold however often one looks: for pulses without a planned end. They cost power; see the docs.

n always counts what varies on its own: teams, never clicks or answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Anytime:
    """A coefficient of a regression, looked at once more.

    Attributes:
        log_e: logarithm of the e-value: the evidence against *no effect*; e may be multiplied over independent pilots.
        p: 1/e, at most 1; at most this often is it ever so small where there is no effect.
        reach: half width of the interval in standard errors; infinite where too little is known.
    """

    log_e: float
    p: float
    reach: float


def anytime_regression(t: float, df: float, n: float, *, prior: float, alpha: float = 0.05) -> Anytime:
    """The e-value of a coefficient, and the interval that holds at every look.

    log e = ½ log r − (ν + 1)/2 · [log(1 + r t²/ν) − log(1 + t²/ν)] with r = g/(g + n); the interval reaches
    √(ν(1 − k)/(k − r)) standard errors with k = (rα²)^(1/(ν + 1)).

    Args:
        t: estimate over standard error.
        df: ν.
        n: teams.
        prior: g; the number of teams at which the interval shall be narrowest, divided by about 8 (alpha .05).

    Source: Lindon, Ham, Tingley & Bojinov (2022), Anytime-Valid Linear Models, theorem 3.2.

    Raises:
        ValueError: no degrees of freedom, or no positive prior.
    """
    if df <= 0 or n <= 0 or prior <= 0:
        raise ValueError("an anytime test needs teams, degrees of freedom and a prior above 0")
    r = prior / (prior + n)
    log_e = 0.5 * log(r) - (df + 1) / 2 * (np.log1p(r * t**2 / df) - np.log1p(t**2 / df))
    k = (r * alpha**2) ** (1 / (df + 1))
    reach = sqrt(df * (1 - k) / (k - r)) if k > r else inf
    return Anytime(float(log_e), float(min(1.0, exp(-log_e))), reach)


def mixture_rho(variance: float, alpha: float = 0.05) -> float:
    """The ρ for which the normal mixture bound is narrowest at this variance: v / (−W₋₁(−α²/e) − 1) (Howard et al. 2021)."""
    from scipy.special import lambertw  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(variance / (-np.real(lambertw(-(alpha**2) / np.e, -1)) - 1))


def mixture_bound(variance: float, rho: float, alpha: float = 0.05) -> float:
    """√((v + ρ) log((v + ρ)/(ρα²))): what a sum with this variance ever leaves with a chance of alpha only.

    Source: Howard, Ramdas, McAuliffe & Sekhon (2021), Annals of Statistics 49, two-sided normal mixture.
    """
    return sqrt((variance + rho) * log((variance + rho) / (rho * alpha**2)))


def asymptotic_reach(n: float, deviation: float, rho: float, alpha: float = 0.05) -> float:
    """Half width for a mean: sd · √(2(nρ² + 1)/(n²ρ²) · log(√(nρ² + 1)/α)).

    Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2021), time-uniform central limit theory.
    """
    spread = n * rho**2 + 1
    return deviation * sqrt(2 * spread / (n**2 * rho**2) * log(sqrt(spread) / alpha))


@dataclass(frozen=True, slots=True)
class SafeT:
    """E-values of a t test: against *no difference*, for either direction and for a difference upwards."""

    two_sided: float
    greater: float


def safe_t(t: float, n1: float, n2: float, smallest: float) -> SafeT:
    """How much likelier t is for a difference of `smallest` standard deviations than for none.

    With δ = smallest · √(n1 n2/(n1 + n2)), ν = n1 + n2 − 2 and x = t²/(ν + t²): the ratio of a noncentral to a central t
    density is e^(−δ²/2) · [M((ν+1)/2, ½, δ²x/2) + δ√(2x)·sign(t) · Γ((ν+2)/2)/Γ((ν+1)/2) · M((ν+2)/2, 3/2, δ²x/2)].

    Source: Grünwald, de Heide & Koolen (2024); Pérez-Ortiz, Lardy, de Heide & Grünwald (2022).
    """
    ratio = smallest * sqrt(n1 * n2 / (n1 + n2))
    df = n1 + n2 - 2
    up, down = _density_ratio(t, df, ratio), _density_ratio(t, df, -ratio)
    return SafeT(two_sided=(up + down) / 2, greater=up)


def _density_ratio(t: float, df: float, ratio: float) -> float:
    from scipy.special import gammaln, hyp1f1  # noqa: PLC0415 -- SciPy costs half a second to import

    share = t**2 / (df + t**2)
    half = ratio**2 * share / 2
    odd = ratio * sqrt(2 * share) * np.sign(t) * np.exp(gammaln((df + 2) / 2) - gammaln((df + 1) / 2))
    both = hyp1f1((df + 1) / 2, 0.5, half) + odd * hyp1f1((df + 2) / 2, 1.5, half)
    return float(np.exp(-(ratio**2) / 2) * both)


@dataclass(frozen=True, slots=True, eq=False)
class Betting:
    """(N) ends of the interval for a mean after each answer; what was ever left out stays out."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def betting_interval(values: Sequence[float], alpha: float = 0.05, *, grid: int = 1000) -> Betting:
    """An interval for the mean of values between 0 and 1, without any other assumption, that holds at every look.

    For each possible mean one bets against it upwards and downwards; it is left out as soon as the better of both stakes
    (half each) has grown by 1/alpha. Stakes are λ = √(2 log(2/α)/(σ²·t·log(1 + t))), σ² the variance of values so far with
    one value of ¼ before, and at most half of what may be lost (Waudby-Smith & Ramdas 2024, hedged capital).

    Raises:
        ValueError: a value outside 0 to 1.
    """
    x = np.asarray(values, dtype=np.float64)
    if not len(x) or (x < 0).any() or (x > 1).any():
        raise ValueError("values lie between 0 and 1, and there is at least one")
    count = np.arange(1, len(x) + 1)
    means = (0.5 + np.cumsum(x)) / (count + 1)
    spread = (0.25 + np.cumsum((x - means) ** 2)) / (count + 1)
    before = np.concatenate([[0.25], spread[:-1]])
    stake = np.sqrt(2 * np.log(2 / alpha) / (before * count * np.log(1 + count)))
    possible = np.arange(grid + 1) / grid
    with np.errstate(divide="ignore"):
        upward = np.minimum(stake[:, None], 0.5 / possible[None, :])
        downward = np.minimum(stake[:, None], 0.5 / (1 - possible)[None, :])
    distance = x[:, None] - possible[None, :]
    wealth = np.maximum(
        np.cumsum(np.log1p(upward * distance), axis=0), np.cumsum(np.log1p(-downward * distance), axis=0)
    )
    kept = np.minimum.accumulate(wealth + log(0.5) < log(1 / alpha), axis=0)
    # A mean between two of the grid may not be left out while either of them is kept: one step to the safe side.
    low = np.array([possible[row].min(initial=1.0) for row in kept]) - 1 / grid
    high = np.array([possible[row].max(initial=0.0) for row in kept]) + 1 / grid
    return Betting(np.maximum(low, 0.0), np.minimum(high, 1.0))
