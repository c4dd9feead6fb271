"""An interval, and the quantiles that intervals are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of an interval, low before high."""

    low: float
    high: float


def normal_quantile(level: float) -> float:
    """How many standard errors an interval of this level reaches to either side."""
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(ndtri((1 + level) / 2))


def f_quantiles(level: float, above: float, below: float) -> tuple[float, float]:
    """The lower and upper quantile of the F distribution that hold `level` between them."""
    from scipy.special import fdtri  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(fdtri(above, below, (1 - level) / 2)), float(fdtri(above, below, (1 + level) / 2))
