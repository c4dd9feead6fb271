"""How well a model fits, apart from chance: RMSEA, CFI, TLI, SRMR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_NEAR: Final = 1e-12
"""Relative width at which a bound counts as found."""


@dataclass(frozen=True, slots=True)
class Rmsea:
    """Misfit per degree of freedom, on the scale of correlations.

    Attributes:
        value: root mean square error of approximation.
        low, high: its 90 % interval.
        close: chance of a statistic as large if it were .05.
        not_close: chance of one as small if it were .08.
    """

    value: float
    low: float
    high: float
    close: float
    not_close: float


@dataclass(frozen=True, slots=True)
class Indices:
    """How well a model fits, apart from chance.

    Attributes:
        cfi: share of what a model without factors misses that this one does not; 1 is the best.
        tli: the same per degree of freedom; may lie above 1.
        rmsea: misfit per degree of freedom.
    """

    cfi: float
    tli: float
    rmsea: Rmsea


def indices_of(statistic: float, degrees: int, base: float, base_degrees: int, people: int, groups: int) -> Indices:
    """From two statistics that are taken as chi-squares; people minus groups."""
    excess, base_excess = statistic - degrees, base - base_degrees
    return Indices(
        cfi=comparative(excess, base_excess),
        tli=tucker_lewis(excess, degrees, base_excess, base_degrees),
        rmsea=rmsea(statistic, degrees, people, groups),
    )


def rmsea(statistic: float, degrees: float, people: int, groups: int, *, spread: float = 1.0) -> Rmsea:
    """From a chi-square (Steiger 1990), n - 1 per group; times root groups for several groups.

    Args:
        statistic: distributed as `spread` times noncentral chi-square.
        people: what the noncentrality is divided by.
        spread: the mean of its eigenvalues (Savalei 2021); 1 for a chi-square.
    """
    if degrees == 0:
        return Rmsea(0.0, 0.0, 0.0, float("nan"), float("nan"))
    unit = groups * spread / (people * degrees)
    plain = statistic / spread
    value = float(np.sqrt(max(plain - degrees, 0.0) * unit))
    low, high = (noncentrality(plain, degrees, share) for share in (0.95, 0.05))
    return Rmsea(
        value=value,
        low=float(np.sqrt(low * unit)),
        high=float(np.sqrt(high * unit)),
        close=1 - _below(plain, degrees, 0.05**2 / unit),
        not_close=_below(plain, degrees, 0.08**2 / unit),
    )


def noncentrality(value: float, degrees: float, share: float) -> float:
    """The noncentrality at which this share of chi-squares lies below the value; 0 where none does.

    By halving: SciPy's root finders take longer to import than this takes.
    """
    if _below(value, degrees, 0.0) <= share:
        return 0.0
    low, high = 0.0, max(value, 1.0)
    while _below(value, degrees, high) > share:
        low, high = high, 2 * high
    while high - low > _NEAR * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _below(value, degrees, middle) > share else (low, middle)
    return (low + high) / 2


def _below(value: float, degrees: float, noncentral: float) -> float:
    """Chance that noncentral chi-square is smaller."""
    from scipy.special import chndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(chndtr(max(value, 0.0), degrees, noncentral))


def comparative(excess: float, base_excess: float) -> float:
    """CFI (Bentler 1990): one minus misfit beyond chance, relative to that of no factors at all."""
    top = max(excess, 0.0)
    bottom = max(excess, base_excess, 0.0)
    return 1.0 - top / bottom if bottom > 0 else 1.0


def tucker_lewis(excess: float, degrees: int, base_excess: float, base_degrees: int) -> float:
    """TLI (Tucker & Lewis 1973): the same per degree of freedom; may lie outside 0 to 1."""
    if degrees == 0 or base_excess <= 0:
        return 1.0
    return 1.0 - (excess / degrees) / (base_excess / base_degrees)


def srmr(residuals: Sequence[NDArray[np.float64]], items: int, people: Sequence[int]) -> float:
    """Root mean square residual correlation, the diagonal of zeros counted in; groups by their share of people."""
    each = [float(np.sqrt((left**2).sum() / (items * (items + 1) / 2))) for left in residuals]
    return float(np.average(each, weights=people))
