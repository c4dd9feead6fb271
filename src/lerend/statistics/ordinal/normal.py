"""Two standard normal variables with a correlation: how likely both stay below a pair of bounds, and how that moves."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

BEYOND: Final = 40.0
"""A bound that nothing lies beyond in double precision: stands for infinity."""
LEAST: Final = 1e-17
"""A probability below this is rounding: differences of probabilities hold no more."""
_PAIRS_AT_A_TIME: Final = 128
"""Keeps one round of the quadrature in the cache."""
_UP_TO: Final = (0.5, 0.75, 0.9, 0.98, 0.995)
_NODES: Final = (8, 12, 16, 24, 40, 96)
"""Nodes that give 13 digits up to each correlation, and beyond the last."""


def both_below(
    first: NDArray[np.float64], second: NDArray[np.float64], correlation: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(P, A, B) probability that the first stays below `first` (P, A) and the second below `second` (P, B).

    Plackett's identity (1954), the density integrated from correlation 0 to r, with the sine as variable (Drezner &
    Wesolowsky 1990) and as many Gauss–Legendre nodes as 13 digits need.
    """
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    found = np.asarray(ndtr(first)[:, :, np.newaxis] * ndtr(second)[:, np.newaxis, :], dtype=np.float64)
    size = np.searchsorted(_UP_TO, np.abs(correlation))
    for which, nodes in enumerate(_NODES):
        (pairs,) = np.nonzero(size == which)
        for start in range(0, len(pairs), _PAIRS_AT_A_TIME):
            part = pairs[start : start + _PAIRS_AT_A_TIME]
            found[part] += _through_correlation(first[part], second[part], correlation[part], nodes)
    return found


def _through_correlation(
    first: NDArray[np.float64], second: NDArray[np.float64], correlation: NDArray[np.float64], nodes: int
) -> NDArray[np.float64]:
    """(P, A, B) what the correlation adds to the product of both probabilities."""
    place, weight = _legendre(nodes)
    widest = np.arcsin(correlation)[:, np.newaxis]
    sine = np.sin(widest * place)
    shrink = 1 / ((1 - sine) * (1 + sine))
    h, k = first[:, :, np.newaxis], second[:, np.newaxis, :]
    powers = np.stack([h * k, -(h * h + k * k) / 2], axis=-1).reshape(len(h), -1, 2)
    height = powers @ np.stack([sine * shrink, shrink], axis=1)
    np.exp(height, out=height)
    return np.asarray((widest / (2 * np.pi) * (height @ weight)).reshape(len(h), h.shape[1], k.shape[2]))


def density(
    first: NDArray[np.float64], second: NDArray[np.float64], correlation: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(P, A, B) the joint density at the bounds, which is how `both_below` moves with r; and how that moves with r."""
    h, k = first[:, :, np.newaxis], second[:, np.newaxis, :]
    r = correlation[:, np.newaxis, np.newaxis]
    left = 1 - r * r
    distance = h * h - 2 * r * h * k + k * k
    at = np.exp(-distance / (2 * left)) / (2 * np.pi * np.sqrt(left))
    return at, at * ((h * k + r) / left - r * distance / (left * left))


def cells(below: NDArray[np.float64]) -> NDArray[np.float64]:
    """(P, A, B) what lies between the bounds, from what lies below each pair of them (the last bounds are infinite)."""
    return np.diff(np.diff(below, axis=1, prepend=0.0), axis=2, prepend=0.0)


@cache
def _legendre(nodes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places and weights on 0 to 1."""
    place, weight = np.polynomial.legendre.leggauss(nodes)
    return (place + 1) / 2, weight / 2


def with_margins(
    below: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(P, A + 1, B + 1) `both_below` with an infinite last bound on both sides."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    whole = np.ones((len(below), below.shape[1] + 1, below.shape[2] + 1))
    whole[:, :-1, :-1] = below
    whole[:, :-1, -1] = ndtr(first)
    whole[:, -1, :-1] = ndtr(second)
    return whole


def with_zeros(part: NDArray[np.float64]) -> NDArray[np.float64]:
    """(P, A + 1, B + 1) the same for a derivative by the correlation, which is zero at infinite bounds."""
    return np.pad(part, ((0, 0), (0, 1), (0, 1)))
