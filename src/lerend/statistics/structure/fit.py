"""A fitted factor model as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.indices import Indices
from lerend.statistics.structure.layout import Layout
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.robust import Scaled, Whitened
from lerend.statistics.structure.specification import Specification
from lerend.wording import Message

Estimator: TypeAlias = Literal["WLSMV", "WLSM", "DWLS", "ULSMV"]
"""Weights: one over the variance of each correlation (all but ULSMV), or equal. Test: scaled and shifted (…MV), scaled
(WLSM), or none (DWLS, whose standard errors take the weights for the right ones)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That the search ended at a minimum.

    Attributes:
        steps: of the search.
        slope: standard errors that one more step would move the estimates.
        curvature: smallest eigenvalue of the information matrix, scaled to a diagonal of one.
    """

    steps: int
    slope: float
    curvature: float


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a comparison of two fits needs.

    Attributes:
        jacobian: (p, q) how the moments move with the unknowns, not weighted.
        whitened: the same weighted, decomposed.
        weights: (p,) of each group.
        moments: (p, p) fourth moments of each group, between roots of the weights.
        across: (p, q) these times the basis.
        samples: the groups.
        with_thresholds: whether thresholds are among the moments, before the correlations.
        layout, at: where the unknowns stand, and their estimates (q,).
    """

    jacobian: NDArray[np.float64]
    whitened: Whitened
    weights: tuple[NDArray[np.float64], ...]
    moments: tuple[NDArray[np.float64], ...]
    across: tuple[NDArray[np.float64], ...]
    samples: tuple[OrdinalSample, ...]
    with_thresholds: bool
    layout: Layout
    at: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The model in which no items go together; thresholds are what they are."""

    statistic: float
    degrees: int
    test: Scaled | None


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted factor model of ordinal answers.

    Attributes:
        specification, estimator, parameterisation, sharing: what was asked for.
        groups: their names, in order.
        people, left_out: how many are in each group, and how many were left out for a missing answer.
        estimates: every number with its standard error.
        unknowns: how many numbers were estimated, thresholds counted in.
        statistic, degrees: n - 1 times the least-squares discrepancy, on so many degrees of freedom. It is *not*
            distributed as chi-square: use `test`.
        test: the statistic brought to chi-square; None for DWLS.
        baseline: the model in which no items go together.
        naive: CFI, TLI, RMSEA of the plain statistic, which hide misfit: for comparison with other software only.
        scaled: the same from the scaled tests; None for DWLS.
        robust: the ones to read (Savalei 2021); None for DWLS, for groups that share something, and for correlations
            that are not positive definite.
        srmr: root mean square residual correlation.
        proof: that the search ended at a minimum.
        concerns: what must be said beside the numbers.
        rows: over how many people the fourth moments were taken, per group; fewer than `people` where they were drawn.
        evidence: for comparisons.
    """

    specification: Specification
    estimator: Estimator
    parameterisation: Parameterisation
    sharing: Sharing
    groups: tuple[str, ...]
    people: tuple[int, ...]
    left_out: tuple[int, ...]
    estimates: tuple[Estimate, ...]
    unknowns: int
    statistic: float
    degrees: int
    test: Scaled | None
    baseline: Baseline
    naive: Indices
    scaled: Indices | None
    robust: Indices | None
    srmr: float
    proof: Proof
    concerns: tuple[Message, ...]
    rows: tuple[int, ...]
    evidence: Evidence

    @property
    def admissible(self) -> bool:
        """Whether the numbers could be those of real people: no negative variance, no correlation above one."""
        return all(map(_possible, self.estimates))


def _possible(estimate: Estimate) -> bool:
    value = estimate.standardised
    if estimate.kind == "residual" and estimate.left == estimate.right:
        return value is not None and value > 0
    if estimate.kind == "covariance" and estimate.left != estimate.right:
        return value is not None and abs(value) < 1
    return True
