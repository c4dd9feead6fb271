"""Pilots nested in companies and interventions: y_p = μ + a_intervention + c_company + e_p + sampling error.

a, c and e are normal with three unknown standard deviations, averaged over on a grid of 8 × 8 × 8; given those, all is
one normal distribution. One Cholesky factor per grid point (all at once) gives the evidence and everything of interest: the
rows below the factor of the bordered matrix are the solved right-hand sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.evidence.pooling.bayes import WORTH_HAVING, Belief, beliefs
from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.evidence.pooling.priors import SpreadPrior
from lerend.evidence.pooling.problems import Numbers, effects_and_variances, wrong
from lerend.wording import say

_POINTS: Final = 8
_HEAVY: Final = 0.99999


@dataclass(frozen=True, slots=True)
class NestedPrior:
    """mu ~ N(mean, deviation²) and half-normal spreads of interventions, companies, and pilots beyond those.

    Together they spread like the .3 of the flat model: √(.2² + .15² + .15²) = .29.
    """

    mean: float = 0.0
    deviation: float = 0.5
    interventions: float = 0.2
    companies: float = 0.15
    pilots: float = 0.15

    @property
    def spreads(self) -> tuple[SpreadPrior, SpreadPrior, SpreadPrior]:
        return (SpreadPrior(self.interventions), SpreadPrior(self.companies), SpreadPrior(self.pilots))


@dataclass(frozen=True, slots=True)
class Spreads:
    """Mean of each standard deviation, given the pilots."""

    interventions: float
    companies: float
    pilots: float


@dataclass(frozen=True, slots=True)
class InterventionBelief:
    """What is thought of one intervention: its mean over companies, and its effect in a company that is new to it."""

    id: str
    pilots: int
    companies: int
    mean: Belief
    new: Belief


@dataclass(frozen=True, slots=True)
class NestedPool:
    """All pilots of a programme together.

    Attributes:
        mean: over interventions and companies.
        new: an intervention that was never tried, in a new company.
        interventions: in the order of their ids.
        pilots: true effect of each pilot, in the order given.
        prior_share: part (0 to 1) that the prior still carries of `mean`.
        same_everywhere: no company, or no intervention, has two pilots, so that their spreads cannot be told apart and
            rest on the prior alone.
    """

    mean: Belief
    new: Belief
    interventions: tuple[InterventionBelief, ...]
    pilots: tuple[Belief, ...]
    spreads: Spreads
    prior: NestedPrior
    prior_share: float
    same_everywhere: bool
    worth_having: float

    def intervention(self, id: str) -> InterventionBelief:
        """Raises: KeyError where no pilot tried it."""
        return {each.id: each for each in self.interventions}[id]


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    y: Numbers
    v: Numbers
    by_intervention: Numbers
    by_company: Numbers
    names: tuple[str, ...]


def pool_nested(
    pilots: Sequence[PilotEffect], *, prior: NestedPrior | None = None, worth_having: float = WORTH_HAVING
) -> NestedPool:
    """Pilots of several interventions in several companies together; variances made larger for small samples.

    Raises:
        EffectsAreWrong: no pilots, one without company or intervention, or numbers that cannot be used.
    """
    prior = prior or NestedPrior()
    layout = _layout(pilots)
    taus, weights = _grid(prior)
    log_evidence, solved = _factored(layout, taus, prior)
    weights = weights * np.exp(log_evidence - log_evidence.max())
    weights /= weights.sum()
    return _gathered(pilots, layout, taus, weights, solved, prior, worth_having)


def _layout(pilots: Sequence[PilotEffect]) -> _Layout:
    y, v = arrays_of(pilots)
    effects_and_variances(y, v)
    for pilot in pilots:
        if not pilot.company or not pilot.intervention:
            what = say("This pilot has no company or no intervention.")
            raise wrong(f"pilot {pilot.id}", what, say("Say where it was and what was tried."))
    names, interventions = np.unique([pilot.intervention for pilot in pilots], return_inverse=True)
    companies = np.unique([pilot.company for pilot in pilots], return_inverse=True)[1]
    return _Layout(
        y,
        v,
        (interventions[:, None] == np.arange(len(names))).astype(float),
        (companies[:, None] == np.arange(companies.max() + 1)).astype(float),
        tuple(str(name) for name in names),
    )


def _grid(prior: NestedPrior) -> tuple[Numbers, Numbers]:
    """(g, 3) standard deviations, and (g,) what the prior gives them: Gauss–Legendre in the prior's own distribution."""
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    share, weight = 0.5 * (nodes + 1), 0.5 * weights
    axes = [spread.quantile(share) for spread in prior.spreads]
    taus = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    product = weight[:, None, None] * weight[None, :, None] * weight[None, None, :]
    return taus, product.ravel()


def _factored(layout: _Layout, taus: Numbers, prior: NestedPrior) -> tuple[Numbers, Numbers]:
    """(g,) log evidence, and (g, 2 + interventions, k): L⁻¹ of the residual, and of the covariances of mu and of each a."""
    k, count = len(layout.y), len(layout.names)
    same_a, same_c = layout.by_intervention @ layout.by_intervention.T, layout.by_company @ layout.by_company.T
    square = taus**2
    size = k + 2 + count
    bordered = np.zeros((len(taus), size, size))
    bordered[:, :k, :k] = prior.deviation**2 + square[:, 0, None, None] * same_a + square[:, 1, None, None] * same_c
    index = np.arange(size)
    bordered[:, index[:k], index[:k]] += layout.v + square[:, 2, None]
    bordered[:, k, :k] = layout.y - prior.mean
    bordered[:, k + 1, :k] = prior.deviation**2
    bordered[:, k + 2 :, :k] = square[:, 0, None, None] * layout.by_intervention.T
    bordered[:, index[k:], index[k:]] = 1e9 * (1 + float(np.abs(layout.y).max()) ** 2 / float(layout.v.min()))
    factor = np.linalg.cholesky(bordered)
    solved = np.asarray(factor[:, k:, :k], float)
    log_determinant = np.log(factor[:, index[:k], index[:k]]).sum(axis=1)
    return np.asarray(-log_determinant - 0.5 * (solved[:, 0] ** 2).sum(axis=1)), solved


def _gathered(
    pilots: Sequence[PilotEffect],
    layout: _Layout,
    taus: Numbers,
    weights: Numbers,
    solved: Numbers,
    prior: NestedPrior,
    worth_having: float,
) -> NestedPool:
    square = taus**2
    residual, cross = solved[:, 0], solved[:, 1:]
    moves = np.einsum("gfk,gk->gf", cross, residual)
    known = np.einsum("gfk,ghk->gfh", cross, cross)
    mean_mu, var_mu = prior.mean + moves[:, 0], prior.deviation**2 - known[:, 0, 0]
    means = mean_mu[:, None] + moves[:, 1:]
    each = np.arange(1, cross.shape[1])
    variances = var_mu[:, None] + square[:, :1] - known[:, each, each] - 2 * known[:, 0, 1:]
    elsewhere = (square[:, 1] + square[:, 2])[:, None]
    rows = [mean_mu[None], mean_mu[None], means.T, means.T]
    spreads = [var_mu[None], (var_mu + square.sum(axis=1))[None], variances.T, (variances + elsewhere).T]
    found = beliefs(weights, np.vstack(rows), np.sqrt(np.maximum(np.vstack(spreads), 1e-12)), worth_having)
    count = len(layout.names)
    companies = [len({p.company for p in pilots if p.intervention == name}) for name in layout.names]
    counts = layout.by_intervention.sum(axis=0)
    expected = taus.T @ weights
    return NestedPool(
        mean=found[0],
        new=found[1],
        interventions=tuple(
            InterventionBelief(name, int(counts[i]), companies[i], found[2 + i], found[2 + count + i])
            for i, name in enumerate(layout.names)
        ),
        pilots=tuple(_pilot_beliefs(layout, taus, weights, prior, worth_having)),
        spreads=Spreads(*(float(each) for each in expected)),
        prior=prior,
        prior_share=float((var_mu / prior.deviation**2) @ weights),
        same_everywhere=counts.max() < 2 or layout.by_company.sum(axis=0).max() < 2,
        worth_having=worth_having,
    )


def _pilot_beliefs(
    layout: _Layout, taus: Numbers, weights: Numbers, prior: NestedPrior, worth_having: float
) -> list[Belief]:
    """θ_p given the spreads: mean y − v·(V⁻¹r)_p, variance v − v²·(V⁻¹)_pp; only at grid points that carry weight."""
    order = np.argsort(-weights)
    heavy = order[: int(np.searchsorted(np.cumsum(weights[order]), _HEAVY)) + 1]
    w, square = weights[heavy] / weights[heavy].sum(), taus[heavy] ** 2
    same_a, same_c = layout.by_intervention @ layout.by_intervention.T, layout.by_company @ layout.by_company.T
    V = prior.deviation**2 + square[:, 0, None, None] * same_a + square[:, 1, None, None] * same_c
    index = np.arange(len(layout.y))
    V[:, index, index] += layout.v + square[:, 2, None]
    inverse = np.linalg.inv(V)
    pulled = inverse @ (layout.y - prior.mean)
    means = layout.y - layout.v * pulled
    variances = np.maximum(layout.v - layout.v**2 * inverse[:, index, index], 1e-12)
    return beliefs(w, means.T, np.sqrt(variances).T, worth_having)
