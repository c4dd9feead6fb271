"""How reliably a scale measures: alpha and omega with intervals, from covariances alone.

Intervals that need fourth-order moments of the answers (asymptotically distribution-free ones) cannot be had from sums
of pairs, and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.covariance import Covariance, within_covariance
from lerend.statistics.factor import OneFactor, one_factor
from lerend.statistics.interval import Interval, f_quantiles, normal_quantile
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha: a lower bound to reliability, equal to it when all items weigh the same.

    Attributes:
        value: alpha of the sum (or mean) of the items; can be negative.
        standardised: alpha of the correlations; None where an item has no variance.
        lambda2: Guttman's second lower bound, never below alpha.
        feldt: exact under equal covariances and normal answers (Feldt 1965).
        bonett: from the variance-stabilised logarithm (Bonett 2002).
        duhachek: from the normal-theory standard error (van Zyl, Neudecker & Nel 2000; Duhachek & Iacobucci 2004).
        standard_error: the normal-theory standard error.
        items: how many.
        people: how many people the intervals count on.
    """

    value: float
    standardised: float | None
    lambda2: float
    feldt: Interval
    bonett: Interval
    duhachek: Interval
    standard_error: float
    items: int
    people: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemAnalysis:
    """What each item adds to its scale.

    Attributes:
        item_rest: (k,) correlation with the sum of the other items; NaN where either has no variance.
        alpha_if_deleted: (k,) alpha of the other items; NaN where fewer than two are left or they have no variance.
    """

    item_rest: NDArray[np.float64]
    alpha_if_deleted: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega total: the share of the variance of the sum of the items that one common factor accounts for.

    Attributes:
        value: (sum of loadings)² over the variance that the one-factor model implies.
        of_observed: the same over the variance that was observed.
        standard_error: by the delta method from the expected information.
        interval: from the logit of omega, so it stays between 0 and 1 (Raykov & Marcoulides 2011).
        wald: omega plus and minus standard errors.
        composite: the same as `value` for standardised items (composite reliability).
        extracted: average share of an item's variance that the factor accounts for.
        coefficient_h: reliability of the best weighted sum.
        equal_loadings: true for two items, where loadings cannot be told apart; omega then equals alpha.
        items: how many.
        people: how many people the intervals count on.
    """

    value: float
    of_observed: float
    standard_error: float
    interval: Interval
    wald: Interval
    composite: float
    extracted: float
    coefficient_h: float
    equal_loadings: bool
    items: int
    people: float


def alpha(
    statistics: Statistics,
    items: Sequence[str],
    *,
    within: int = 0,
    categories_of: Mapping[str, int] | None = None,
    level: float = 0.95,
) -> Alpha | None:
    """Alpha of a scale; None for the reasons of `cronbach_alpha`.

    Args:
        within: how many parts of a path name the units within which people are compared; 0 compares everybody.
    """
    covariance = within_covariance(statistics, items, depth=within, categories_of=categories_of)
    return cronbach_alpha(covariance.matrix, covariance.people, level=level)


def omega(
    statistics: Statistics,
    items: Sequence[str],
    *,
    within: int = 0,
    categories_of: Mapping[str, int] | None = None,
    level: float = 0.95,
) -> Omega | None:
    """Omega of a scale; None for the reasons of `omega_total`; `within` as in `alpha`."""
    covariance = within_covariance(statistics, items, depth=within, categories_of=categories_of)
    return omega_total(covariance.matrix, covariance.people, level=level)


def cronbach_alpha(covariance: NDArray[np.float64], people: float, *, level: float = 0.95) -> Alpha | None:
    """Alpha with three intervals.

    None with fewer than two items or three people, where a covariance is unknown, or where the sum of the items does
    not vary.
    """
    k = len(covariance)
    if k < 2 or people < 3 or np.isnan(covariance).any() or covariance.sum() <= _nothing(covariance):
        return None
    value = _alpha(covariance)
    error = _alpha_error(covariance, people)
    z = normal_quantile(level)
    low_f, high_f = f_quantiles(level, people - 1, (people - 1) * (k - 1))
    spread = np.exp(z * np.sqrt(2 * k / ((k - 1) * (people - 2))))
    varies = bool((covariance.diagonal() > 0).all())
    return Alpha(
        value=value,
        standardised=_alpha(_correlations(covariance)) if varies else None,
        lambda2=_lambda2(covariance),
        feldt=Interval(1 - (1 - value) * high_f, 1 - (1 - value) * low_f),
        bonett=Interval(1 - (1 - value) * float(spread), 1 - (1 - value) / float(spread)),
        duhachek=Interval(value - z * error, value + z * error),
        standard_error=error,
        items=k,
        people=people,
    )


def item_analysis(covariance: Covariance) -> ItemAnalysis:
    """Item-rest correlations, and alpha without each item."""
    matrix = covariance.matrix
    k = len(matrix)
    with_rest = matrix.sum(axis=1) - matrix.diagonal()
    rest_variance = matrix.sum() - 2 * with_rest - matrix.diagonal()
    scale = matrix.diagonal() * rest_variance
    item_rest = np.divide(with_rest, np.sqrt(np.abs(scale)), out=np.full(k, np.nan), where=scale > 0)
    others = [np.delete(np.delete(matrix, item, axis=0), item, axis=1) for item in range(k)]
    without = [_alpha(other) if k > 2 and other.sum() > _nothing(other) else np.nan for other in others]
    return ItemAnalysis(item_rest=item_rest, alpha_if_deleted=np.array(without))


def omega_total(covariance: NDArray[np.float64], people: float, *, level: float = 0.95) -> Omega | None:
    """Omega total from a one-factor model fitted by maximum likelihood.

    Two items cannot tell their loadings apart: these are then taken as equal, which makes omega the same as alpha.

    None with fewer than two items or three people; where a covariance is unknown or the matrix is not positive
    definite; where two items do not go together positively; and where the fit is not proven (`one_factor`).
    """
    if len(covariance) < 2 or people < 3 or np.isnan(covariance).any():
        return None
    if len(covariance) == 2:
        return _omega_of_two(covariance, people, level)
    fit = one_factor(covariance, people)
    if fit is None or fit.loadings.sum() == 0:
        return None
    observed = float(covariance.sum()) * (people - 1) / people
    return _omega(fit.loadings, fit.residuals, observed, _omega_error(fit), people, level)


def _alpha(matrix: NDArray[np.float64]) -> float:
    k = len(matrix)
    return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum()))


def _nothing(matrix: NDArray[np.float64]) -> float:
    """Below this the variance of the sum of the items is rounding error."""
    return 1e-12 * float(np.abs(matrix).sum())


def _correlations(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation = np.sqrt(matrix.diagonal())
    return np.asarray(matrix / np.outer(deviation, deviation))


def _lambda2(matrix: NDArray[np.float64]) -> float:
    k = len(matrix)
    shared = matrix - np.diag(matrix.diagonal())
    return float((shared.sum() + np.sqrt(k / (k - 1) * (shared**2).sum())) / matrix.sum())


def _alpha_error(matrix: NDArray[np.float64], people: float) -> float:
    k = len(matrix)
    total, trace = matrix.sum(), np.trace(matrix)
    square = matrix @ matrix
    inner = total * (np.trace(square) + trace**2) - 2 * trace * square.sum()
    return float(np.sqrt(max(2 * k**2 / ((k - 1) ** 2 * total**3) * inner, 0.0) / people))


def _omega_error(fit: OneFactor) -> float:
    common, residual = fit.loadings.sum(), fit.residuals.sum()
    by_loading = 2 * common * residual / (common**2 + residual) ** 2
    by_residual = -(common**2) / (common**2 + residual) ** 2
    k = len(fit.loadings)
    slope = np.concatenate([np.full(k, by_loading), np.full(k, by_residual)])
    return float(np.sqrt(slope @ fit.covariance @ slope))


def _omega_of_two(covariance: NDArray[np.float64], people: float, level: float) -> Omega | None:
    shared = covariance[0, 1]
    if shared <= 0 or shared >= covariance.diagonal().min():
        return None
    loadings = np.full(2, np.sqrt(shared))
    residuals = covariance.diagonal() - shared
    error = _alpha_error(covariance, people)
    return _omega(loadings, residuals, float(covariance.sum()), error, people, level)


def _omega(
    loadings: NDArray[np.float64],
    residuals: NDArray[np.float64],
    observed: float,
    error: float,
    people: float,
    level: float,
) -> Omega:
    from scipy.special import expit, logit  # noqa: PLC0415 -- SciPy costs half a second to import

    common = loadings.sum() ** 2
    value = float(common / (common + residuals.sum()))
    z = normal_quantile(level)
    centre, reach = logit(value), z * error / (value * (1 - value))
    standard = loadings / np.sqrt(loadings**2 + residuals)
    signal = float((standard**2 / (1 - standard**2)).sum())
    return Omega(
        value=value,
        of_observed=float(common / observed),
        standard_error=error,
        interval=Interval(float(expit(centre - reach)), float(expit(centre + reach))),
        wald=Interval(value - z * error, value + z * error),
        composite=float(standard.sum() ** 2 / (standard.sum() ** 2 + (1 - standard**2).sum())),
        extracted=float((standard**2).mean()),
        coefficient_h=signal / (1 + signal),
        equal_loadings=len(loadings) == 2,
        items=len(loadings),
        people=people,
    )
