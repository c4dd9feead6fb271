"""How much chance of a false alarm each planned look may use, and the bound that follows.

The chance is spent by a function of the share of information that is in (Lan & DeMets 1983), of the shape of O'Brien and
Fleming: hardly any at the beginning. How many looks there will be, and when, need not be known beforehand, so waves may
slip. Bounds come from the recursion of Armitage, McPherson & Rowe (1969), integrated by Gauss's rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

_NODES: Final = 96
_FARTHEST: Final = 9.0
"""Standard errors beyond which there is nothing to integrate, and no bound is put."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What holds at one look.

    Attributes:
        fraction: share of the information that is in.
        spent: chance of a false alarm so far.
        z: how many standard errors it takes.
        p: the nominal p that this is: two-sided, or one-sided for a bound on one side.
    """

    fraction: float
    spent: float
    z: float
    p: float


def obrien_fleming(fraction: float, alpha: float = 0.05, *, sides: int = 2) -> float:
    """Chance spent so far: per side 2(1 − Φ(z / √fraction)), with z the normal quantile of 1 − (alpha/sides)/2."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    if fraction <= 0:
        return 0.0
    limit = float(ndtri(1 - alpha / sides / 2))
    return float(sides * 2 * ndtr(-limit / sqrt(min(fraction, 1.0))))


def bounds(fractions: Sequence[float], alpha: float = 0.05, *, sides: int = 2) -> tuple[Bound, ...]:
    """The bound at each look, given all looks before it.

    Args:
        fractions: shares of the information, ascending, above 0 and at most 1. The last look of a pilot is 1, whatever
            information came in: then all that is left is spent.
        alpha: chance of a false alarm over all looks.
        sides: 2, or 1 for a bound on one side only, such as for harm.

    Raises:
        ValueError: fractions that do not ascend, or lie outside 0 to 1.
    """
    steps = np.diff([0.0, *fractions])
    if not len(fractions) or (steps <= 0).any() or fractions[-1] > 1 + 1e-12:
        raise ValueError("shares of information ascend from above 0 to at most 1")
    found: list[Bound] = []
    nodes, density, spent = np.zeros(1), np.ones(1), 0.0
    for fraction, step in zip(fractions, steps, strict=True):
        allowed = obrien_fleming(fraction, alpha, sides=sides)
        edge = _edge(nodes, density, sqrt(step), allowed - spent, sides, sqrt(fraction))
        spent += _crossing(nodes, density, sqrt(step), edge, sides)
        found.append(_bound(fraction, spent, edge / sqrt(fraction), sides))
        nodes, density = _carried(nodes, density, sqrt(step), edge, sides, sqrt(fraction))
    return tuple(found)


def crossing_chances(
    fractions: Sequence[float], limits: Sequence[float], drift: float = 0.0, *, sides: int = 2
) -> tuple[float, ...]:
    """Chance of crossing at each look for the first time.

    Args:
        fractions: shares of information.
        limits: bounds in standard errors.
        drift: mean of z at full information; 0 where the approach does nothing.
    """
    nodes, density = np.zeros(1), np.ones(1)
    found, before = [], 0.0
    for fraction, limit in zip(fractions, limits, strict=True):
        step = fraction - before
        moved = nodes + drift * step
        edge = min(limit, _FARTHEST + abs(drift)) * sqrt(fraction)
        found.append(_crossing(moved, density, sqrt(step), edge, sides))
        nodes, density = _carried(moved, density, sqrt(step), edge, sides, sqrt(fraction) * (1 + abs(drift)))
        before = fraction
    return tuple(found)


def _edge(
    nodes: NDArray[np.float64], density: NDArray[np.float64], step: float, wanted: float, sides: int, scale: float
) -> float:
    """Where as much lies beyond as may be spent; by halving."""
    low, high = 0.0, _FARTHEST * scale
    if _crossing(nodes, density, step, high, sides) >= wanted:
        return high
    for _ in range(80):
        middle = (low + high) / 2
        if _crossing(nodes, density, step, middle, sides) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _crossing(nodes: NDArray[np.float64], density: NDArray[np.float64], step: float, edge: float, sides: int) -> float:
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    beyond = ndtr((nodes - edge) / step)
    if sides == 2:
        beyond = beyond + ndtr((-edge - nodes) / step)
    return float(density @ beyond)


def _carried(
    nodes: NDArray[np.float64],
    density: NDArray[np.float64],
    step: float,
    edge: float,
    sides: int,
    scale: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights of who has not crossed yet."""
    low = -edge if sides == 2 else -_FARTHEST * scale
    points, weights = np.polynomial.legendre.leggauss(_NODES)
    places = low + (points + 1) / 2 * (edge - low)
    kernel = np.exp(-0.5 * ((places[:, None] - nodes[None, :]) / step) ** 2) / (step * sqrt(2 * np.pi))
    return places, (kernel @ density) * weights * (edge - low) / 2


def _bound(fraction: float, spent: float, z: float, sides: int) -> Bound:
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return Bound(float(fraction), float(spent), float(z), float(sides * ndtr(-z)))
