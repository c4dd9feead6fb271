"""What a factor model implies for covariances and means, and how that moves with each unknown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.layout import GroupLayout, Matrices


def covariance_jacobian(
    layout: GroupLayout, at: Matrices, first: NDArray[np.intp], second: NDArray[np.intp], unknowns: int
) -> NDArray[np.float64]:
    """(len(first), q) how the implied covariance of items `first` and `second` moves with each unknown.

    The implied matrix is loading covariance loading' + residual.
    """
    moved = np.zeros((len(first), unknowns))
    item, factor = np.nonzero(layout.loading.unknown >= 0)
    through = at.loading @ at.covariance
    by_loading = (first[:, np.newaxis] == item) * through[second][:, factor]
    by_loading += (second[:, np.newaxis] == item) * through[first][:, factor]
    spread(moved, layout.loading.unknown[item, factor], by_loading)
    one, other = _lower(layout.covariance.unknown)
    by_covariance = at.loading[first][:, one] * at.loading[second][:, other]
    by_covariance += at.loading[first][:, other] * at.loading[second][:, one]
    spread(moved, layout.covariance.unknown[one, other], by_covariance * np.where(one == other, 0.5, 1.0))
    one, other = _lower(layout.residual.unknown)
    same = (first[:, np.newaxis] == one) & (second[:, np.newaxis] == other)
    same |= (first[:, np.newaxis] == other) & (second[:, np.newaxis] == one)
    spread(moved, layout.residual.unknown[one, other], same.astype(np.float64))
    return moved


def mean_jacobian(layout: GroupLayout, at: Matrices, unknowns: int) -> NDArray[np.float64]:
    """(k, q) how the implied item means, intercept + loading mean, move with each unknown."""
    k = len(at.loading)
    moved = np.zeros((k, unknowns))
    item, factor = np.nonzero(layout.loading.unknown >= 0)
    each = np.arange(k)[:, np.newaxis]
    spread(moved, layout.loading.unknown[item, factor], (each == item) * at.mean[factor])
    (free,) = np.nonzero(layout.mean.unknown >= 0)
    spread(moved, layout.mean.unknown[free], at.loading[:, free])
    (free,) = np.nonzero(layout.intercept.unknown >= 0)
    spread(moved, layout.intercept.unknown[free], (each == free).astype(np.float64))
    return moved


def spread(moved: NDArray[np.float64], unknown: NDArray[np.intp], columns: NDArray[np.float64]) -> None:
    """Add columns to those of their unknowns, in place; elements that share an unknown add up."""
    if len(np.unique(unknown)) == len(unknown):
        moved[:, unknown] += columns
    else:
        np.add.at(moved.T, unknown, columns.T)


def _lower(unknown: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Free elements at and below the diagonal."""
    one, other = np.nonzero(np.tril(unknown + 1) > 0)
    return one, other
