"""How reliably a scale measures: omega total and its kin from one common factor, from covariances alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.covariance import within_covariance
from lerend.statistics.factor import OneFactor, one_factor
from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.reliability import normal_theory_error
from lerend.statistics.sufficient import Statistics


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


def omega(
    statistics: Statistics,
    items: Sequence[str],
    *,
    within: int = 0,
    categories_of: Mapping[str, int] | None = None,
    level: float = 0.95,
) -> Omega | None:
    """Omega of a scale; None for the reasons of `omega_total`; `within` as in `reliability.alpha`."""
    covariance = within_covariance(statistics, items, depth=within, categories_of=categories_of)
    return omega_total(covariance.matrix, covariance.people, level=level)


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
    error = normal_theory_error(covariance, people)
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
