"""Tails and quantiles of the normal, t and F distributions, without the half second that scipy.stats costs."""

from __future__ import annotations


def normal_p(statistic: float) -> float:
    """Two-sided p of a standard normal statistic."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(2 * ndtr(-abs(statistic)))


def t_p(statistic: float, df: float) -> float:
    """Two-sided p of a t statistic."""
    from scipy.special import stdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(2 * stdtr(df, -abs(statistic)))


def t_quantile(level: float, df: float) -> float:
    """How many standard errors a t interval of this level reaches to either side."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(stdtrit(df, (1 + level) / 2))


def f_p(statistic: float, above: float, below: float) -> float:
    """Upper tail of an F statistic."""
    from scipy.special import fdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(fdtrc(above, below, statistic))
