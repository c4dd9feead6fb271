"""Made-up answers to items of one trait."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
CUTS = (-1.2, -0.4, 0.4, 1.2)


def answers(people: int, items: int = 5, seed: int = 1, *, noise: float = 0.7, cuts: Sequence[float] = CUTS) -> Codes:
    """(people, items) answers from 1, of a normal trait and noise of each item's own."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(people, 1)) + noise * rng.normal(size=(people, items))
    return (np.searchsorted(cuts, latent) + 1).astype(np.uint8)


def names(codes: Codes) -> list[str]:
    return [f"x{place}" for place in range(codes.shape[1])]
