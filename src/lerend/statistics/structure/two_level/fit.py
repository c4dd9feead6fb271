"""A fitted factor model of people in groups as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lerend.statistics.structure.continuous.trouble import is_negative_variance, is_one_or_more
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.fit import Proof
from lerend.statistics.structure.indices import Indices
from lerend.statistics.structure.robust import Scaled
from lerend.statistics.structure.specification import Specification
from lerend.wording import Message

TwoLevelEstimator: TypeAlias = Literal["MLR", "ML"]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One level of a fitted model.

    Attributes:
        specification: its model.
        estimates: every number with its standard error, standardised within the level.
        srmr: root mean square residual correlation.
        omega: of each factor that is no measured column, the share of the variance of the sum of its items that it explains (Geldhof, Preacher &
            Zyphur 2014).
    """

    specification: Specification
    estimates: tuple[Estimate, ...]
    srmr: float
    omega: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TwoLevelFit:
    """Factor models within and between groups.

    Attributes:
        estimator: errors and test.
        people, groups, left_out: how many take part, in how many groups, and how many lack a value or a group.
        within, between: the levels.
        icc: (k,) share of each item's variance that lies between groups; 0 or 1 for predictors of one level.
        unknowns: how many numbers were estimated.
        log_likelihood, saturated: of the model, and of covariances of their own on each level; given the measured
            predictors that stand on one level, whose means and covariances are not counted among the unknowns either.
        statistic, degrees, p_value: twice the difference of these; chi-square only for normal answers.
        test: the statistic brought to chi-square; None for ML.
        naive: CFI, TLI, RMSEA of the plain statistic; dominated by the level within.
        robust: the ones to read; None where groups are too few for the robust test.
        higher: how much higher the log likelihood of another search is, where that began elsewhere; 0 for the best.
        proof: that the search ended at a maximum.
        concerns: what must be said beside the numbers.
    """

    estimator: TwoLevelEstimator
    people: int
    groups: int
    left_out: int
    within: Level
    between: Level
    icc: tuple[float, ...]
    unknowns: int
    log_likelihood: float
    saturated: float
    statistic: float
    degrees: int
    p_value: float
    test: Scaled | None
    naive: Indices
    robust: Indices | None
    higher: float
    proof: Proof
    concerns: tuple[Message, ...]

    @property
    def admissible(self) -> bool:
        """Whether this is the best fit, with numbers that could be those of real people.

        No negative variance, no correlation above one, and no other search that ended higher.
        """
        return self.higher <= 0 and not any(
            is_negative_variance(e) or is_one_or_more(e)
            for level in (self.within, self.between)
            for e in level.estimates
        )
