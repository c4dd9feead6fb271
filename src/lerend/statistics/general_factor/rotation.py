"""Oblique rotation: factors that may go together, each showing in few items."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_MOST_STEPS: Final = 2_000
_SLOPE: Final = 1e-6
_STARTS: Final = 10


def oblimin(loadings: Values, *, seed: int = 1) -> tuple[Values, Values] | None:
    """(k, m) rotated loadings and (m, m) correlations of the factors, by direct quartimin (Jennrich & Sampson 1966).

    Gradient projection (Jennrich 2002) from the loadings as they are and from nine turns by lot; the lowest is taken.
    None where no search ended.
    """
    rng = np.random.default_rng(seed)
    factors = loadings.shape[1]
    turns = [np.eye(factors)] + [np.linalg.qr(rng.standard_normal((factors, factors)))[0] for _ in range(_STARTS - 1)]
    ended = [found for found in (_turned(loadings, turn) for turn in turns) if found is not None]
    if not ended:
        return None
    turn = min(ended, key=lambda one: one[0])[1]
    return loadings @ np.linalg.inv(turn).T, turn.T @ turn


def _turned(loadings: Values, turn: Values) -> tuple[float, Values] | None:
    length = 1.0
    value, slope = _complexity(loadings, turn)
    for _ in range(_MOST_STEPS):
        projected = slope - turn * (turn * slope).sum(axis=0)
        steep = float((projected**2).sum())
        if steep < _SLOPE**2:
            return value, turn
        length *= 2
        for _halving in range(30):
            moved = turn - length * projected
            moved /= np.sqrt((moved**2).sum(axis=0))
            below, following = _complexity(loadings, moved)
            if value - below > 0.5 * steep * length:
                break
            length /= 2
        else:
            return None
        turn, value, slope = moved, below, following
    return None


def _complexity(loadings: Values, turn: Values) -> tuple[float, Values]:
    """How much items show in more than one factor, and how that moves with the turn."""
    inverse = np.linalg.inv(turn)
    rotated = loadings @ inverse.T
    others = rotated**2 @ (1 - np.eye(len(turn)))
    return float((rotated**2 * others).sum() / 4), -(rotated.T @ (rotated * others) @ inverse).T
