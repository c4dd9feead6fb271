"""The distribution of a product of two estimates: what an interval of an indirect effect is made of.

A product of two normal or t variables is skewed, so plus and minus two standard errors will not do (MacKinnon, Lockwood
& Williams 2004). Instead of drawing a million pairs the distribution is integrated, which has the same limit and no seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.interval import Interval
from lerend.statistics.normal import normal_density

Values = NDArray[np.float64]
_FINEST: Final = 1e-10
"""Of the panels next to a turn, in standard errors."""
_NODES: Final = 12
_NOTHING: Final = 1e-13
_TINY: Final = 1e-300
_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of a coefficient: (truth - estimate) / standard_error is t with these degrees of freedom."""

    estimate: float
    standard_error: float
    degrees_of_freedom: float

    def below(self, at: Values) -> Values:
        """Probability of less than each value."""
        from scipy.special import ndtr, stdtr  # noqa: PLC0415 -- SciPy costs half a second to import

        z = (at - self.estimate) / self.standard_error
        return np.asarray(ndtr(z) if np.isinf(self.degrees_of_freedom) else stdtr(self.degrees_of_freedom, z))

    def density(self, z: Values) -> Values:
        """Of standardised values."""
        from scipy.special import gammaln  # noqa: PLC0415 -- SciPy costs half a second to import

        freedom = self.degrees_of_freedom
        if np.isinf(freedom):
            return normal_density(z)
        height = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - np.log(freedom * np.pi) / 2
        return np.asarray(np.exp(height - (freedom + 1) / 2 * np.log1p(z * z / freedom)))

    def widest(self) -> float:
        """The standardised value beyond which there is next to nothing."""
        from scipy.special import ndtri, stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

        freedom = self.degrees_of_freedom
        return float(-ndtri(_NOTHING) if np.isinf(freedom) else -stdtrit(freedom, _NOTHING))


def product_below(first: Estimate, second: Estimate, at: float) -> float:
    """Probability that the product of two independent variables is less than a value.

    The integral over the first of its density times P(second < at / first), or > for a negative first; panels become
    finer towards the middle, where the first changes sign, and where the second probability turns.
    """
    turns = [0.0, -first.estimate / first.standard_error]
    if second.estimate != 0:
        turns.append((at / second.estimate - first.estimate) / first.standard_error)
    bounds = _graded(turns, first.widest())
    place, weight = _legendre()
    width = np.diff(bounds)
    z = (bounds[:-1, np.newaxis] + width[:, np.newaxis] * place).ravel()
    value = first.estimate + first.standard_error * z
    value = np.where(value == 0, _TINY, value)
    with np.errstate(over="ignore"):  # past the largest number is as far away as it gets
        under = second.below(at / value)
    inside = first.density(z) * np.where(value > 0, under, 1 - under)
    return float(width @ (inside.reshape(len(width), -1) @ weight))


def product_interval(first: Estimate, second: Estimate, level: float) -> Interval:
    """The interval of the product that leaves equal shares out at both ends."""
    outside = (1 - level) / 2
    return Interval(_quantile(first, second, outside), _quantile(first, second, 1 - outside))


def _quantile(first: Estimate, second: Estimate, share: float) -> float:
    from scipy.optimize import brentq  # noqa: PLC0415 -- SciPy costs half a second to import

    def apart(at: float) -> float:
        return product_below(first, second, at) - share

    middle = first.estimate * second.estimate
    spread = np.hypot(first.estimate * second.standard_error, second.estimate * first.standard_error)
    spread = float(np.hypot(spread, first.standard_error * second.standard_error))
    low, high = _bracket(apart, middle, spread)
    return float(brentq(apart, low, high, xtol=_CLOSE * spread))


def _bracket(apart: Callable[[float], float], middle: float, spread: float) -> tuple[float, float]:
    """Two values between which the sign changes; the distribution goes from 0 to 1, so there are."""
    reach = 4.0
    while apart(middle - reach * spread) > 0 or apart(middle + reach * spread) < 0:
        reach *= 2
    return middle - reach * spread, middle + reach * spread


def _graded(turns: list[float], widest: float) -> Values:
    """Bounds of panels from -widest to widest that halve towards every turn."""
    steps = _FINEST * 2.0 ** np.arange(np.log2(2 * widest / _FINEST) + 1)
    inside = [turn for turn in turns if abs(turn) < widest]
    bounds = np.concatenate([inside, *(turn + steps for turn in inside), *(turn - steps for turn in inside)])
    return np.unique(np.clip(bounds, -widest, widest))


@cache
def _legendre() -> tuple[Values, Values]:
    place, weight = np.polynomial.legendre.leggauss(_NODES)
    return (place + 1) / 2, weight / 2
