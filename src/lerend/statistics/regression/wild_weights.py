"""Weights that residuals of whole clusters are multiplied with: every pattern of them, or patterns drawn."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Weights: TypeAlias = Literal["rademacher", "webb"]
POINTS: Final[dict[str, tuple[float, ...]]] = {
    "rademacher": (1.0, -1.0),
    "webb": (1.0, -1.0, 0.5**0.5, -(0.5**0.5), 1.5**0.5, -(1.5**0.5)),
}
"""Equally likely, with mean 0 and variance 1: two signs, or Webb's (2023) six points for very few clusters."""
ENUMERATED: Final[dict[str, int]] = {"rademacher": 12, "webb": 6}
"""Up to this many clusters every pattern is tried, and no chance is left in the p-value."""


def all_patterns(groups: int, weights: Weights) -> Floats:
    """(patterns, G) every pattern whose first weight is positive; the others give the same t with the other sign."""
    points = np.array(POINTS[weights])
    first = points[points > 0]
    numbers = np.arange(len(first) * len(points) ** (groups - 1))
    rest, patterns = numbers % len(points) ** (groups - 1), np.empty((len(numbers), groups))
    patterns[:, 0] = first[numbers // len(points) ** (groups - 1)]
    for place in range(1, groups):
        patterns[:, place] = points[rest // len(points) ** (place - 1) % len(points)]
    return patterns


def drawn_patterns(groups: int, weights: Weights, draws: int, seed: int) -> Floats:
    """(draws + 1, G) the pattern without a change, and `draws` others."""
    drawn = np.random.default_rng(seed).integers(0, len(POINTS[weights]), size=(draws + 1, groups))
    patterns = np.array(POINTS[weights])[drawn]
    patterns[0] = 1.0
    return np.asarray(patterns, dtype=np.float64)


def smallest_share(groups: int, weights: Weights, patterns: int, *, enumerated: bool) -> float:
    """The smallest p-value there can be: patterns with one weight for all clusters give the observed t again."""
    return 1 / len(POINTS[weights]) ** (groups - 1) if enumerated else 1 / patterns
