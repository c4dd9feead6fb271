"""Confirmatory factor analysis of means and covariances by maximum likelihood (Jöreskog 1969).

Estimates are those of normal answers; standard errors and the test allow for answers that are not (MLR, the default).
Where values are missing everybody takes part with what they have (Arbuckle 1996). Nothing is given before the search is
shown to have ended at a maximum (`ContinuousFit.proof`); what else must be said stands in `ContinuousFit.concerns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.baseline import baselines
from lerend.statistics.structure.continuous.fit import (
    ContinuousEstimator,
    ContinuousEvidence,
    ContinuousFit,
)
from lerend.statistics.structure.continuous.judging import Judged
from lerend.statistics.structure.continuous.layout import continuous_layout, of_predictors
from lerend.statistics.structure.continuous.likelihood import At, at_estimate
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.continuous.saturated import (
    root_mean_square_residual,
    saturated_at,
)
from lerend.statistics.structure.continuous.search import LikelihoodSearch, most_likely
from lerend.statistics.structure.continuous.trouble import (
    concerns_of,
    refuse_loose,
    refuse_other_items,
    refuse_too_many,
)
from lerend.statistics.structure.estimates import estimates_of, name_of_unknown
from lerend.statistics.structure.fit import Proof
from lerend.statistics.structure.layout import Layout
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.robust import chi_square_above
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import not_converged
from lerend.wording import say


def fit_continuous(
    samples: ContinuousSample | Mapping[str, ContinuousSample],
    specification: Specification,
    *,
    estimator: ContinuousEstimator = "MLR",
    sharing: Sharing | None = None,
) -> ContinuousFit:
    """Fit a factor model to the means and covariances of one group or several.

    Args:
        samples: one group, or each by its name; the items in the order of `specification.items`.
        specification: which items belong to which factor.
        estimator: errors and test.
        sharing: what the groups have in common (loadings, intercepts, residuals); nothing if not given.

    Raises:
        ModelCannotBeFitted: other items, missing values with MLM, sums without rows with any but ML, more unknowns than numbers, unknowns that the answers
            do not pin down (`NotIdentified`), a search without proven end (`NotConverged`).
    """
    named = {"": samples} if isinstance(samples, ContinuousSample) else dict(samples)
    refuse_other_items(named, specification)
    groups = tuple(named.values())
    if estimator == "MLM" and not all(sample.complete for sample in groups):
        raise _only_complete()
    if estimator != "ML" and not all(sample.has_rows for sample in groups):
        raise _only_sums()
    shared = sharing or Sharing()
    layout = continuous_layout(specification, groups, shared)
    refuse_too_many(layout, len(specification.items))
    _refuse_unidentified(groups, layout, specification)
    search = most_likely(lambda estimate: at_estimate(groups, layout, estimate), layout.start)
    refuse_loose(search.at.expected(), lambda unknown: name_of_unknown(layout, specification, unknown))
    if not search.converged:
        raise not_converged()
    return _finished(named, specification, estimator, shared, search)


def _refuse_unidentified(groups: Sequence[ContinuousSample], layout: Layout, specification: Specification) -> None:
    """At a point picked by lot near the start, where no unknown is loose by accident."""
    lot = np.random.default_rng(0)
    start = layout.start
    point = at_estimate(groups, layout, start * lot.uniform(0.97, 1.03, len(start)))
    if all(group.seen is not None for group in point.groups):
        refuse_loose(point.expected(), lambda unknown: name_of_unknown(layout, specification, unknown))


def _only_complete() -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                "estimator",
                say("MLM needs every value, and some are missing."),
                say("Use MLR, or leave out who lacks a value."),
            )
        ]
    )


def _only_sums() -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                "estimator",
                say("Only sums are known, and robust errors need the values of people."),
                say("Use ML, which takes answers as normal."),
            )
        ]
    )


def _finished(
    named: Mapping[str, ContinuousSample],
    specification: Specification,
    estimator: ContinuousEstimator,
    sharing: Sharing,
    search: LikelihoodSearch[At],
) -> ContinuousFit:
    samples, at = tuple(named.values()), search.at
    evidence = _evidence(samples, estimator, search)
    given = of_predictors(at.layout, specification, specification.predictors)
    estimates = estimates_of(at.layout, specification, at.estimate, _spread(evidence, given), "theta", None)
    value, saturated = at.log_likelihood(), sum(saturated_at(sample).log_likelihood() for sample in samples)
    statistic, unknowns = max(2 * (saturated - value), 0.0), at.layout.unknowns - len(given)
    alone = baselines(samples, specification)
    tests = Judged(evidence, estimator, statistic, saturated, alone)
    as_they_are = sum(one.of_predictors for one in alone)
    value, saturated = value - as_they_are, saturated - as_they_are
    return ContinuousFit(
        specification=specification,
        estimator=estimator,
        sharing=sharing,
        groups=tuple(named),
        people=tuple(sample.people for sample in samples),
        left_out=tuple(sample.left_out for sample in samples),
        patterns=tuple(len(sample.patterns) for sample in samples),
        estimates=tuple(estimate for estimate in estimates if estimate.kind != "scale"),
        unknowns=unknowns,
        log_likelihood=value,
        saturated=saturated,
        statistic=statistic,
        degrees=tests.degrees,
        p_value=chi_square_above(statistic, tests.degrees),
        test=tests.model,
        baseline=tests.baseline,
        naive=tests.naive,
        scaled=tests.scaled(),
        robust=tests.robust(),
        srmr=root_mean_square_residual(samples, at),
        aic=2 * unknowns - 2 * value,
        bic=float(np.log(tests.people)) * unknowns - 2 * value,
        proof=Proof(search.steps, search.slope, search.curvature),
        concerns=(*tests.concerns(), *concerns_of(named, specification, estimates)),
        evidence=evidence,
    )


def _evidence(
    samples: tuple[ContinuousSample, ...], estimator: ContinuousEstimator, search: LikelihoodSearch[At]
) -> ContinuousEvidence:
    """Information as lavaan takes it: expected for ML and MLM of complete rows, observed otherwise."""
    at = search.at
    plain = estimator != "MLR" and all(sample.complete for sample in samples)
    squared = None
    if estimator == "MLR":
        squared = np.asarray(sum(group.squared_scores() for group in at.groups))
    elif estimator == "MLM":
        squared = np.asarray(sum(group.moment_scores() for group in at.groups))
    return ContinuousEvidence(samples, at, at.expected() if plain else search.observed, squared)


def _spread(evidence: ContinuousEvidence, given: NDArray[np.intp]) -> NDArray[np.float64]:
    """(q, q) covariance of the estimates; none of the numbers that are taken as given."""
    inverse = np.linalg.inv(evidence.information)
    spread = inverse if evidence.squared is None else inverse @ evidence.squared @ inverse
    spread[given, :] = spread[:, given] = 0.0
    return np.asarray(spread, dtype=np.float64)
