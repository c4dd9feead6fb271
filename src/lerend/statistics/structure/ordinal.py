"""Confirmatory factor analysis of ordinal answers by least squares on polychoric correlations (Muthén 1984).

Estimates come from the tables of pairs alone; only standard errors and the correction of the test go through the rows,
once. Nothing is given before the search is shown to have ended at a minimum (`Fit.proof`); what else must be said
stands in `Fit.concerns`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.fourth_moments import fourth_moments
from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.concerns import concerns_of, refuse_before, refuse_unidentified, refuse_unproven
from lerend.statistics.structure.estimates import estimates_of
from lerend.statistics.structure.fit import Baseline, Estimator, Evidence, Fit, Proof
from lerend.statistics.structure.indices import Indices, indices_of, rmsea, srmr
from lerend.statistics.structure.likelihood_fit import LikelihoodMisfit, likelihood_misfit, robust_indices
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation, with_scale
from lerend.statistics.structure.ordinal_task import OrdinalTask, ordinal_task
from lerend.statistics.structure.robust import Scaled, Traces, across_basis, sandwich, scaled_test, whitened
from lerend.statistics.structure.search import Search, minimise
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.unbiased import baseline_traces, model_traces


def fit_ordinal(
    samples: OrdinalSample | Mapping[str, OrdinalSample],
    specification: Specification,
    *,
    estimator: Estimator = "WLSMV",
    parameterisation: Parameterisation = "delta",
    sharing: Sharing | None = None,
    moments: Sequence[NDArray[np.float64]] | None = None,
) -> Fit:
    """Fit a factor model to the ordinal answers of one group or several.

    Args:
        samples: one group, or each by its name; the items in the order of `specification.items`.
        specification: which items belong to which factor.
        estimator: weights and test.
        parameterisation: see `ordinal_moments`; both fit alike, and residual variances can be shared in theta only.
        sharing: what the groups have in common; nothing if not given.
        moments: fourth moments of each group (`Fit.evidence.moments`) from an earlier fit of the same samples with the
            same weights and parameterisation, to save going through the rows again.

    Raises:
        ModelCannotBeFitted: other items, categories that differ between groups that share thresholds, more unknowns
            than numbers, unknowns that the answers do not pin down (`NotIdentified`), a search without proven end
            (`NotConverged`).
    """
    named = {"": samples} if isinstance(samples, OrdinalSample) else dict(samples)
    shared = sharing or Sharing()
    refuse_before(named, specification, shared, parameterisation)
    task = ordinal_task(
        named,
        specification,
        equal_weights=estimator == "ULSMV",
        parameterisation=parameterisation,
        sharing=shared,
    )
    refuse_unidentified(task, specification)
    search = minimise(task.weighted, task.layout.start)
    refuse_unproven(search, task.layout, specification)
    jacobian = search.jacobian / task.root[:, np.newaxis]
    basis = whitened(jacobian, task.weights, task.people)
    fourth = tuple(moments) if moments else _fourth(task)
    evidence = Evidence(
        jacobian=jacobian,
        whitened=basis,
        weights=task.weights,
        moments=fourth,
        across=across_basis(basis, fourth),
        samples=task.samples,
        with_thresholds=task.with_thresholds,
        layout=task.layout,
        at=search.estimate,
    )
    return _finished(named, specification, estimator, shared, task, search, evidence)


def _fourth(task: OrdinalTask) -> tuple[NDArray[np.float64], ...]:
    return tuple(
        fourth_moments(sample, thresholds=task.with_thresholds, weight=weight)
        for sample, weight in zip(task.samples, task.weights, strict=True)
    )


def _finished(
    named: Mapping[str, OrdinalSample],
    specification: Specification,
    estimator: Estimator,
    sharing: Sharing,
    task: OrdinalTask,
    search: Search,
    evidence: Evidence,
) -> Fit:
    statistic = float(search.residuals @ search.residuals)
    degrees = len(search.residuals) - task.layout.unknowns
    test = _test(estimator, statistic, degrees, lambda: model_traces(evidence))
    baseline = _baseline(estimator, task, evidence)
    fitted = sum(task.people) - len(task.people)
    robust_errors = estimator != "DWLS"
    covariance = sandwich(evidence.whitened, evidence.across) if robust_errors else _naive_covariance(search)
    errors = None if task.with_thresholds else [s.estimates.threshold_errors for s in task.samples]
    left_alone = 0 if task.with_thresholds else sum(len(s.thresholds[0]) for s in task.samples)
    estimates = estimates_of(task.layout, specification, search.estimate, covariance, task.parameterisation, errors)
    return Fit(
        specification=specification,
        estimator=estimator,
        parameterisation=task.parameterisation,
        sharing=sharing,
        groups=tuple(named),
        people=task.people,
        left_out=tuple(sample.left_out for sample in task.samples),
        estimates=estimates,
        unknowns=task.layout.unknowns + left_alone,
        statistic=statistic,
        degrees=degrees,
        test=test,
        baseline=baseline,
        naive=indices_of(statistic, degrees, baseline.statistic, baseline.degrees, fitted, len(task.people)),
        scaled=_scaled(test, statistic, baseline, fitted, len(task.people)),
        robust=_robust(task, search, evidence, degrees) if test and not sharing.shared else None,
        srmr=_srmr(task, search),
        proof=Proof(search.steps, search.slope, search.curvature),
        concerns=concerns_of(named, specification, estimates),
        rows=tuple(sample.rows.shape[1] for sample in task.samples),
        evidence=evidence,
    )


def _test(estimator: Estimator, statistic: float, degrees: int, found: Callable[[], Traces]) -> Scaled | None:
    if estimator == "DWLS":
        return None
    return scaled_test(statistic, degrees, found(), shifted=estimator != "WLSM")


def _baseline(estimator: Estimator, task: OrdinalTask, evidence: Evidence) -> Baseline:
    """No items go together, thresholds are what they are: the residuals are the correlations."""
    statistic, degrees = 0.0, 0
    for sample, which, observed, weight in zip(task.samples, task.which, task.observed, task.weights, strict=True):
        below = len(which.item)
        statistic += (sample.people - 1) * float(weight[below:] @ observed[below:] ** 2)
        degrees += len(which.first)
    return Baseline(statistic, degrees, _test(estimator, statistic, degrees, lambda: baseline_traces(evidence)))


def _naive_covariance(search: Search) -> NDArray[np.float64]:
    return np.asarray(np.linalg.inv(search.jacobian.T @ search.jacobian), dtype=np.float64)


def _scaled(test: Scaled | None, statistic: float, baseline: Baseline, people: int, groups: int) -> Indices | None:
    """Indices of the scaled tests.

    A test that is only divided keeps its own width: its RMSEA is that of the plain statistic on as many degrees of
    freedom as its mean.
    """
    if test is None or baseline.test is None:
        return None
    found = indices_of(test.value, test.degrees, baseline.test.value, baseline.degrees, people, groups)
    if test.shift != 0 or test.degrees == 0:
        return found
    return replace(found, rmsea=rmsea(statistic, test.scaling * test.degrees, people, groups))


def _srmr(task: OrdinalTask, search: Search) -> float:
    left = [r[len(which.item) :] for r, which in zip(task.residuals(search.estimate), task.which, strict=True)]
    return srmr(left, len(task.samples[0].items), task.people)


def _robust(task: OrdinalTask, search: Search, evidence: Evidence, degrees: int) -> Indices | None:
    """The robust indices, from each group's likelihood misfit."""
    found: list[LikelihoodMisfit | None] = []
    parts = zip(task.samples, task.layout.groups, task.which, task.weights, evidence.moments, strict=True)
    for (sample, group, which, weight, moments), jacobian in zip(parts, task.jacobians(search.estimate), strict=True):
        below = len(which.item)
        matrices = with_scale(group.filled(search.estimate), task.parameterisation)
        implied = np.outer(matrices.scale, matrices.scale) * (matrices.common + matrices.residual)
        np.fill_diagonal(implied, 1.0)
        moved = jacobian[below:][:, jacobian[below:].any(axis=0)]
        inner, root = moments[below:, below:], np.sqrt(weight[below:])
        found.append(likelihood_misfit(sample.estimates.correlations, implied, moved, inner, root))
    known = [misfit for misfit in found if misfit is not None]
    if len(known) < len(found):
        return None
    return robust_indices(known, task.people, degrees)
