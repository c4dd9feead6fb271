"""Which item stands most in the way of groups sharing something: a score test for each, without fitting again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.layout import KINDS, GroupLayout, Matrices
from lerend.statistics.structure.ordinal_layout import Shared
from lerend.statistics.structure.ordinal_moments import with_scale
from lerend.statistics.structure.ordinal_task import OrdinalTask, ordinal_task
from lerend.statistics.structure.robust import Scaled, scaled_test
from lerend.statistics.structure.unbiased import traces_of_difference


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be let go.

    Attributes:
        item: its id.
        test: of the hypothesis that the item shares it like the others (a scaled score test).
    """

    item: str
    test: Scaled

    @property
    def rank(self) -> tuple[float, float]:
        """The smaller, the more it stands in the way."""
        return self.test.p_value, -self.test.value / max(self.test.degrees, 1)


def candidates(fit: Fit, what: Shared, *, least: int) -> tuple[Candidate, ...]:
    """Every item that still shares it, where at least so many others of each of its factors do too."""
    sharing = [item for item in fit.specification.items if fit.sharing.holds(what, item)]
    found = []
    for item in sharing:
        factors = [factor for factor in fit.specification.factors if item in factor.items]
        if all(sum(other in sharing for other in factor.items) > least for factor in factors):
            test = _score_test(fit, what, item)
            if test.degrees > 0:
                found.append(Candidate(item, test))
    return tuple(found)


def _score_test(fit: Fit, what: Shared, item: str) -> Scaled:
    """How much the statistic falls along what letting go of the item adds, to first order, brought to chi-square."""
    evidence = fit.evidence
    task = ordinal_task(
        dict(zip(fit.groups, evidence.samples, strict=True)),
        fit.specification,
        equal_weights=fit.estimator == "ULSMV",
        parameterisation=fit.parameterisation,
        sharing=fit.sharing.without(what, item),
    )
    at = same_point(fit, task)
    jacobian = np.concatenate(task.jacobians(at))
    residuals = np.concatenate(task.residuals(at)) * task.root
    people = np.concatenate([np.full(len(w), n) for w, n in zip(task.weights, task.people, strict=True)])
    root = np.concatenate([np.sqrt(w) for w in task.weights]) * np.sqrt(people / sum(task.people))
    known = evidence.whitened.basis
    degrees = task.layout.unknowns - fit.evidence.layout.unknowns
    basis = _beyond(jacobian * root[:, np.newaxis], known, degrees)
    along = basis.T @ residuals
    return scaled_test(float(along @ along), degrees, traces_of_difference(evidence, basis), shifted=True)


def _beyond(wider: NDArray[np.float64], known: NDArray[np.float64], degrees: int) -> NDArray[np.float64]:
    """(p, degrees) orthonormal directions of the wider jacobian outside of the known ones."""
    length = np.sqrt((wider * wider).sum(axis=0))
    scaled = wider / np.where(length > 0, length, 1.0)
    outside = scaled - known @ (known.T @ scaled)
    left, size, _ = np.linalg.svd(outside, full_matrices=False)
    return np.asarray(left[:, :degrees] * (size[:degrees] > 1e-10), dtype=np.float64)


def same_point(fit: Fit, task: OrdinalTask) -> NDArray[np.float64]:
    """(q,) unknowns of the freer model that imply the same moments as the fit."""
    at = np.array(task.layout.start)
    pairs = zip(fit.evidence.layout.groups, task.layout.groups, strict=True)
    for old, new in pairs:
        matrices = with_scale(old.filled(fit.evidence.at), fit.parameterisation)
        moved = _standardised(matrices, _rescaled(old, new))
        for kind in KINDS:
            places = getattr(new, kind)
            free = places.unknown >= 0
            at[places.unknown[free]] = getattr(moved, kind)[free]
    return at


def _rescaled(old: GroupLayout, new: GroupLayout) -> NDArray[np.bool_]:
    """(k,) items whose scale and intercept were unknown and no longer are: their thresholds are their own now."""
    before = (old.intercept.unknown >= 0) | (old.scale.unknown >= 0) | (old.residual.unknown.diagonal() >= 0)
    after = (new.intercept.unknown >= 0) | (new.scale.unknown >= 0) | (new.residual.unknown.diagonal() >= 0)
    return np.asarray(before & ~after)


def _standardised(at: Matrices, which: NDArray[np.bool_]) -> Matrices:
    """The same moments with these items in the units of a residual variance of 1 (theta) or scale 1 (delta)."""
    own = at.residual.diagonal()
    unit = np.where(own > 0, 1 / np.sqrt(np.where(own > 0, own, 1.0)), at.scale)
    unit = np.where(which, unit, 1.0)
    shift = np.where(which, at.intercept, 0.0)
    return replace(
        at,
        loading=at.loading * unit[:, np.newaxis],
        residual=at.residual * np.outer(unit, unit),
        scale=np.where(which, 1.0, at.scale),
        intercept=at.intercept - shift,
        threshold=(at.threshold - shift[:, np.newaxis]) * unit[:, np.newaxis],
    )
