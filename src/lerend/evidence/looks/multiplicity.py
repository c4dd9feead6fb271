"""Many outcomes at once: p-values and e-values that stay honest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


def holm(p: Sequence[float]) -> NDArray[np.float64]:
    """Adjusted p-values: the chance of any false alarm stays below the level (Holm 1979)."""
    return _downwards(p, lambda m, rank: m - rank + 1.0)


def hochberg(p: Sequence[float]) -> NDArray[np.float64]:
    """The same, sharper, for tests that are independent or go together (Hochberg 1988)."""
    return _upwards(p, lambda m, rank: m - rank + 1.0)


def benjamini_hochberg(p: Sequence[float]) -> NDArray[np.float64]:
    """Adjusted p-values: the share of false alarms among all stays below the level (Benjamini & Hochberg 1995)."""
    return _upwards(p, lambda m, rank: m / rank)


def benjamini_yekutieli(p: Sequence[float]) -> NDArray[np.float64]:
    """The same however the tests go together (Benjamini & Yekutieli 2001)."""
    harmonic = float((1 / np.arange(1, len(p) + 1)).sum())
    return _upwards(p, lambda m, rank: harmonic * m / rank)


def e_benjamini_hochberg(e: Sequence[float], alpha: float = 0.1) -> NDArray[np.bool_]:
    """Which of many e-values count: the k largest, with the largest k for which the k-th is at least m/(k alpha).

    The share of false alarms stays below alpha however the e-values go together (Wang & Ramdas 2022).
    """
    values = np.asarray(e, dtype=np.float64)
    ranked = -np.sort(-values)
    rank = np.arange(1, len(values) + 1)
    enough = np.flatnonzero(ranked >= len(values) / (rank * alpha))
    counts: NDArray[np.bool_] = values >= (ranked[enough[-1]] if len(enough) else np.inf)
    return counts


_Factor = Callable[[int, NDArray[np.float64]], NDArray[np.float64]]


def _downwards(p: Sequence[float], factor: _Factor) -> NDArray[np.float64]:
    """From the smallest on: no adjusted p lies below one before it."""
    values, order, rank = _ranked(p)
    adjusted = np.maximum.accumulate(factor(len(values), rank) * values[order])
    return _back(adjusted, order)


def _upwards(p: Sequence[float], factor: _Factor) -> NDArray[np.float64]:
    """From the largest on: no adjusted p lies above one after it."""
    values, order, rank = _ranked(p)
    adjusted = np.minimum.accumulate((factor(len(values), rank) * values[order])[::-1])[::-1]
    return _back(adjusted, order)


def _ranked(p: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.float64]]:
    values = np.asarray(p, dtype=np.float64)
    if not len(values) or not ((values >= 0) & (values <= 1)).all():
        raise ValueError("p-values lie between 0 and 1, and there is at least one")
    return values, np.argsort(values, kind="stable"), np.arange(1.0, len(values) + 1)


def _back(adjusted: NDArray[np.float64], order: NDArray[np.intp]) -> NDArray[np.float64]:
    found = np.empty(len(order))
    found[order] = np.minimum(adjusted, 1.0)
    return found
