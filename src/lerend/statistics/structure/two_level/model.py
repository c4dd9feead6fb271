"""Factor models of people in groups: one model within groups, one between them, by maximum likelihood.

Items may belong to other factors between groups than within them, and mostly do so more strongly. Errors and test allow
for answers that are not normal, by the scores of whole groups (MLR), or do not (ML).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.search import LikelihoodSearch, most_likely
from lerend.statistics.structure.continuous.trouble import (
    impossible,
    no_robust_test,
    refuse_loose,
    unscaled,
)
from lerend.statistics.structure.estimates import estimates_of, name_of_unknown
from lerend.statistics.structure.fit import Proof
from lerend.statistics.structure.indices import Indices, comparative, indices_of, rmsea, srmr, tucker_lewis
from lerend.statistics.structure.layout import GroupLayout, Layout
from lerend.statistics.structure.robust import Scaled, Traces, chi_square_above, scaled_test
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import (
    not_converged,
    other_items,
    too_many_unknowns,
)
from lerend.statistics.structure.two_level.fit import Level, TwoLevelEstimator, TwoLevelFit
from lerend.statistics.structure.two_level.layout import (
    two_level_apart,
    two_level_layout,
    two_level_saturated,
)
from lerend.statistics.structure.two_level.likelihood import LevelLayout, TwoLevelAt
from lerend.statistics.structure.two_level.sample import TwoLevelSample
from lerend.wording import Message, say

FEW_GROUPS: Final = 50
"""Below this, tests and intervals between groups are not yet right (Maas & Hox 2005)."""


def fit_two_level(
    sample: TwoLevelSample,
    within: Specification,
    between: Specification | None = None,
    *,
    estimator: TwoLevelEstimator = "MLR",
) -> TwoLevelFit:
    """Fit a factor model within groups and one between them.

    Args:
        sample: the items in the order of both specifications.
        between: the same as `within` if not given.

    Raises:
        ModelCannotBeFitted: other items, more unknowns than numbers, unknowns that the answers do not pin down
            (`NotIdentified`), a search without proven end (`NotConverged`), of the model or of what it is held against.
    """
    outer = between or within
    for level, specification in (("within", within), ("between", outer)):
        if specification.items != sample.items:
            raise other_items(level)
    layout = two_level_layout(sample, within, outer)
    known = len(sample.items) * (len(sample.items) + 2)
    if layout.unknowns > known:
        raise too_many_unknowns(layout.unknowns, known)
    search = _searched(sample, layout, within, outer)
    saturated = _searched(sample, two_level_saturated(sample), within, outer)
    apart = _searched(sample, two_level_apart(sample), within, outer)
    return _finished(sample, (within, outer), estimator, search, saturated, apart)


def _searched(
    sample: TwoLevelSample, layout: LevelLayout, within: Specification, between: Specification
) -> LikelihoodSearch[TwoLevelAt]:
    search = most_likely(lambda estimate: TwoLevelAt(sample, layout, estimate), layout.start)
    if search.at.parts is None:
        raise not_converged()
    refuse_loose(search.at.expected(), lambda unknown: _name(layout, within, between, unknown))
    if not search.converged:
        raise not_converged()
    return search


def _name(layout: LevelLayout, within: Specification, between: Specification, unknown: int) -> str:
    for level, group, model in (("within", layout.within, within), ("between", layout.between, between)):
        try:
            return f"{level} {name_of_unknown(_alone(group, layout), model, unknown)}"
        except LookupError:
            continue
    raise LookupError(unknown)


def _alone(group: GroupLayout, layout: LevelLayout) -> Layout:
    return Layout((group,), layout.unknowns, layout.start)


def _finished(
    sample: TwoLevelSample,
    models: tuple[Specification, Specification],
    estimator: TwoLevelEstimator,
    search: LikelihoodSearch[TwoLevelAt],
    saturated: LikelihoodSearch[TwoLevelAt],
    apart: LikelihoodSearch[TwoLevelAt],
) -> TwoLevelFit:
    k, at, robust = len(sample.items), search.at, estimator == "MLR"
    statistic, base = (2 * (saturated.at.log_likelihood() - one.at.log_likelihood()) for one in (search, apart))
    statistic = max(statistic, 0.0)
    degrees, base_degrees = k * (k + 2) - at.layout.unknowns, k * (k - 1)
    whole = _trace(saturated) if robust else 0.0
    test = _divided(statistic, degrees, whole - _trace(search)) if robust else None
    base_test = _divided(base, base_degrees, whole - _trace(apart)) if robust else None
    naive = indices_of(statistic, degrees, base, base_degrees, sample.people, 1)
    levels = _levels(models, search, saturated.at, _spread(search, robust=robust))
    inner, outer = saturated.at.within_covariance.diagonal(), saturated.at.between_covariance.diagonal()
    return TwoLevelFit(
        estimator=estimator,
        people=sample.people,
        groups=len(sample.sizes),
        left_out=sample.whole.left_out,
        within=levels[0],
        between=levels[1],
        icc=tuple(float(share) for share in outer / (inner + outer)),
        unknowns=at.layout.unknowns,
        log_likelihood=at.log_likelihood(),
        saturated=saturated.at.log_likelihood(),
        statistic=statistic,
        degrees=degrees,
        p_value=chi_square_above(statistic, degrees),
        test=test,
        naive=naive,
        robust=_robust(naive, statistic, test, base, base_test, sample.people),
        proof=Proof(search.steps, search.slope, search.curvature),
        concerns=(
            *([no_robust_test()] if test is not None and unscaled(test) else []),
            *_concerns(levels, len(sample.sizes)),
        ),
    )


def _trace(search: LikelihoodSearch[TwoLevelAt]) -> float:
    """Squared scores of groups over information."""
    scores = search.at.scores()
    return float(((scores.T @ scores) * np.linalg.inv(search.observed)).sum())


def _spread(search: LikelihoodSearch[TwoLevelAt], *, robust: bool) -> NDArray[np.float64]:
    """(q, q) covariance of the estimates."""
    inverse = np.linalg.inv(search.observed)
    if not robust:
        return np.asarray(inverse, dtype=np.float64)
    scores = search.at.scores() @ inverse
    return np.asarray(scores.T @ scores, dtype=np.float64)


def _robust(
    naive: Indices, statistic: float, test: Scaled | None, base: float, base_test: Scaled | None, people: int
) -> Indices | None:
    if test is None or base_test is None or test.degrees == 0:
        return naive
    if unscaled(test) or unscaled(base_test):
        return None
    excess = statistic - test.degrees * test.scaling
    base_excess = base - base_test.degrees * base_test.scaling
    return Indices(
        cfi=comparative(excess, base_excess),
        tli=tucker_lewis(excess, test.degrees, base_excess, base_test.degrees),
        rmsea=rmsea(statistic, test.degrees, people, 1, spread=test.scaling),
    )


def _levels(
    models: tuple[Specification, Specification],
    search: LikelihoodSearch[TwoLevelAt],
    saturated: TwoLevelAt,
    spread: NDArray[np.float64],
) -> tuple[Level, Level]:
    at = search.at
    within = _level(models[0], at, at.layout.within, spread, at.within_covariance, saturated.within_covariance)
    between = _level(models[1], at, at.layout.between, spread, at.between_covariance, saturated.between_covariance)
    return within, between


def _level(
    model: Specification,
    at: TwoLevelAt,
    group: GroupLayout,
    spread: NDArray[np.float64],
    implied: NDArray[np.float64],
    observed: NDArray[np.float64],
) -> Level:
    estimates = estimates_of(_alone(group, at.layout), model, at.estimate, spread, "theta", None)
    matrices = group.filled(at.estimate)
    deviation = np.sqrt(np.abs(observed.diagonal()))
    left = ((observed - implied) / np.outer(deviation, deviation))[np.tril_indices(len(implied))]
    omega = []
    for column, factor in enumerate(model.factors):
        rows = [model.items.index(item) for item in factor.items]
        through = float(matrices.loading[rows, column].sum()) ** 2 * float(matrices.factors[column, column])
        omega.append(through / float(implied[np.ix_(rows, rows)].sum()))
    return Level(
        specification=model,
        estimates=tuple(e for e in estimates if e.kind != "scale"),
        srmr=srmr([left], len(implied), [1]),
        omega=tuple(omega),
    )


def _concerns(levels: tuple[Level, Level], groups: int) -> tuple[Message, ...]:
    return (
        *impossible((*levels[0].estimates, *levels[1].estimates)),
        *([few_groups(groups)] if groups < FEW_GROUPS else []),
    )


def few_groups(groups: int) -> Message:
    """Fewer groups than the level between them can rest on."""
    return say("With {groups} groups, what is said between groups is only roughly right.", groups=groups)


def _divided(statistic: float, degrees: int, trace: float) -> Scaled:
    return scaled_test(statistic, degrees, Traces(trace, trace), shifted=False)
