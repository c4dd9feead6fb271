"""How the errors of thresholds and correlations go together: fourth-order moments, the one thing that needs rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.sample import OrdinalSample

_AT_A_TIME: Final = 4096
_MANY: Final = 300
"""From so many estimates on, products are summed in single precision within a part of the rows (errors of 1e-8)."""


def influence_rows(
    sample: OrdinalSample, *, thresholds: bool, weight: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """(p, up to 4096) influence of each person on each estimate, times the root of its weight, a few people at a time.

    Args:
        thresholds: whether the thresholds come first, before the correlations.
        weight: (p,) of each estimate.
    """
    root = np.sqrt(weight)
    precision = np.float32 if len(weight) > _MANY else np.float64
    item, step = sample.thresholds if thresholds else (np.zeros(0, dtype=np.intp),) * 2
    own = (sample.estimates.influence.thresholds[item, :, step] * root[: len(item), np.newaxis]).astype(precision)
    shape = sample.estimates.influence.pairs.shape
    pairs = (sample.estimates.influence.pairs.reshape(shape[0], -1) * root[len(item) :, np.newaxis]).astype(precision)
    place = np.arange(len(pairs)) * pairs.shape[1]
    first_of = np.searchsorted(sample.pairs[0], np.arange(len(sample.items) + 1))
    for start in range(0, sample.rows.shape[1], _AT_A_TIME):
        part = sample.rows[:, start : start + _AT_A_TIME].astype(np.intp)
        rows = np.empty((len(weight), part.shape[1]), dtype=precision)
        for row, of in enumerate(item):
            own[row].take(part[of], out=rows[row], mode="clip")
        for one, (low, high) in enumerate(itertools.pairwise(first_of)):
            where = part[one + 1 :] + part[one] * shape[2] + place[low:high, np.newaxis]
            pairs.reshape(-1).take(where, out=rows[len(item) + low : len(item) + high], mode="clip")
        yield rows


def fourth_moments(sample: OrdinalSample, *, thresholds: bool, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """(p, p) mean product of weighted influences: n times the covariance of the estimates, between roots of weights."""
    total = np.zeros((len(weight), len(weight)))
    for rows in influence_rows(sample, thresholds=thresholds, weight=weight):
        total += rows @ rows.T
    total /= sample.rows.shape[1]
    return total


def quadratic_forms(
    sample: OrdinalSample,
    *,
    thresholds: bool,
    weight: NDArray[np.float64],
    basis: NDArray[np.float64],
    outside: bool,
) -> float:
    """Sum over rows of the square of (squared length of each weighted influence along a basis, or outside of it).

    This is what a mean of squares over few rows holds too much of (see `unbiased`).

    Args:
        basis: (p, q).
        outside: whether the squared length along the basis is taken off that of the whole influence.
    """
    total = 0.0
    narrow = np.ascontiguousarray(basis.T)
    for rows in influence_rows(sample, thresholds=thresholds, weight=weight):
        inside = narrow.astype(rows.dtype) @ rows
        length = np.einsum("ij,ij->j", inside, inside, dtype=np.float64)
        if outside:
            length = np.einsum("ij,ij->j", rows, rows, dtype=np.float64) - length
        total += float(length @ length)
    return total
