"""Robust fit indices where values are missing (Zhang & Savalei 2023).

CFI and RMSEA of full information shrink with what is missing. These take the misfit that *complete* rows would show,
between the means and covariances estimated by maximum likelihood and the model, and subtract what estimation adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.baseline import Unrelated
from lerend.statistics.structure.continuous.elements import elements_of, moved_moments
from lerend.statistics.structure.continuous.likelihood import At
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.continuous.saturated import OwnMoments, complete_discrepancy
from lerend.statistics.structure.indices import Indices, comparative, rmsea, tucker_lewis
from lerend.statistics.structure.layout import GroupLayout, Matrices


def moment_jacobian(layout: GroupLayout, at: Matrices, unknowns: int) -> NDArray[np.float64]:
    """(p, q) how implied means, then covariances by rows, move with each unknown."""
    return moved_moments(elements_of(layout, at), unknowns)


def robust_where_missing(
    samples: Sequence[ContinuousSample],
    at: At,
    moments: Sequence[OwnMoments],
    apart: Sequence[Unrelated],
    degrees: tuple[int, int],
    *,
    robust: bool,
) -> Indices:
    """CFI, TLI and RMSEA of complete rows.

    Args:
        at: the model at its estimates.
        moments: means and covariances of their own.
        apart: the independence model of each group.
        degrees: of freedom of the model and of the independence model.
        robust: whether answers may depart from normal.
    """
    jacobians = [moment_jacobian(group.layout, group.matrices, group.unknowns) for group in at.groups]
    added = _added(moments, jacobians, robust=robust)
    own = zip(moments, apart, strict=True)
    base_added = sum(_added([moment], [one.jacobian()], robust=robust) for moment, one in own)
    groups = list(zip(samples, at.groups, apart, strict=True))
    statistic = sum(complete_discrepancy(sample, group.covariance, group.mean) for sample, group, _ in groups)
    base = sum(complete_discrepancy(sample, one.moments[1], one.moments[0]) for sample, _, one in groups)
    free, base_free = degrees
    excess, base_excess = statistic - added, base - base_added
    people = sum(sample.people for sample in samples)
    return Indices(
        cfi=comparative(excess, base_excess),
        tli=tucker_lewis(excess, free, base_excess, base_free),
        rmsea=rmsea(statistic, free, people, len(samples), spread=added / max(free, 1)),
    )


def _added(moments: Sequence[OwnMoments], jacobians: Sequence[NDArray[np.float64]], *, robust: bool) -> float:
    """Sum over groups of tr(C P G P'), with P = I - D (D'WD)^-1 D'W what estimation leaves of a change.

    For normal answers G is the inverse of W, and P G P' = P G.
    """
    edges = np.cumsum([0, *(len(jacobian) for jacobian in jacobians)])
    jacobian = np.vstack(jacobians)
    weighted = np.vstack([moment.information @ own for moment, own in zip(moments, jacobians, strict=True)])
    project = np.eye(len(jacobian)) - jacobian @ np.linalg.solve(jacobian.T @ weighted, weighted.T)
    left = project @ _blocks([_spread(moment, robust=robust) for moment in moments], edges)
    if robust:
        left = left @ project.T
    complete = _blocks([moment.complete for moment in moments], edges)
    return float((complete * left.T).sum())


def _spread(moment: OwnMoments, *, robust: bool) -> NDArray[np.float64]:
    """(p, p) covariance of the estimated means and covariances."""
    inverse = np.linalg.inv(moment.information)
    return np.asarray(inverse @ moment.squared @ inverse if robust else inverse, dtype=np.float64)


def _blocks(squares: Sequence[NDArray[np.float64]], edges: NDArray[np.int64]) -> NDArray[np.float64]:
    whole = np.zeros((int(edges[-1]),) * 2)
    for square, low, high in zip(squares, edges, edges[1:], strict=False):
        whole[low:high, low:high] = square
    return whole
