"""Exact Bayesian pooling: y_i ~ N(θ_i, v_i), θ_i ~ N(μ, τ²), μ ~ N(m, s²), τ half-normal or half-Cauchy.

Given τ everything is normal and known; only τ is integrated, by quadrature. No sampling, so the same numbers every time.
Sources: Gelman and others, Bayesian Data Analysis, ch. 5; Röver 2020 (the model); the formulas stand in docs/methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from lerend.evidence.pooling.mixtures import mixture_above, mixture_quantiles
from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.problems import ArrayLike, Numbers, effects_and_variances
from lerend.evidence.pooling.quadrature import Nodes, nodes_of
from lerend.statistics.interval import Interval

WORTH_HAVING: Final = 0.2
_AT: Final = np.array([0.025, 0.1, 0.5, 0.9, 0.975])


@dataclass(frozen=True, slots=True)
class Belief:
    """What is thought of one number.

    Attributes:
        interval, inner: hold it with probability .95 and .80, as much on either side.
        above_zero, above_worth: probability that it lies above zero, and above the smallest effect worth having.
    """

    mean: float
    deviation: float
    median: float
    interval: Interval
    inner: Interval
    above_zero: float
    above_worth: float


@dataclass(frozen=True, slots=True)
class SpreadBelief:
    """What is thought of tau, the standard deviation between true effects; fields as in `Belief`."""

    mean: float
    deviation: float
    median: float
    interval: Interval
    inner: Interval


@dataclass(frozen=True, slots=True, eq=False)
class _Mixture:
    """Given each node of tau: (n,) mean and variance of mu; and of each θ (k, n)."""

    nodes: Nodes
    mean: Numbers
    variance: Numbers
    own: Numbers
    y: Numbers
    v: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """All that k effects say together.

    Attributes:
        mean: the mean of true effects.
        new: the true effect of a pilot in a new company.
        spread: how much true effects differ.
        pilots: the true effect of each pilot, in the order given.
        prior_share: part (0 to 1) that the prior still carries of `mean`.
        log_evidence: logarithm of the density of the data.
        worth_having: the threshold behind `above_worth`.
    """

    effects: int
    mean: Belief
    new: Belief
    spread: SpreadBelief
    pilots: tuple[Belief, ...]
    prior: Prior
    prior_share: float
    log_evidence: float
    worth_having: float
    _mixture: _Mixture = field(repr=False)

    def mean_above(self, threshold: float) -> float:
        """Probability that the mean of true effects is larger."""
        mix = self._mixture
        return float(mixture_above(threshold, mix.nodes.weights, mix.mean[None], np.sqrt(mix.variance)[None])[0])

    def new_above(self, threshold: float) -> float:
        """Probability that the true effect in a new company is larger."""
        mix = self._mixture
        deviation = np.sqrt(mix.variance + mix.nodes.at**2)
        return float(mixture_above(threshold, mix.nodes.weights, mix.mean[None], deviation[None])[0])

    def spread_above(self, threshold: float) -> float:
        """Probability that true effects differ by more: that tau, their standard deviation, is larger."""
        return 1 - self._mixture.nodes.below(threshold)

    def pilots_above(self, thresholds: ArrayLike) -> Numbers:
        """(k,) probability that the true effect of each pilot is larger than its own threshold."""
        mix = self._mixture
        means, deviations = _of_pilots(mix)
        standard = (means - np.asarray(thresholds, float)[:, None]) / deviations
        return mixture_above(0.0, mix.nodes.weights, standard, np.ones_like(standard))

    def new_observed_below(self, value: float, variance: float) -> float:
        """Probability that a new pilot with this sampling variance gives so low an effect, or a lower one."""
        mix = self._mixture
        deviation = np.sqrt(mix.variance + mix.nodes.at**2 + variance)
        return 1 - float(mixture_above(value, mix.nodes.weights, mix.mean[None], deviation[None])[0])


def pool(pilots: Sequence[PilotEffect], *, prior: Prior | None = None, worth_having: float = WORTH_HAVING) -> Pooled:
    """Pilots taken together, their variances made larger for small samples. The order does not matter.

    How far true effects spread is judged by the variances as they are: what was made larger would hide spread.

    Raises:
        EffectsAreWrong: no pilots, or numbers that cannot be used.
    """
    y, v = arrays_of(pilots)
    plain = np.array([pilot.standard_error for pilot in pilots], float) ** 2
    return _pooled(*effects_and_variances(y, v), plain, prior or Prior(), worth_having)


def pooled(
    effects: ArrayLike, variances: ArrayLike, *, prior: Prior | None = None, worth_having: float = WORTH_HAVING
) -> Pooled:
    """Effects with known sampling variances taken together.

    Raises:
        EffectsAreWrong: no effects, or numbers that cannot be used.
    """
    y, v = effects_and_variances(effects, variances)
    return _pooled(y, v, v, prior or Prior(), worth_having)


def _pooled(y: Numbers, v: Numbers, for_spread: Numbers, prior: Prior, worth_having: float) -> Pooled:
    mix = _integrated(y, v, for_spread, prior)
    w, tau = mix.nodes.weights, mix.nodes.at
    share = float((prior.deviation**-2 * mix.variance) @ w)
    pilot_means, pilot_deviations = _of_pilots(mix)
    means = np.vstack([mix.mean, mix.mean, pilot_means])
    deviations = np.vstack([np.sqrt(mix.variance), np.sqrt(mix.variance + tau**2), pilot_deviations])
    mean, new, *each = beliefs(w, means, deviations, worth_having)
    return Pooled(
        effects=len(y),
        mean=mean,
        new=new,
        spread=_spread(mix.nodes),
        pilots=tuple(each),
        prior=prior,
        prior_share=share,
        log_evidence=mix.nodes.log_total,
        worth_having=worth_having,
        _mixture=mix,
    )


def beliefs(w: Numbers, means: Numbers, deviations: Numbers, worth_having: float) -> list[Belief]:
    """A belief for each of m mixtures of normals: weights (n,), means and deviations (m, n)."""
    centre = means @ w
    deviation = np.sqrt(np.maximum((deviations**2 + (means - centre[:, None]) ** 2) @ w, 0.0))
    at = mixture_quantiles(_AT, w, means, deviations)
    above_zero = mixture_above(0.0, w, means, deviations)
    above_worth = mixture_above(worth_having, w, means, deviations)
    return [
        Belief(
            float(centre[i]),
            float(deviation[i]),
            float(at[i, 2]),
            Interval(float(at[i, 0]), float(at[i, 4])),
            Interval(float(at[i, 1]), float(at[i, 3])),
            float(above_zero[i]),
            float(above_worth[i]),
        )
        for i in range(len(means))
    ]


def _of_pilots(mix: _Mixture) -> tuple[Numbers, Numbers]:
    """(k, n) means and deviations of each θ, given each node of tau."""
    variance = mix.own * mix.v[:, None] + (1 - mix.own) ** 2 * mix.variance
    return mix.own * mix.y[:, None] + (1 - mix.own) * mix.mean, np.sqrt(variance)


def _integrated(y: Numbers, v: Numbers, for_spread: Numbers, prior: Prior) -> _Mixture:
    """The nodes of tau by the variances `for_spread`, and what follows given each of them by the variances `v`."""
    m0, p0 = prior.mean, prior.deviation**-2

    def given(tau: Numbers, variances: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        w = 1 / (variances + tau[:, None] ** 2)
        precision = w.sum(axis=1) + p0
        return w, (w @ y + m0 * p0) / precision, precision

    def log_posterior(tau: Numbers) -> Numbers:
        w, m, precision = given(tau, for_spread)
        fit = (w * (y - m[:, None]) ** 2).sum(axis=1) + (m - m0) ** 2 * p0
        likelihood = 0.5 * (np.log(w).sum(axis=1) - fit - np.log(precision) + np.log(p0))
        return np.asarray(likelihood - 0.5 * len(y) * np.log(2 * np.pi) + prior.spread.log_density(tau))

    finest = float(np.sqrt(for_spread.min()))
    reach = max(float(np.abs(y - m0).max()), float(np.sqrt(v.max())), prior.spread.scale, prior.deviation)
    nodes = nodes_of(log_posterior, finest=finest, widest=1e8 * reach)
    _, m, precision = given(nodes.at, v)
    own = nodes.at**2 / (nodes.at**2 + v[:, None])
    return _Mixture(nodes, m, 1 / precision, own, y, v)


def _spread(nodes: Nodes) -> SpreadBelief:
    mean = float(nodes.weights @ nodes.at)
    at = nodes.quantiles(_AT)
    deviation = float(np.sqrt(nodes.weights @ (nodes.at - mean) ** 2))
    return SpreadBelief(
        mean, deviation, float(at[2]), Interval(float(at[0]), float(at[4])), Interval(float(at[1]), float(at[3]))
    )
