"""Thresholds and correlations that a factor model implies for the normal variables behind ordinal answers.

Two parameterisations (Muthén & Asparouhov 2002). *Delta*: the scale of each variable is a number of its own (1, or
free in later groups) and residual variances are what is left. *Theta*: residual variances are numbers of their own and
the scale is one over the standard deviation that follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.implied import covariance_jacobian, mean_jacobian, spread
from lerend.statistics.structure.layout import GroupLayout, Matrices

Parameterisation: TypeAlias = Literal["delta", "theta"]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Which thresholds and correlations a vector of moments holds, in this order.

    Attributes:
        item, step: (t,) of each threshold; none where thresholds are left out since nothing restrains them.
        first, second: (P,) of each correlation.
    """

    item: NDArray[np.intp]
    step: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]


def with_scale(at: Matrices, parameterisation: Parameterisation) -> Matrices:
    """The matrices with the scale that theta implies; as they are for delta."""
    if parameterisation == "delta":
        return at
    variance = at.common.diagonal() + at.residual.diagonal()
    return replace(at, scale=1 / np.sqrt(variance))


def implied_moments(at: Matrices, which: Moments) -> NDArray[np.float64]:
    """(t + P,) standardised thresholds, then correlations; the matrices with their scale."""
    middle = at.intercept + at.loading @ at.mean
    threshold = at.scale[which.item] * (at.threshold[which.item, which.step] - middle[which.item])
    covariance = (at.common + at.residual)[which.first, which.second]
    return np.concatenate([threshold, at.scale[which.first] * at.scale[which.second] * covariance])


def moments_jacobian(
    layout: GroupLayout, at: Matrices, which: Moments, unknowns: int, parameterisation: Parameterisation
) -> NDArray[np.float64]:
    """(t + P, q) how they move with each unknown."""
    middle = at.intercept + at.loading @ at.mean
    height = at.threshold[which.item, which.step] - middle[which.item]
    covariance = (at.common + at.residual)[which.first, which.second]
    by_threshold = -mean_jacobian(layout, at, unknowns)[which.item]
    free = layout.threshold.unknown[which.item, which.step]
    there = np.flatnonzero(free >= 0)
    by_threshold[there, free[there]] += 1.0
    by_threshold *= at.scale[which.item, np.newaxis]
    by_pair = covariance_jacobian(layout, at, which.first, which.second, unknowns)
    by_pair *= (at.scale[which.first] * at.scale[which.second])[:, np.newaxis]
    scale = _scale_jacobian(layout, at, unknowns, parameterisation)
    if scale is not None:
        by_threshold += height[:, np.newaxis] * scale[which.item]
        by_pair += (covariance * at.scale[which.second])[:, np.newaxis] * scale[which.first]
        by_pair += (covariance * at.scale[which.first])[:, np.newaxis] * scale[which.second]
    return np.concatenate([by_threshold, by_pair])


def _scale_jacobian(
    layout: GroupLayout, at: Matrices, unknowns: int, parameterisation: Parameterisation
) -> NDArray[np.float64] | None:
    """(k, q) how each scale moves with each unknown; None where all are fixed."""
    each = np.arange(len(at.loading))
    if parameterisation == "theta":
        variance = covariance_jacobian(layout, at, each, each, unknowns)
        return np.asarray(-0.5 * at.scale[:, np.newaxis] ** 3 * variance, dtype=np.float64)
    (free,) = np.nonzero(layout.scale.unknown >= 0)
    if not len(free):
        return None
    moved = np.zeros((len(each), unknowns))
    spread(moved, layout.scale.unknown[free], (each[:, np.newaxis] == free).astype(np.float64))
    return moved
