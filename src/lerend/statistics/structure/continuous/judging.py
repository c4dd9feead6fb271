"""The tests of a fitted model of means and covariances, and the indices that follow from them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from lerend.statistics.structure.continuous.baseline import Unrelated
from lerend.statistics.structure.continuous.fit import ContinuousBaseline, ContinuousEstimator, ContinuousEvidence
from lerend.statistics.structure.continuous.missing import robust_where_missing
from lerend.statistics.structure.continuous.saturated import (
    OwnMoments,
    fourth_order,
    inverse_of,
    own_moments,
)
from lerend.statistics.structure.continuous.trouble import no_robust_test, unscaled
from lerend.statistics.structure.indices import Indices, comparative, indices_of, rmsea, tucker_lewis
from lerend.statistics.structure.robust import Scaled, Traces, scaled_test
from lerend.wording import Message


class Judged:
    """The tests of the model and of the baseline, and the indices that follow from them."""

    def __init__(
        self,
        evidence: ContinuousEvidence,
        estimator: ContinuousEstimator,
        statistic: float,
        saturated: float,
        alone: tuple[Unrelated, ...],
    ) -> None:
        self.evidence, self.estimator, self.statistic, self.saturated = evidence, estimator, statistic, saturated
        self.alone = alone
        self.samples, self.groups = evidence.samples, len(evidence.samples)
        self.people = sum(sample.people for sample in self.samples)
        k = len(self.samples[0].items)
        self.degrees = self.groups * (k * (k + 3) // 2) - evidence.at.layout.unknowns
        self.complete = all(sample.complete for sample in self.samples)

    @cached_property
    def _own(self) -> tuple[OwnMoments, ...]:
        return tuple(map(own_moments, self.samples))

    @cached_property
    def _saturated_trace(self) -> float:
        if self.complete:
            return sum(fourth_order(sample, inverse_of(sample.covariance)) for sample in self.samples)
        return sum(own.trace() for own in self._own)

    @cached_property
    def model(self) -> Scaled | None:
        """The statistic divided by its mean: traces of the saturated model minus those of this one."""
        if self.evidence.squared is None:
            return None
        taken = float((self.evidence.squared * np.linalg.inv(self.evidence.information)).sum())
        if self.estimator == "MLR":
            whole = self._saturated_trace
        else:
            parts = zip(self.samples, self.evidence.at.groups, strict=True)
            whole = sum(fourth_order(sample, group.parts[0].inverse) for sample, group in parts)
        return _divided(self.statistic, self.degrees, whole - taken)

    def concerns(self) -> tuple[Message, ...]:
        """Said where there is no robust test."""
        test = self.model
        return (no_robust_test(),) if test is not None and unscaled(test) else ()

    @cached_property
    def baseline(self) -> ContinuousBaseline:
        """No items go together."""
        degrees = sum(one.degrees for one in self.alone)
        statistic = 2 * (self.saturated - sum(one.log_likelihood() for one in self.alone))
        return ContinuousBaseline(statistic, degrees, self._baseline_test(statistic, degrees))

    def _baseline_test(self, statistic: float, degrees: int) -> Scaled | None:
        if self.estimator == "ML":
            return None
        if self.estimator == "MLR":
            whole = self._saturated_trace
        else:
            pairs = zip(self.samples, self.alone, strict=True)
            whole = sum(fourth_order(sample, inverse_of(one.moments[1])) for sample, one in pairs)
        return _divided(statistic, degrees, whole - sum(one.trace() for one in self.alone))

    @cached_property
    def naive(self) -> Indices:
        base = self.baseline
        return indices_of(self.statistic, self.degrees, base.statistic, base.degrees, self.people, self.groups)

    def scaled(self) -> Indices | None:
        """The interval of RMSEA is that of the plain statistic on as many degrees of freedom as its mean."""
        test, base = self.model, self.baseline
        if test is None or base.test is None or self.degrees == 0 or unscaled(test) or unscaled(base.test):
            return None
        found = indices_of(test.value, self.degrees, base.test.value, base.degrees, self.people, self.groups)
        width = rmsea(self.statistic, test.scaling * self.degrees, self.people, self.groups)
        return replace(found, rmsea=width)

    def robust(self) -> Indices | None:
        """None where the scaling came out negative."""
        base, test = self.baseline, self.model
        if not self.complete:
            free, robust = (self.degrees, base.degrees), self.estimator == "MLR"
            return robust_where_missing(self.samples, self.evidence.at, self._own, self.alone, free, robust=robust)
        if test is None or base.test is None or self.degrees == 0:
            return self.naive
        if unscaled(test) or unscaled(base.test):
            return None
        added, base_added = self.degrees * test.scaling, base.degrees * base.test.scaling
        excess, base_excess = self.statistic - added, base.statistic - base_added
        return Indices(
            cfi=comparative(excess, base_excess),
            tli=tucker_lewis(excess, self.degrees, base_excess, base.degrees),
            rmsea=rmsea(self.statistic, self.degrees, self.people, self.groups, spread=test.scaling),
        )


def _divided(statistic: float, degrees: int, trace: float) -> Scaled:
    return scaled_test(statistic, degrees, Traces(trace, trace), shifted=False)
