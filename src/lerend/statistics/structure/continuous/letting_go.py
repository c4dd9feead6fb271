"""Which item stands most in the way of groups sharing something: a robust score test for each, without fitting again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.fit import ContinuousFit
from lerend.statistics.structure.continuous.layout import continuous_layout
from lerend.statistics.structure.continuous.likelihood import At, at_estimate
from lerend.statistics.structure.layout import KINDS, Layout
from lerend.statistics.structure.letting_go import Candidate
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.robust import Scaled, Traces, scaled_test


def continuous_candidates(fit: ContinuousFit, what: Shared, *, least: int) -> tuple[Candidate, ...]:
    """Every item that still shares it, where at least so many others of each of its factors do too."""
    model = fit.specification
    sharing = [item for item in model.items if fit.sharing.holds(what, item)]
    wide = _all_let_go(fit, what, sharing)
    found = []
    for item in sharing:
        factors = [factor for factor in model.factors if item in factor.items]
        if all(sum(other in sharing for other in factor.items) > least for factor in factors):
            test = _score_test(fit, wide, fit.sharing.without(what, item))
            if test.degrees > 0:
                found.append(Candidate(item, test))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Wide:
    """The fit as a point of the model in which no item shares it: every other model lies inside.

    Attributes:
        layout: of that model.
        slope: (w,) of minus the log likelihood.
        information: (w, w) expected.
        squared: (w, w) products of scores; the information where answers are taken as normal.
    """

    layout: Layout
    slope: NDArray[np.float64]
    information: NDArray[np.float64]
    squared: NDArray[np.float64]


def _all_let_go(fit: ContinuousFit, what: Shared, items: list[str]) -> _Wide:
    sharing = fit.sharing
    for item in items:
        sharing = sharing.without(what, item)
    layout = _layout(fit, sharing)
    here = fit.evidence.at
    inside = _inside(layout, here.layout)
    at = at_estimate(fit.evidence.samples, layout, inside @ here.estimate)
    information = at.expected()
    robust = fit.evidence.squared is not None
    return _Wide(layout, at.slope(), information, _squared(at) if robust else information)


def _squared(at: At) -> NDArray[np.float64]:
    return np.asarray(sum(group.squared_scores() for group in at.groups))


def _layout(fit: ContinuousFit, sharing: Sharing) -> Layout:
    return continuous_layout(fit.specification, fit.evidence.samples, sharing)


def _score_test(fit: ContinuousFit, wide: _Wide, sharing: Sharing) -> Scaled:
    """How much the statistic falls along what letting go of the item adds, to first order, brought to chi-square."""
    freer = _layout(fit, sharing)
    into = _inside(wide.layout, freer)
    known = _inside(freer, fit.evidence.at.layout)
    degrees = freer.unknowns - known.shape[1]
    root = np.linalg.cholesky(into.T @ wide.information @ into)
    both, _ = np.linalg.qr(root.T @ known, mode="complete")
    along = into @ np.linalg.solve(root.T, both[:, known.shape[1] :])
    slope = along.T @ wide.slope
    spread = along.T @ wide.squared @ along
    found = Traces(float(np.trace(spread)), float((spread * spread).sum()))
    return scaled_test(float(slope @ slope), degrees, found, shifted=True)


def _inside(freer: Layout, stricter: Layout) -> NDArray[np.float64]:
    """(q of the freer, q of the stricter) what each unknown of the freer model is in the stricter one."""
    same = np.zeros((freer.unknowns, stricter.unknowns))
    for one, other in zip(freer.groups, stricter.groups, strict=True):
        for kind in KINDS:
            wide, narrow = getattr(one, kind).unknown, getattr(other, kind).unknown
            free = (wide >= 0) & (narrow >= 0)
            same[wide[free], narrow[free]] = 1.0
    return same
