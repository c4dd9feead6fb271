"""Putting together estimates from data that were filled in several times.

Rubin (1987); Barnard & Rubin (1999) for degrees of freedom; Li, Raghunathan & Rubin (1991) and Reiter (2007) for the test
of several parameters at once (D1). Filling in is not done here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.interval import Interval
from lerend.wording import say

Values = NDArray[np.float64]


class NothingToPool(LerendError):
    """Estimates that cannot be put together."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One parameter over all filled-in data sets.

    Attributes:
        standard_error: with the doubt about what was missing.
        df: Barnard and Rubin's, never above those of complete data.
        t, p: of the parameter against zero; None where the standard error is zero.
        within: mean of the squared standard errors.
        between: variance of the estimates over data sets.
        increase: relative increase in variance because of what is missing (riv).
        share_missing: share of the variance that comes from what is missing (lambda).
        information_missing: share of the information that is missing (fmi).
    """

    estimate: float
    standard_error: float
    interval: Interval
    df: float
    t: float | None
    p: float | None
    within: float
    between: float
    increase: float
    share_missing: float
    information_missing: float


@dataclass(frozen=True, slots=True)
class WaldTest:
    """Several parameters against zero at once.

    Attributes:
        increase: average relative increase in variance because of what is missing.
    """

    f: float
    df1: int
    df2: float
    p: float
    increase: float


def pool(
    estimates: Values, variances: Values, *, complete_df: float = np.inf, level: float = 0.95
) -> tuple[Pooled, ...]:
    """Every parameter by itself.

    Args:
        estimates: (data sets, parameters).
        variances: (data sets, parameters) squared standard errors.
        complete_df: degrees of freedom if nothing had been missing; left out for large samples.

    Raises:
        NothingToPool: fewer than two data sets, unequal shapes, a missing value or a variance below zero.
    """
    _check(estimates, variances, len(estimates))
    m = len(estimates)
    mean, within = estimates.mean(axis=0), variances.mean(axis=0)
    between = estimates.var(axis=0, ddof=1)
    return tuple(
        _pooled(float(estimate), float(inside), float(over), m, complete_df, level)
        for estimate, inside, over in zip(mean, within, between, strict=True)
    )


def wald_test(estimates: Values, covariances: Values, *, complete_df: float = np.inf) -> WaldTest:
    """All parameters against zero at once (D1).

    Args:
        estimates: (data sets, parameters).
        covariances: (data sets, parameters, parameters).
        complete_df: as in `pool`; Reiter's degrees of freedom when given, else those of Li and others.

    Raises:
        NothingToPool: as `pool`; covariances that cannot be turned around; or too few data sets for the test.
    """
    _check(estimates, np.diagonal(covariances, axis1=1, axis2=2), len(covariances))
    m, k = estimates.shape
    mean, within = estimates.mean(axis=0), covariances.mean(axis=0)
    apart = estimates - mean
    between = apart.T @ apart / (m - 1)
    try:
        inverse = np.linalg.inv(within)
    except np.linalg.LinAlgError:
        raise _nothing() from None
    increase = float((1 + 1 / m) * np.trace(between @ inverse) / k)
    f = float(mean @ inverse @ mean / (k * (1 + increase)))
    df2 = _df_of_several(k, m, increase, complete_df)
    return WaldTest(f, k, df2, _f_beyond(f, k, df2), increase)


def _pooled(estimate: float, within: float, between: float, m: int, complete_df: float, level: float) -> Pooled:
    added = (1 + 1 / m) * between
    total = within + added
    share = added / total if total > 0 else 0.0
    increase = added / within if within > 0 else (np.inf if added > 0 else 0.0)
    df = _barnard_rubin(m, share, complete_df)
    error = float(np.sqrt(total))
    t = estimate / error if error > 0 else None
    half = _t_quantile(df, level) * error
    information = (increase + 2 / (df + 3)) / (1 + increase) if np.isfinite(increase) else 1.0
    p = None if t is None else _t_beyond(t, df)
    interval = Interval(estimate - half, estimate + half)
    return Pooled(estimate, error, interval, df, t, p, within, between, float(increase), share, float(information))


def _barnard_rubin(m: int, share: float, complete_df: float) -> float:
    old = (m - 1) / share**2 if share > 1e-12 else np.inf
    if not np.isfinite(complete_df):
        return float(old)
    observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
    if not np.isfinite(old):
        return float(observed)
    return float(old * observed / (old + observed)) if observed > 0 else 0.0


def _df_of_several(k: int, m: int, increase: float, complete_df: float) -> float:
    t = k * (m - 1)
    if not np.isfinite(complete_df):
        if t > 4:
            return float(4 + (t - 4) * (1 + (1 - 2 / t) / increase) ** 2)
        return float(t * (1 + 1 / k) * (1 + 1 / increase) ** 2 / 2)
    if t <= 4:
        raise _nothing()
    a = increase * t / (t - 2)
    complete = complete_df * (complete_df + 1) / (complete_df + 3)
    c0, c1, c2 = 1 / (t - 4), complete - 2 * (1 + a), complete - 4 * (1 + a)
    z = (
        1 / c2
        + c0 * a**2 * c1 / ((1 + a) ** 2 * c2)
        + c0 * (8 * a**2 * c1 / ((1 + a) * c2**2) + 4 * a**2 / ((1 + a) * c2))
        + c0 * (4 * a**2 / (c2 * c1) + 16 * a**2 * c1 / c2**3)
        + c0 * 8 * a**2 / c2**2
    )
    return float(4 + 1 / z)


def _check(estimates: Values, variances: Values, sets: int) -> None:
    fits = estimates.ndim == 2 and variances.shape == estimates.shape and len(estimates) == sets >= 2
    if not fits or not np.isfinite(estimates).all() or not (np.isfinite(variances) & (variances >= 0)).all():
        raise _nothing()


def _nothing() -> NothingToPool:
    what = say("These estimates cannot be put together.")
    mend = say("Give each data set (three or more) the same parameters, with variances that are known.")
    return NothingToPool([Problem("data sets", what, mend)])


def _t_quantile(df: float, level: float) -> float:
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(stdtrit(df, (1 + level) / 2) if np.isfinite(df) else ndtri((1 + level) / 2))


def _t_beyond(t: float, df: float) -> float:
    from scipy.special import ndtr, stdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(2 * (stdtr(df, -abs(t)) if np.isfinite(df) else ndtr(-abs(t))))


def _f_beyond(f: float, df1: float, df2: float) -> float:
    from scipy.special import fdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(fdtrc(df1, df2, f))
