"""Thresholds: where, on a standard normal variable, one answer gives way to the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.normal import normal_density
from lerend.statistics.ordinal.normal import BEYOND


def thresholds_of(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """(k, A - 1) normal quantiles of the cumulative shares; `BEYOND` where an item has no further category."""
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    below = np.cumsum(counts, axis=1)[:, :-1]
    people = counts.sum(axis=1, keepdims=True)
    return np.where(below < people, ndtri(below / np.maximum(people, 1)), BEYOND)


def threshold_influence(counts: NDArray[np.int64], thresholds: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k, A, A - 1) how far one person with an answer moves each threshold of the item, times the number of people.

    A threshold is a quantile of the share at or below it, so a person at or below it weighs (1 - share) / density, and
    one above it -share / density; zero where there is no threshold.
    """
    most = counts.shape[1]
    share = np.cumsum(counts, axis=1)[:, :-1] / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    at_or_below = np.arange(most)[:, np.newaxis] <= np.arange(most - 1)[np.newaxis, :]
    there = (thresholds < BEYOND)[:, np.newaxis, :]
    height = np.where(there, normal_density(thresholds)[:, np.newaxis, :], 1.0)
    return np.where(there, (at_or_below - share[:, np.newaxis, :]) / height, 0.0)
