"""Answers in five categories to one scale in a wave, with one true factor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.sums import ItemSums

ITEMS = ("a", "b", "c", "d")


def answered(
    people: int,
    seed: int,
    *,
    shift: Sequence[float] = (0, 0, 0, 0),
    loading: Sequence[float] = (0.8,) * 4,
    mean: float = 0.0,
) -> NDArray[np.float64]:
    """(people, items) 1 to 5; `shift` moves items for no reason of their factor, `mean` moves the factor."""
    generator = np.random.default_rng(seed)
    factor = mean + generator.standard_normal((people, 1))
    whole = 3 + factor * np.array(loading) + 0.6 * generator.standard_normal((people, len(loading)))
    return np.asarray(np.clip(np.rint(whole + np.array(shift)), 1, 5), np.float64)


def sums_of(values: NDArray[np.float64], items: tuple[str, ...] = ITEMS) -> ItemSums:
    return ItemSums(items, len(values), values.mean(axis=0), np.cov(values, rowvar=False))
