"""Success factors by Bayesian model averaging over all sets of factors (Hoeting, Madigan, Raftery & Volinsky 1999)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from lerend.evidence.pooling.mixtures import mixture_above, mixture_quantiles
from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.evidence.pooling.problems import Numbers, effects_and_variances
from lerend.evidence.success_factors.enumeration import (
    FactorPrior,
    SpreadGrid,
    Sums,
    log_evidence,
    members_of,
    sets_of,
    spread_grid,
    sums_of,
    sums_without_each,
)
from lerend.evidence.success_factors.factors import CodedFactor, Standardised, standardised
from lerend.statistics.interval import Interval

SUPPORTED: Final = 0.8
CANDIDATE: Final = 0.5
ENOUGH_PILOTS: Final = 20
_LEAST_PILOTS: Final = 3
_NEGLIGIBLE: Final = 1e-9
_AT: Final = np.array([0.025, 0.1, 0.9, 0.975])


class Label(StrEnum):
    """What may be said of a factor."""

    SUPPORTED = "supported"
    CANDIDATE = "candidate"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SuccessFactor:
    """What the pilots say about one factor.

    Attributes:
        probability: that it matters at all (posterior inclusion probability).
        left_out: lowest and highest that this becomes when one pilot is left out.
        effect: what it changes, averaged over all sets of factors, also those without it: for what is there or not, with
            minus without; else per standard deviation of the factor. In standard deviations of the outcome.
        interval, inner: hold it with probability .95 and .80; zero is an end, or both, where it may well not matter.
        if_it_matters: the mean of the effect among the sets that hold it.
        sign_consistency: probability, if it matters, that it works in the direction of `effect`.
        pilots_for, pilots_against: how many pilots lie in line with it, and how many against it: more of the factor than on
            average and a larger effect than on average, or less of both; signs turned where the factor lowers the effect.
        label: only what 20 pilots or more allow (`SuccessFactors.only_hypotheses`).
    """

    factor: CodedFactor
    probability: float
    left_out: Interval
    effect: float
    interval: Interval
    inner: Interval
    if_it_matters: float
    sign_consistency: float
    pilots_for: int
    pilots_against: int
    label: Label


@dataclass(frozen=True, slots=True)
class SuccessFactors:
    """All factors, the likeliest first.

    Attributes:
        only_hypotheses: fewer than 20 pilots: nothing can be established, and every screen says so.
        models: how many sets of factors were weighed.
        none: probability that none of the factors matters.
        spread: mean standard deviation between pilots that the factors leave.
    """

    factors: tuple[SuccessFactor, ...]
    pilots: int
    only_hypotheses: bool
    models: int
    none: float
    spread: float
    prior: FactorPrior

    def factor(self, id: str) -> SuccessFactor:
        """Raises: KeyError."""
        return {each.factor.id: each for each in self.factors}[id]


def success_factors(
    pilots: Sequence[PilotEffect],
    factors: Sequence[CodedFactor],
    *,
    prior: FactorPrior | None = None,
    leave_out: bool = True,
) -> SuccessFactors:
    """What goes with success. Factors must have been coded before their effects were known, or the figures mean nothing.

    Args:
        leave_out: compute the range without each pilot (some ten times the work); else the range is the value itself.

    Raises:
        EffectsAreWrong: fewer than three pilots, or numbers or factors that cannot be used.
    """
    prior = prior or FactorPrior()
    y, v = arrays_of(pilots)
    effects_and_variances(y, v, least=_LEAST_PILOTS)
    scaled = standardised(factors, len(y))
    grid = spread_grid(prior)
    sums = sums_of(y, v, scaled.values, grid, prior)
    weights = _weights(log_evidence(sums, len(factors), prior), grid)
    members = members_of(len(factors))
    inclusion = weights.sum(axis=0) @ members
    ranges = np.array([inclusion])
    if leave_out:
        without = sums_without_each(sums, y, v, scaled.values, grid, prior)
        each = _weights(log_evidence(without, len(factors), prior), grid).sum(axis=1) @ members
        ranges = np.vstack([ranges, each])
    tau = float(weights.sum(axis=1) @ grid.at)
    slopes = _slopes(sums, weights, len(factors))
    found = [
        _found(factors[j], j, inclusion[j], ranges[:, j], slopes[j], scaled, (y, 1 / (v + tau**2)))
        for j in range(len(factors))
    ]
    return SuccessFactors(
        factors=tuple(sorted(found, key=lambda each: (-each.probability, each.factor.id))),
        pilots=len(y),
        only_hypotheses=len(y) < ENOUGH_PILOTS,
        models=len(members),
        none=float(weights[:, 0].sum()),
        spread=tau,
        prior=prior,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Slopes:
    """The normal pieces of one factor's posterior: (n,) weights that sum to its probability, means, deviations."""

    weights: Numbers
    means: Numbers
    deviations: Numbers


def _weights(evidence: Numbers, grid: SpreadGrid) -> Numbers:
    """(…, t, models) posterior probabilities."""
    value = evidence + np.log(grid.weights)[:, None]
    value = np.exp(value - value.max(axis=(-2, -1), keepdims=True))
    return np.asarray(value / value.sum(axis=(-2, -1), keepdims=True))


def _slopes(sums: Sums, weights: Numbers, factors: int) -> list[_Slopes]:
    pieces: list[list[tuple[Numbers, Numbers, Numbers]]] = [[] for _ in range(factors)]
    start = 0
    for sets in sets_of(factors):
        mine = weights[:, start : start + len(sets)]
        start += len(sets)
        point, model = np.nonzero(mine > _NEGLIGIBLE)
        if sets.shape[1] == 1 or not len(point):
            continue
        chosen = sets[model]
        inverse = np.linalg.inv(sums.inner[point[:, None, None], chosen[:, :, None], chosen[:, None, :]])
        means = np.einsum("nij,nj->ni", inverse, sums.right[point[:, None], chosen])
        deviations = np.sqrt(np.einsum("nii->ni", inverse))
        for place in range(1, sets.shape[1]):
            for j in np.unique(chosen[:, place]):
                here = chosen[:, place] == j
                pieces[j - 1].append((mine[point, model][here], means[here, place], deviations[here, place]))
    return [_Slopes(*(np.concatenate(part) for part in zip(*piece, strict=True))) for piece in pieces]


def _found(
    factor: CodedFactor,
    j: int,
    inclusion: float,
    range_: Numbers,
    slopes: _Slopes,
    scaled: Standardised,
    effects: tuple[Numbers, Numbers],
) -> SuccessFactor:
    unit = 1 / float(scaled.deviations[j]) if factor.is_yes_or_no else 1.0
    within = slopes.weights / slopes.weights.sum()
    given = float(within @ slopes.means)
    sign = 1.0 if given >= 0 else -1.0
    consistent = float(mixture_above(0.0, within, sign * slopes.means[None], slopes.deviations[None])[0])
    low, inner_low, inner_high, high = unit * _quantiles(float(inclusion), within, slopes)
    y, w = effects
    line = sign * scaled.values[:, j] * (y - float(w @ y / w.sum()))
    return SuccessFactor(
        factor=factor,
        probability=float(inclusion),
        left_out=Interval(float(range_.min()), float(range_.max())),
        effect=unit * float(inclusion) * given,
        interval=Interval(float(low), float(high)),
        inner=Interval(float(inner_low), float(inner_high)),
        if_it_matters=unit * given,
        sign_consistency=consistent,
        pilots_for=int((line > 0).sum()),
        pilots_against=int((line < 0).sum()),
        label=label_of(float(inclusion)),
    )


def label_of(probability: float) -> Label:
    """What may be said of a factor with this probability, where there are pilots enough."""
    if probability >= SUPPORTED:
        return Label.SUPPORTED
    return Label.CANDIDATE if probability >= CANDIDATE else Label.OPEN


def _quantiles(inclusion: float, within: Numbers, slopes: _Slopes) -> Numbers:
    """(q,) of a mixture that has a lump at zero: the chance that the factor does not matter."""
    below = inclusion * (1 - float(mixture_above(0.0, within, slopes.means[None], slopes.deviations[None])[0]))
    found = np.zeros(len(_AT))
    left, right = below > _AT, below + 1 - inclusion < _AT
    target = np.where(left, _AT, _AT - (1 - inclusion)) / inclusion
    outside = left | right
    if outside.any():
        inside = np.clip(target[outside], 1e-12, 1 - 1e-12)
        found[outside] = mixture_quantiles(inside, within, slopes.means[None], slopes.deviations[None])[0]
    return found
