"""Attacker 2, second half: counts of people behind rounded shares, of units and of what is left when parts come off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.attack.shown import Distribution

_LONGEST = 500
"""A band without an end is tried up to here; further on the steps of shares hold many people."""


def counts_possible(distribution: Distribution, people: int | None = None) -> list[tuple[int, int]]:
    """Per class of answers the smallest and largest number of people who can have given it, alone from what is shown."""
    band = np.arange(max(distribution.low, 1), (distribution.high or _LONGEST) + 1)
    sizes = band if people is None else np.array([people])
    ranges = []
    for share in distribution.shares:
        low, high = (share - 2.5, share + 2.5) if distribution.detail == "full" else (share, share + 25)
        if distribution.detail == "exact":
            low, high = share - 0.05, share + 0.05
        fewest = np.maximum(np.ceil((low - 1e-9) * sizes / 100), 0)
        most = np.minimum(np.floor((high + 1e-9) * sizes / 100), sizes)
        fits = fewest <= most
        ranges.append((int(fewest[fits].min()), int(most[fits].max())) if fits.any() else (0, _LONGEST))
    return ranges


def certain_small_counts(distribution: Distribution, k: int, people: int | None = None) -> list[int]:
    """Classes of answers of which it is certain that 1 to k - 1 people chose them."""
    return [place for place, (low, high) in enumerate(counts_possible(distribution, people)) if low >= 1 and high < k]


def classes_of(answers: NDArray[np.int64], detail: str) -> NDArray[np.int64]:
    """How many people are in each class of answers that a distribution shows."""
    counts = np.bincount(answers[answers > 0], minlength=6)[1:6]
    return counts if detail != "three" else np.array([counts[:2].sum(), counts[2], counts[3:].sum()])


def small_counts_left(whole: NDArray[np.int64], parts: Sequence[NDArray[np.int64]], k: int) -> list[int]:
    """Classes of answers in which 1 to k - 1 people are left when the shown parts are taken off."""
    left = whole - sum(parts, start=np.zeros_like(whole))
    return [place for place, people in enumerate(left.tolist()) if 1 <= people < k]
