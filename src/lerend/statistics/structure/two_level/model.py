"""Factor models of people in groups: one model within groups, one between them, by maximum likelihood.

Items may belong to other factors between groups than within them, and mostly do so more strongly. Errors and test allow
for answers that are not normal, by the scores of whole groups (MLR), or do not (ML).
"""

from __future__ import annotations

from dataclasses import replace
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
    too_many_unknowns,
)
from lerend.statistics.structure.two_level.fit import Level, TwoLevelEstimator, TwoLevelFit
from lerend.statistics.structure.two_level.layout import (
    given_unknowns,
    of_level,
    pairs_apart,
    two_level_apart,
    two_level_layout,
    two_level_saturated,
)
from lerend.statistics.structure.two_level.levels import Levels
from lerend.statistics.structure.two_level.likelihood import LevelLayout, TwoLevelAt
from lerend.statistics.structure.two_level.sample import TwoLevelSample, moments_alone
from lerend.wording import Message, say

FEW_GROUPS: Final = 50
"""Below this, tests and intervals between groups are not yet right (Maas & Hox 2005)."""
_SAME_TOP: Final = 1e-6
"""Difference of two log likelihoods up to which two searches ended at the same top."""


def fit_two_level(
    sample: TwoLevelSample,
    within: Specification,
    between: Specification | None = None,
    *,
    estimator: TwoLevelEstimator = "MLR",
    start: NDArray[np.float64] | None = None,
) -> TwoLevelFit:
    """Fit a factor model within groups and one between them.

    Args:
        sample: the items in the order of `Levels.items`: those of `within`, then what only `between` has.
        between: the same as `within` if not given. Measured predictors of paths may stand on one level only.
        start: (q,) where else to begin, in the order of `two_level_layout`: to look at another top of the likelihood.
            What is found there is given even where it is not the highest, and then says so (`TwoLevelFit.higher`).

    Raises:
        ModelCannotBeFitted: other items, items on one level that are no predictors there, a predictor between groups that
            differs within one, more unknowns than numbers, unknowns that the answers do not pin down
            (`NotIdentified`), a search without proven end (`NotConverged`), of the model or of what it is held against.
    """
    levels = Levels(within, between or within)
    levels.refuse_unlike(sample)
    layout = two_level_layout(sample, levels.within, levels.between)
    if layout.unknowns > levels.known:
        raise too_many_unknowns(layout.unknowns, levels.known)
    best = _searched(sample, layout, levels)
    search = best if start is None else _searched(sample, replace(layout, start=start), levels)
    saturated = _searched(sample, two_level_saturated(sample, levels), levels)
    apart = _searched(sample, two_level_apart(sample, levels), levels)
    fit = _finished(sample, levels, estimator, search, saturated, apart)
    higher = best.at.log_likelihood() - search.at.log_likelihood()
    if higher < _SAME_TOP:
        return fit
    return replace(fit, higher=higher, concerns=(not_the_highest(), *fit.concerns))


def _searched(sample: TwoLevelSample, layout: LevelLayout, levels: Levels) -> LikelihoodSearch[TwoLevelAt]:
    search = most_likely(lambda estimate: TwoLevelAt(sample, layout, estimate), layout.start)
    if search.at.parts is None:
        raise not_converged()
    refuse_loose(search.at.expected(), lambda unknown: _name(layout, levels, unknown))
    if not search.converged:
        raise not_converged()
    return search


def _name(layout: LevelLayout, levels: Levels, unknown: int) -> str:
    for level, group, model in (
        ("within", layout.within, levels.within),
        ("between", layout.between, levels.between),
    ):
        try:
            return f"{level} {name_of_unknown(_alone(of_level(group, levels.rows(model)), layout), model, unknown)}"
        except LookupError:
            continue
    raise LookupError(unknown)


def _alone(group: GroupLayout, layout: LevelLayout) -> Layout:
    return Layout((group,), layout.unknowns, layout.start)


def _finished(
    sample: TwoLevelSample,
    levels: Levels,
    estimator: TwoLevelEstimator,
    search: LikelihoodSearch[TwoLevelAt],
    saturated: LikelihoodSearch[TwoLevelAt],
    apart: LikelihoodSearch[TwoLevelAt],
) -> TwoLevelFit:
    at, robust = search.at, estimator == "MLR"
    statistic, base = (2 * (saturated.at.log_likelihood() - one.at.log_likelihood()) for one in (search, apart))
    statistic = max(statistic, 0.0)
    degrees, base_degrees = levels.known - at.layout.unknowns, pairs_apart(levels)
    whole = _trace(saturated) if robust else 0.0
    test = _divided(statistic, degrees, whole - _trace(search)) if robust else None
    base_test = _divided(base, base_degrees, whole - _trace(apart)) if robust else None
    naive = indices_of(statistic, degrees, base, base_degrees, sample.people, 1)
    given = given_unknowns(at.layout, levels)
    each = _levels(levels, search, saturated.at, _spread(search, given, robust=robust))
    inner, outer = saturated.at.within_covariance.diagonal(), saturated.at.between_covariance.diagonal()
    as_they_are = moments_alone(sample, levels.only_within, levels.only_between)
    return TwoLevelFit(
        estimator=estimator,
        people=sample.people,
        groups=len(sample.sizes),
        left_out=sample.whole.left_out,
        within=each[0],
        between=each[1],
        icc=tuple(float(share) for share in outer / (inner + outer)),
        unknowns=at.layout.unknowns - len(given),
        log_likelihood=at.log_likelihood() - as_they_are,
        saturated=saturated.at.log_likelihood() - as_they_are,
        statistic=statistic,
        degrees=degrees,
        p_value=chi_square_above(statistic, degrees),
        test=test,
        naive=naive,
        robust=_robust(naive, statistic, test, base, base_test, sample.people),
        higher=0.0,
        proof=Proof(search.steps, search.slope, search.curvature),
        concerns=(
            *([no_robust_test()] if test is not None and unscaled(test) else []),
            *_concerns(each, len(sample.sizes)),
        ),
    )


def _trace(search: LikelihoodSearch[TwoLevelAt]) -> float:
    """Squared scores of groups over information."""
    scores = search.at.scores()
    return float(((scores.T @ scores) * np.linalg.inv(search.observed)).sum())


def _spread(search: LikelihoodSearch[TwoLevelAt], given: NDArray[np.intp], *, robust: bool) -> NDArray[np.float64]:
    """(q, q) covariance of the estimates; none of the numbers that are taken as given."""
    spread = np.linalg.inv(search.observed)
    if robust:
        scores = search.at.scores() @ spread
        spread = scores.T @ scores
    spread[given, :] = spread[:, given] = 0.0
    return np.asarray(spread, dtype=np.float64)


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
    levels: Levels, search: LikelihoodSearch[TwoLevelAt], saturated: TwoLevelAt, spread: NDArray[np.float64]
) -> tuple[Level, Level]:
    at = search.at
    moments = (
        (at.within_covariance, saturated.within_covariance),
        (at.between_covariance, saturated.between_covariance),
    )
    within = _level(levels.within, levels.rows(levels.within), at, at.layout.within, spread, moments[0])
    between = _level(levels.between, levels.rows(levels.between), at, at.layout.between, spread, moments[1])
    return within, between


def _level(
    model: Specification,
    which: list[int],
    at: TwoLevelAt,
    whole: GroupLayout,
    spread: NDArray[np.float64],
    moments: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Level:
    group = of_level(whole, which)
    implied, observed = (one[np.ix_(which, which)] for one in moments)
    estimates = estimates_of(_alone(group, at.layout), model, at.estimate, spread, "theta", None)
    matrices = group.filled(at.estimate)
    deviation = np.sqrt(np.abs(observed.diagonal()))
    left = ((observed - implied) / np.outer(deviation, deviation))[np.tril_indices(len(implied))]
    omega = []
    for column, factor in enumerate(model.factors):
        rows = [model.items.index(item) for item in factor.items]
        through = float(matrices.loading[rows, column].sum()) ** 2 * float(matrices.factors[column, column])
        if not factor.measured:
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


def not_the_highest() -> Message:
    """A top of the likelihood below another."""
    return say("Another search ended at a higher likelihood: these numbers are not the best fit.")


def few_groups(groups: int) -> Message:
    """Fewer groups than the level between them can rest on."""
    return say("With {groups} groups, what is said between groups is only roughly right.", groups=groups)


def _divided(statistic: float, degrees: int, trace: float) -> Scaled:
    return scaled_test(statistic, degrees, Traces(trace, trace), shifted=False)
