"""Chances of seeing an effect, from its standard error and degrees of freedom."""

from __future__ import annotations

from math import isnan


def t_quantile(probability: float, df: float) -> float:
    """The value that a t-distributed number stays below with this probability."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(stdtrit(df, probability))


def z_quantile(probability: float) -> float:
    """The same for the normal distribution."""
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(ndtri(probability))


def power_t(ratio: float, df: float, alpha: float = 0.05) -> float:
    """Chance that a two-sided t test finds an effect, where the effect is `ratio` standard errors (noncentral t)."""
    from scipy.special import nctdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    limit = t_quantile(1 - alpha / 2, df)
    missed, wrong_side = (float(nctdtr(df, abs(ratio), end)) for end in (limit, -limit))
    # SciPy gives no number for some chances that are too small to matter.
    return 1 - (0.0 if isnan(missed) else missed) + (0.0 if isnan(wrong_side) else wrong_side)


def power_z(ratio: float, alpha: float = 0.05, *, both_sides: bool = False) -> float:
    """The same with a known standard error; `both_sides` counts finding it on the wrong side too, as `power_t` does."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    limit = z_quantile(1 - alpha / 2)
    return float(ndtr(abs(ratio) - limit) + (ndtr(-abs(ratio) - limit) if both_sides else 0.0))


def smallest_seen(se: float, df: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """The smallest effect that is found with this chance: (t of 1 - alpha/2 plus t of the chance) standard errors.

    Source: Bloom (1995), minimum detectable effects.
    """
    return (t_quantile(1 - alpha / 2, df) + t_quantile(power, df)) * se
