"""How much the people of one unit agree, from the counts of their answers alone.

Agreement is judged against the spread that answers without any agreement would have. What that spread is, is a choice
(the *null*), and the choice rules the result: always show at least two. See `chance` for how much agreement arises by
chance alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.covariance import unit_counts
from lerend.statistics.sufficient import Statistics


class Null(StrEnum):
    """How answers are spread when nobody agrees."""

    UNIFORM = "uniform"
    SLIGHT_SKEW = "slight_skew"
    MODERATE_SKEW = "moderate_skew"
    HEAVY_SKEW = "heavy_skew"


_SHARES_OF_FIVE: Final = {
    Null.SLIGHT_SKEW: (0.05, 0.15, 0.20, 0.35, 0.25),
    Null.MODERATE_SKEW: (0.0, 0.10, 0.15, 0.40, 0.35),
    Null.HEAVY_SKEW: (0.0, 0.0, 0.10, 0.40, 0.50),
}
"""Shares of answers 1 to 5 (James, Demaree & Wolf 1984; LeBreton & Senter 2008); variances 1.34, 0.90 and 0.44."""


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Agreement per unit against one null.

    Attributes:
        null: the spread it is judged against.
        units: paths, sorted (G of them).
        raters: (G,) the smallest number who answered any item of the scale.
        item: (G, k) rwg per item, 1 - variance / null variance; negative where answers are spread wider than the
            null. NaN where fewer than two people answered the item.
        scale: (G,) rwg(j) of the scale, from 0 to 1: 0 where the mean variance reaches the null's. NaN where an item
            is NaN.
        linear: (G,) r*wg(j), 1 - mean variance / null variance (Lindell, Brandt & Whitney 1999): does not grow with
            the number of items, and is not cut off at 0. NaN where an item is NaN.

    rwg(j) has no value below zero that means anything: its formula jumps from minus to plus infinity where the
    variance is j / (j - 1) times the null's. `linear` is the measure that is not cut off.
    """

    null: Null
    units: tuple[Path, ...]
    raters: NDArray[np.int64]
    item: NDArray[np.float64]
    scale: NDArray[np.float64]
    linear: NDArray[np.float64]

    @property
    def item_cut_off(self) -> NDArray[np.float64]:
        """`item` with negative values as 0, as it is often published."""
        return np.maximum(self.item, 0.0)


@dataclass(frozen=True, slots=True)
class AgreementSummary:
    """Agreement over the units that have enough raters: how many units, mean and median rwg(j), share of .70 or more."""

    units: int
    mean: float
    median: float
    strong: float


@dataclass(frozen=True, slots=True, eq=False)
class Deviation:
    """Agreement per unit that needs no null.

    Attributes:
        units: paths, sorted (G of them).
        raters: (G,) the smallest number who answered any item of the scale.
        awg_item: (G, k) awg, 1 at full agreement and -1 at the widest spread that the mean allows (Brown &
            Hauenstein 2005). NaN with fewer than two raters, and where the mean is so near an end of the scale that
            so few raters could not disagree more.
        awg: (G,) mean over the items that have a value; NaN where none has.
        from_mean_item, from_median_item: (G, k) average absolute distance to the unit's mean (median), in
            categories (Burke, Finkelstein & Dusig 1999). NaN with fewer than two raters.
        from_mean, from_median: (G,) mean over the items; NaN where an item is NaN.
    """

    units: tuple[Path, ...]
    raters: NDArray[np.int64]
    awg_item: NDArray[np.float64]
    awg: NDArray[np.float64]
    from_mean_item: NDArray[np.float64]
    from_median_item: NDArray[np.float64]
    from_mean: NDArray[np.float64]
    from_median: NDArray[np.float64]


def agreement(
    statistics: Statistics,
    items: Sequence[str],
    *,
    null: Null = Null.UNIFORM,
    depth: int | None = None,
    categories_of: Mapping[str, int] | None = None,
) -> Agreement:
    """Agreement on a scale in every unit: rwg and rwg(j).

    People with missing answers count for the items that they did answer.

    Args:
        depth: how many parts of a path name a unit; None for the finest units there are.
        categories_of: how many answer categories an item has, for items with fewer than `statistics.categories`.
    """
    units, _, counts = unit_counts(statistics, items, depth=depth)
    categories = _categories(statistics, items, categories_of)
    expected = np.array([null_variance(number, null) for number in categories])
    share = item_variances(counts) / expected
    return Agreement(
        null=null,
        units=units,
        raters=_raters(counts),
        item=1 - share,
        scale=rwg_j(share),
        linear=1 - _row_means(share),
    )


def deviation(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int | None = None,
    categories_of: Mapping[str, int] | None = None,
) -> Deviation:
    """Agreement on a scale in every unit without a null: awg and average deviation; arguments as in `agreement`."""
    units, _, counts = unit_counts(statistics, items, depth=depth)
    awg_item = awg(counts, np.array(_categories(statistics, items, categories_of)))
    from_mean = average_deviation(counts, _means(counts))
    from_median = average_deviation(counts, _medians(counts))
    known = ~np.isnan(awg_item)
    total = np.where(known, awg_item, 0.0).sum(axis=1)
    number = known.sum(axis=1)
    return Deviation(
        units=units,
        raters=_raters(counts),
        awg_item=awg_item,
        awg=np.divide(total, number, out=np.full(len(units), np.nan), where=number > 0),
        from_mean_item=from_mean,
        from_median_item=from_median,
        from_mean=_row_means(from_mean),
        from_median=_row_means(from_median),
    )


def summary(agreement: Agreement, *, least_raters: int = 5) -> AgreementSummary | None:
    """What to say about a scale over all units; None where no unit has that many raters.

    Fewer than five raters reach .70 by chance too often for any claim.
    """
    values = agreement.scale[(agreement.raters >= max(least_raters, 2)) & ~np.isnan(agreement.scale)]
    if len(values) == 0:
        return None
    return AgreementSummary(len(values), float(values.mean()), float(np.median(values)), float((values >= 0.7).mean()))


def null_variance(categories: int, null: Null) -> float:
    """Variance of answers 1 to `categories` when nobody agrees.

    Uniform: (A² - 1) / 12. The skewed shapes are published for five categories; for another number the same
    cumulative shape (straight between its five steps) is cut into that many equal parts, which is a choice of ours.
    """
    if null is Null.UNIFORM:
        return (categories**2 - 1) / 12
    reached = np.concatenate([[0.0], np.cumsum(_SHARES_OF_FIVE[null])])
    shares = np.diff(np.interp(np.linspace(0, 1, categories + 1), np.linspace(0, 1, 6), reached))
    answers = np.arange(1, categories + 1)
    return float(shares @ answers**2 - (shares @ answers) ** 2)


def item_variances(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """(..., ) variances, divisor n - 1, from (..., A) counts; NaN for fewer than two answers."""
    n = counts.sum(axis=-1)
    answers = np.arange(counts.shape[-1])
    scatter = n * (counts @ answers**2) - (counts @ answers) ** 2  # whole numbers: nothing is lost
    return np.asarray(np.divide(scatter, n * (n - 1), out=np.full(n.shape, np.nan), where=n > 1))


def rwg_j(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """(G,) rwg(j), from 0 to 1, from (G, k) item variances as a share of the null's (James, Demaree & Wolf 1984)."""
    k = share.shape[1]
    spread = np.minimum(_row_means(share), 1.0)
    agreed = k * (1 - spread)
    return np.asarray(agreed / (agreed + spread))


def awg(counts: NDArray[np.int64], categories: NDArray[np.int64]) -> NDArray[np.float64]:
    """(G, k) awg from (G, k, A) counts, and the number of categories of each of the k items."""
    n = counts.sum(axis=-1)
    mean = _means(counts)
    low, high = 1.0, categories.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        widest = ((high + low) * mean - mean**2 - high * low) * n / (n - 1)
        value = np.where(item_variances(counts) == 0, 1.0, 1 - 2 * item_variances(counts) / widest)
        at_end = (mean == low) | (mean == high)
        readable = (mean >= (low * (n - 1) + high) / n) & (mean <= (high * (n - 1) + low) / n)
    return np.where((n > 1) & (readable | at_end), value, np.nan)


def average_deviation(counts: NDArray[np.int64], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """(G, k) mean absolute distance to a centre, in categories; NaN for fewer than two answers."""
    n = counts.sum(axis=-1)
    distance = np.abs(np.arange(1, counts.shape[-1] + 1) - np.nan_to_num(centre)[..., np.newaxis])
    return np.asarray(np.divide((counts * distance).sum(axis=-1), n, out=np.full(n.shape, np.nan), where=n > 1))


def _categories(statistics: Statistics, items: Sequence[str], categories_of: Mapping[str, int] | None) -> list[int]:
    return [(categories_of or {}).get(item, statistics.categories) for item in items]


def _raters(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    n = counts.sum(axis=2)
    return n.min(axis=1) if n.shape[1] else np.zeros(len(n), dtype=np.int64)


def _row_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values.mean(axis=1) if values.shape[1] else np.full(len(values), np.nan)


def _means(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    n = counts.sum(axis=-1)
    sums = counts @ np.arange(1, counts.shape[-1] + 1)
    return np.asarray(np.divide(sums, n, out=np.full(n.shape, np.nan), where=n > 0))


def _medians(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The middle answer, or halfway between the two middle ones; NaN where there is none."""
    n = counts.sum(axis=-1)
    reached = counts.cumsum(axis=-1)
    lower = (reached < (n[..., np.newaxis] + 1) // 2).sum(axis=-1) + 1
    upper = (reached < n[..., np.newaxis] // 2 + 1).sum(axis=-1) + 1
    return np.where(n > 0, (lower + upper) / 2, np.nan)
