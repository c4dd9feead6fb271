"""How reliably a scale measures: alpha with intervals, from covariances alone.

See `distribution_free` for an interval that does not take answers as normal (it needs rows), `omega` for omega, and
`ordinal_reliability` for what lies behind ordinal answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.covariance import Covariance, within_covariance
from lerend.statistics.interval import Interval, f_quantiles, normal_quantile
from lerend.statistics.sufficient import Statistics

_LEAST: Final = 1e-9
"""Smallest variance of a weighted sum of standardised items that counts as more than none."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha: a lower bound to reliability, equal to it when all items weigh the same.

    Attributes:
        value: alpha of the sum (or mean) of the items; can be negative.
        standardised: alpha of the correlations; None where an item has no variance.
        lambda2: Guttman's second lower bound, never below alpha.
        lambda6: Guttman's sixth, from the share of each item that the others foretell, of the correlations; None where
            an item has no variance or follows from the others.
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
    lambda6: float | None
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


def cronbach_alpha(covariance: NDArray[np.float64], people: float, *, level: float = 0.95) -> Alpha | None:
    """Alpha with three intervals.

    None with fewer than two items or three people, where a covariance is unknown, or where the sum of the items does
    not vary.
    """
    k = len(covariance)
    if k < 2 or people < 3 or np.isnan(covariance).any() or covariance.sum() <= _nothing(covariance):
        return None
    value = _alpha(covariance)
    error = normal_theory_error(covariance, people)
    z = normal_quantile(level)
    low_f, high_f = f_quantiles(level, people - 1, (people - 1) * (k - 1))
    spread = np.exp(z * np.sqrt(2 * k / ((k - 1) * (people - 2))))
    varies = bool((covariance.diagonal() > 0).all())
    return Alpha(
        value=value,
        standardised=_alpha(_correlations(covariance)) if varies else None,
        lambda2=_lambda2(covariance),
        lambda6=_lambda6(_correlations(covariance)) if varies else None,
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


def _lambda6(correlations: NDArray[np.float64]) -> float | None:
    if np.linalg.eigvalsh(correlations)[0] < _LEAST:
        return None
    return float(1 - (1 / np.linalg.inv(correlations).diagonal()).sum() / correlations.sum())


def normal_theory_error(matrix: NDArray[np.float64], people: float) -> float:
    """Standard error of alpha for normal answers (van Zyl, Neudecker & Nel 2000)."""
    k = len(matrix)
    total, trace = matrix.sum(), np.trace(matrix)
    square = matrix @ matrix
    inner = total * (np.trace(square) + trace**2) - 2 * trace * square.sum()
    return float(np.sqrt(max(2 * k**2 / ((k - 1) ** 2 * total**3) * inner, 0.0) / people))
