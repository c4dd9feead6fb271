"""Mixtures of normal distributions: what is left when a spread is averaged over. Many mixtures at once, same weights."""

from __future__ import annotations

from typing import Final

import numpy as np

from lerend.evidence.pooling.problems import Numbers

_MOST_STEPS: Final = 100
_LAST_STEP: Final = 1e-6
"""Newton steps about square what is left: after a step this small, some 12 digits stand."""
_NEGLIGIBLE: Final = 1e-14
_TOGETHER: Final = 8


def mixture_above(threshold: float, weights: Numbers, means: Numbers, deviations: Numbers) -> Numbers:
    """(m,) probability above a threshold of m mixtures: weights (n,), means and deviations (m, n)."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return np.asarray(ndtr((means - threshold) / deviations) @ weights)


def mixture_quantiles(probabilities: Numbers, weights: Numbers, means: Numbers, deviations: Numbers) -> Numbers:
    """(m, q) quantiles of m mixtures, by Newton steps that stay inside a shrinking bracket.

    They start from the quantiles of a coarser mixture, in which neighbours are taken together.

    Args:
        probabilities: (q,) strictly between 0 and 1.
        weights: (n,) that sum to one; means, deviations: (m, n), deviations above zero.
    """
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    kept = weights > _NEGLIGIBLE
    w, m, s = weights[kept], means[:, kept], deviations[:, kept]
    z = ndtri(probabilities)
    centre = m @ w
    spread = np.sqrt((s**2 + (m - centre[:, None]) ** 2) @ w)
    found = (centre[:, None] + spread[:, None] * z).ravel()
    if len(w) > 2 * _TOGETHER:
        found = _searched(found, probabilities, *_coarse(w, m, s), spread, 1e-3)
    return _searched(found, probabilities, w, m, s, spread, _LAST_STEP).reshape(len(m), len(probabilities))


def _coarse(w: Numbers, m: Numbers, s: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    starts = np.arange(0, len(w), _TOGETHER)
    weight = np.add.reduceat(w, starts)
    mean = np.add.reduceat(w * m, starts, axis=1) / weight
    square = np.add.reduceat(w * (s**2 + m**2), starts, axis=1) / weight
    return weight, mean, np.sqrt(np.maximum(square - mean**2, 1e-300))


def _searched(
    start: Numbers, probabilities: Numbers, w: Numbers, m: Numbers, s: Numbers, spread: Numbers, last_step: float
) -> Numbers:
    """(m·q,) quantiles; each pair of a mixture and a probability leaves as soon as it is found."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    q = len(probabilities)
    edges = m[:, :, None] + s[:, :, None] * ndtri(probabilities)
    low, high = edges.min(axis=1).ravel(), edges.max(axis=1).ravel()
    target, reach = np.tile(probabilities, len(m)), np.repeat(spread, q)
    found = np.clip(start, low, high)
    inverse = 1 / s
    scaled = w / np.sqrt(2 * np.pi) * inverse
    active = np.arange(len(found))
    for _ in range(_MOST_STEPS):
        here, row = found[active], active // q
        standard = (here[:, None] - m[row]) * inverse[row]
        excess = ndtr(standard) @ w - target[active]
        slope = np.einsum("an,an->a", np.exp(-0.5 * standard**2), scaled[row])
        high[active] = np.where(excess >= 0, here, high[active])
        low[active] = np.where(excess <= 0, here, low[active])
        step = here - excess / np.maximum(slope, 1e-300)
        inside = (step >= low[active]) & (step <= high[active])
        found[active] = np.where(inside, step, 0.5 * (low[active] + high[active]))
        done = np.abs(found[active] - here) <= last_step * reach[active]
        active = active[~done]
        if not len(active):
            break
    return found
