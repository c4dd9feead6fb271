"""A fitted factor model of means and covariances as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.likelihood import At
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.continuous.trouble import is_negative_variance, is_one_or_more
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.fit import Proof
from lerend.statistics.structure.indices import Indices
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.robust import Scaled
from lerend.statistics.structure.specification import Specification
from lerend.wording import Message

ContinuousEstimator: TypeAlias = Literal["MLR", "MLM", "ML"]
"""Errors and test: robust by casewise scores (Yuan & Bentler 2000, the variant of Asparouhov & Muthén 2005), robust by
fourth-order moments (Satorra & Bentler 1994; nothing may be missing), or those of normal answers."""


@dataclass(frozen=True, slots=True, eq=False)
class ContinuousEvidence:
    """What a comparison of two fits, and hints, need.

    Attributes:
        samples: the groups.
        at: the likelihood at the estimates.
        information: (q, q) that standard errors come from, of all people.
        squared: (q, q) sum over people of the products of their scores; None for ML.
    """

    samples: tuple[ContinuousSample, ...]
    at: At
    information: NDArray[np.float64]
    squared: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True)
class ContinuousBaseline:
    """The model in which no items go together; means and variances are what they are."""

    statistic: float
    degrees: int
    test: Scaled | None


@dataclass(frozen=True, slots=True)
class Explained:
    """The share of an outcome's variance that paths explain (R²), in one group."""

    group: int
    outcome: str
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class ContinuousFit:
    """A factor model fitted by maximum likelihood.

    Attributes:
        specification, estimator, sharing: what was asked for.
        groups: their names, in order.
        people, left_out, patterns: how many are in each group, were left out, and patterns of missing values.
        estimates: every number with its standard error.
        unknowns: how many numbers were estimated.
        log_likelihood, saturated: of the model, and of means and covariances of their own; given the measured
            predictors of paths, whose means and covariances are not counted among the unknowns either.
        statistic, degrees: twice the difference of these, on so many degrees of freedom; chi-square only for answers
            that are normal.
        p_value: of `statistic`; of no use unless answers are normal: see `test`.
        test: the statistic brought to chi-square; None for ML.
        baseline: the model in which no items go together.
        naive: CFI, TLI, RMSEA of the plain statistic.
        scaled: of the scaled tests; None for ML.
        robust: the ones to read (Brosseau-Liard & Savalei 2014; Zhang & Savalei 2023 where values are missing);
            None where people are too few for the robust test.
        srmr: root mean square residual correlation, means counted in.
        aic, bic: to compare models of the same answers; the smaller, the better.
        proof: that the search ended at a maximum.
        concerns: what must be said beside the numbers.
        evidence: for comparisons.
    """

    specification: Specification
    estimator: ContinuousEstimator
    sharing: Sharing
    groups: tuple[str, ...]
    people: tuple[int, ...]
    left_out: tuple[int, ...]
    patterns: tuple[int, ...]
    estimates: tuple[Estimate, ...]
    unknowns: int
    log_likelihood: float
    saturated: float
    statistic: float
    degrees: int
    p_value: float
    test: Scaled | None
    baseline: ContinuousBaseline
    naive: Indices
    scaled: Indices | None
    robust: Indices | None
    srmr: float
    aic: float
    bic: float
    proof: Proof
    concerns: tuple[Message, ...]
    evidence: ContinuousEvidence

    @property
    def explained(self) -> tuple[Explained, ...]:
        """Of every outcome of a path; below 0 where the fit is not admissible."""
        return tuple(
            Explained(e.group, e.left, 1 - e.standardised)
            for e in self.estimates
            if e.kind == "covariance" and e.left == e.right and e.left in self.specification.outcomes
            if e.standardised is not None
        )

    @property
    def admissible(self) -> bool:
        """Whether the numbers could be those of real people: no negative variance, no correlation above one."""
        return not any(is_negative_variance(e) or is_one_or_more(e) for e in self.estimates)
