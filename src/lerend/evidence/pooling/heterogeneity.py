"""How much true effects differ between pilots: eight estimators of tau², and Q-profile intervals.

y_i ~ N(x_i'β, v_i + τ²) with v_i known. Sources: DerSimonian & Laird 1986; Hedges & Olkin 1985; Hunter & Schmidt 2004;
Sidik & Jonkman 2005; Paule & Mandel 1982; Morris 1983 (empirical Bayes); Viechtbauer 2005 (ML, REML and the standard
errors), 2007 (Q-profile).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lerend.evidence.pooling.problems import Numbers
from lerend.evidence.pooling.roots import first_above, root_between
from lerend.evidence.pooling.weighing import weighed
from lerend.statistics.interval import Interval


class Estimator(StrEnum):
    """How tau² is estimated. REML is the house's choice; the others are there to compare with published work."""

    REML = "REML"
    ML = "ML"
    PAULE_MANDEL = "PM"
    EMPIRICAL_BAYES = "EB"
    DERSIMONIAN_LAIRD = "DL"
    HUNTER_SCHMIDT = "HS"
    SIDIK_JONKMAN = "SJ"
    HEDGES = "HE"
    COMMON = "FE"
    """One common effect: tau² is taken as nothing."""


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """tau² with its standard error (asymptotic, so only a rough guide below some 30 effects)."""

    value: float
    standard_error: float


def heterogeneity(y: Numbers, v: Numbers, X: Numbers, estimator: Estimator = Estimator.REML) -> Heterogeneity:
    """tau² by an estimator, never below zero. The arrays are checked already (`problems`)."""
    return _BY[estimator](y, v, X)


def q_profile(y: Numbers, v: Numbers, X: Numbers, *, level: float = 0.95) -> Interval:
    """The values of tau² under which the observed spread Q is not surprising (Viechtbauer 2007)."""
    from scipy.special import chdtri  # noqa: PLC0415 -- SciPy costs half a second to import

    df = len(y) - X.shape[1]
    tail = (1 - level) / 2
    return Interval(_where_q_is(y, v, X, float(chdtri(df, tail))), _where_q_is(y, v, X, float(chdtri(df, 1 - tail))))


def _q(y: Numbers, v: Numbers, X: Numbers, tau2: float) -> float:
    return weighed(y, X, 1 / (v + tau2)).spread


def _where_q_is(y: Numbers, v: Numbers, X: Numbers, target: float) -> float:
    def excess(tau2: float) -> float:
        return _q(y, v, X, tau2) - target

    at_zero = excess(0.0)
    if at_zero <= 0:
        return 0.0
    return root_between(excess, 0.0, first_above(excess, _scale(y, v)), at_low=at_zero)


def _scale(y: Numbers, v: Numbers) -> float:
    return float(max(y.var(), v.mean()))


def _common(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    del y, v, X
    return Heterogeneity(0.0, 0.0)


def _dersimonian_laird(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    fit, df = weighed(y, X, 1 / v), len(y) - X.shape[1]
    trace = fit.trace()
    tau2 = max((fit.spread - df) / trace, 0.0)
    inner = 2 * df + 4 * tau2 * trace + 2 * tau2**2 * fit.trace_of_square()
    return Heterogeneity(tau2, float(np.sqrt(inner)) / trace)


def _hunter_schmidt(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    fit, df = weighed(y, X, 1 / v), len(y) - X.shape[1]
    total = float((1 / v).sum())
    tau2 = max((fit.spread - len(y)) / total, 0.0)
    inner = 2 * df + 4 * tau2 * fit.trace() + 2 * tau2**2 * fit.trace_of_square()
    return Heterogeneity(tau2, float(np.sqrt(inner)) / total)


def _hedges(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    fit, df = weighed(y, X, np.ones_like(v)), len(y) - X.shape[1]
    of_noise = fit.trace(v)
    tau2 = max((fit.spread - of_noise) / df, 0.0)
    inner = 2 * fit.trace_of_square(v, v) + 4 * tau2 * of_noise + 2 * tau2**2 * df
    return Heterogeneity(tau2, float(np.sqrt(inner)) / df)


def _sidik_jonkman(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    df = len(y) - X.shape[1]
    start = float(y.var())
    if start == 0:
        return Heterogeneity(0.0, 0.0)
    fit = weighed(y, X, 1 / (v + start))
    tau2 = max(start * fit.spread / df, 0.0)
    inner = 2 * fit.trace_of_square(v, v) + 4 * tau2 * fit.trace_of_square(v) + 2 * tau2**2 * fit.trace_of_square()
    return Heterogeneity(tau2, start * float(np.sqrt(inner)) / df)


def _moment(y: Numbers, v: Numbers, X: Numbers) -> float:
    """Where Q is what it should be on average: Paule & Mandel, and Morris' empirical Bayes, which is the same place."""
    return _where_q_is(y, v, X, float(len(y) - X.shape[1]))


def _empirical_bayes(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    tau2, df = _moment(y, v, X), len(y) - X.shape[1]
    total = float((1 / (v + tau2)).sum())
    return Heterogeneity(tau2, len(y) / df * float(np.sqrt(2 * df)) / total)


def _restricted(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    def slope(tau2: float) -> float:
        fit = weighed(y, X, 1 / (v + tau2))
        return float((fit.weights**2) @ fit.residuals**2) - fit.trace()

    tau2 = _highest(y, v, X, slope, restricted=True)
    fit = weighed(y, X, 1 / (v + tau2))
    return Heterogeneity(tau2, float(np.sqrt(2 / fit.trace_of_square())))


def _maximum_likelihood(y: Numbers, v: Numbers, X: Numbers) -> Heterogeneity:
    def slope(tau2: float) -> float:
        fit = weighed(y, X, 1 / (v + tau2))
        return float((fit.weights**2) @ fit.residuals**2) - float(fit.weights.sum())

    tau2 = _highest(y, v, X, slope, restricted=False)
    return Heterogeneity(tau2, float(np.sqrt(2 / (1 / (v + tau2) ** 2).sum())))


def _highest(y: Numbers, v: Numbers, X: Numbers, slope: Callable[[float], float], *, restricted: bool) -> float:
    """Where the likelihood is highest: looked for over a grid, since it can have two tops, then where its slope is zero."""
    top = 4 * _scale(y, v) * len(y)
    grid = np.concatenate([[0.0], np.geomspace(1e-4 * float(v.min()), top, 48)])
    best = int(np.argmax(_log_likelihoods(y, v, X, grid, restricted=restricted)))
    if best == 0 and slope(0.0) <= 0:
        return 0.0
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    return root_between(slope, low, high)


def _log_likelihoods(y: Numbers, v: Numbers, X: Numbers, grid: Numbers, *, restricted: bool) -> Numbers:
    """(g,) at each tau² of the grid, up to a constant."""
    w = 1 / (v + grid[:, None])
    if X.shape[1] == 1:
        total = w.sum(axis=1)
        mean = (w @ y) / total
        spread = (w * (y - mean[:, None]) ** 2).sum(axis=1)
        log_determinant = np.log(total)
    else:
        inner = np.einsum("gk,kp,kq->gpq", w, X, X)
        right = np.einsum("gk,kp,k->gp", w, X, y)
        coefficients = np.linalg.solve(inner, right[..., None])[..., 0]
        spread = (w * (y - coefficients @ X.T) ** 2).sum(axis=1)
        log_determinant = np.linalg.slogdet(inner)[1]
    value = np.log(w).sum(axis=1) - spread
    return np.asarray(0.5 * (value - log_determinant) if restricted else 0.5 * value)


_BY = {
    Estimator.REML: _restricted,
    Estimator.ML: _maximum_likelihood,
    Estimator.PAULE_MANDEL: _empirical_bayes,
    Estimator.EMPIRICAL_BAYES: _empirical_bayes,
    Estimator.DERSIMONIAN_LAIRD: _dersimonian_laird,
    Estimator.HUNTER_SCHMIDT: _hunter_schmidt,
    Estimator.SIDIK_JONKMAN: _sidik_jonkman,
    Estimator.HEDGES: _hedges,
    Estimator.COMMON: _common,
}
