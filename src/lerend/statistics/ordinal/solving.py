"""The search for polychoric correlations: Newton steps on the likelihood of each pair's table, all pairs at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.normal import LEAST, both_below, cells, density, with_margins, with_zeros

_MOST_STEPS: Final = 60
_CLOSE: Final = 1e-11
"""Last step, in points of correlation, after which the search has arrived: what is left is the square of it."""
EDGE: Final = 0.9999
"""A correlation that the search does not go beyond: there two items are one."""


def solve(
    first: NDArray[np.float64], second: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """(P,) correlations, and the largest last step.

    Args:
        first, second: (P, A - 1) thresholds of both items.
        counts: (P, A, A) people by their answers to both.
    """
    found = _start(counts)
    step = np.full(len(found), np.inf)
    moving = np.arange(len(found))
    for _ in range(_MOST_STEPS):
        step[moving] = _step(first[moving], second[moving], found[moving], counts[moving])
        moved = np.clip(found[moving] + step[moving], *_halfway(found[moving]))
        found[moving] = moved
        moving = moving[(np.abs(step[moving]) >= _CLOSE) & (np.abs(moved) < EDGE)]
        if not len(moving):
            break
    return found, float(np.abs(step).max(initial=0.0))


def _halfway(found: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """No step goes further than most of the way to a correlation of one."""
    return -1 + (1 + found) * 0.1, 1 - (1 - found) * 0.1


def _start(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The correlation of normal scores, a bit stronger since cutting weakens it."""
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    people = counts.sum(axis=(1, 2), keepdims=True)
    score = []
    for axis in (2, 1):
        margin = counts.sum(axis=axis) / people[:, :, 0]
        middle = np.clip(np.cumsum(margin, axis=1) - margin / 2, 1e-6, 1 - 1e-6)
        value = ndtri(middle)
        value = value - (margin * value).sum(axis=1, keepdims=True)
        score.append(value / np.sqrt((margin * value**2).sum(axis=1, keepdims=True) + 1e-12))
    product = (np.matmul(counts / people, score[1][:, :, np.newaxis])[:, :, 0] * score[0]).sum(axis=1)
    return np.asarray(np.clip(1.1 * product, -0.95, 0.95), dtype=np.float64)


def _step(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    correlation: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(P,) the Newton step; the scoring step where the likelihood is not concave."""
    likely = np.maximum(cells(with_margins(both_below(first, second, correlation), first, second)), LEAST)
    slope, bend = (cells(with_zeros(part)) for part in density(first, second, correlation))
    relative = slope / likely
    score = (counts * relative).sum(axis=(1, 2))
    curved = (counts * (relative**2 - bend / likely)).sum(axis=(1, 2))
    expected = counts.sum(axis=(1, 2)) * (slope * relative).sum(axis=(1, 2))
    return np.asarray(score / np.where(curved > 0.1 * expected, curved, expected), dtype=np.float64)
