"""How much the people of one unit agree, from the counts of their answers alone.

Agreement is judged against the spread that answers without any agreement would have. What that spread is, is a choice
(the *null*), and the choice rules the result: always show at least two. See `chance` for how much agreement arises by
chance alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.statistics.answer_sums import AnswerSums, answer_sums
from lerend.statistics.covariance import unit_counts
from lerend.statistics.nulls import Null, null_variance
from lerend.statistics.sufficient import Statistics


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
    return agreements(statistics, items, nulls=(null,), depth=depth, categories_of=categories_of)[0]


def agreements(
    statistics: Statistics,
    items: Sequence[str],
    *,
    nulls: Sequence[Null],
    depth: int | None = None,
    categories_of: Mapping[str, int] | None = None,
) -> tuple[Agreement, ...]:
    """The same against several nulls, which is how agreement should be shown; the answers are gone through once."""
    units, _, counts = unit_counts(statistics, items, depth=depth)
    categories = _categories(statistics, items, categories_of)
    sums = answer_sums(counts)
    variance, raters = sums.variance, _raters(sums)
    return tuple(_against(null, units, raters, variance, categories) for null in nulls)


def deviation(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int | None = None,
    categories_of: Mapping[str, int] | None = None,
) -> Deviation:
    """Agreement on a scale in every unit without a null: awg and average deviation; arguments as in `agreement`."""
    units, _, counts = unit_counts(statistics, items, depth=depth)
    sums = answer_sums(counts)
    awg_item = awg(sums, np.array(_categories(statistics, items, categories_of)))
    from_mean = average_deviation(counts, sums.n, sums.mean)
    from_median = average_deviation(counts, sums.n, _medians(counts, sums.n))
    known = ~np.isnan(awg_item)
    total = np.where(known, awg_item, 0.0).sum(axis=1)
    number = known.sum(axis=1)
    return Deviation(
        units=units,
        raters=_raters(sums),
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


def rwg_j(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """(G,) rwg(j), from 0 to 1, from (G, k) item variances as a share of the null's (James, Demaree & Wolf 1984)."""
    k = share.shape[1]
    spread = np.minimum(_row_means(share), 1.0)
    agreed = k * (1 - spread)
    return np.asarray(agreed / (agreed + spread))


def awg(sums: AnswerSums, categories: NDArray[np.int64]) -> NDArray[np.float64]:
    """(G, k) awg from sums (G, k), and the number of categories of each of the k items."""
    n, mean, variance = sums.n, sums.mean, sums.variance
    low, high = 1.0, categories.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        widest = ((high + low) * mean - mean**2 - high * low) * n / (n - 1)
        value = np.where(variance == 0, 1.0, 1 - 2 * variance / widest)
        at_end = (mean == low) | (mean == high)
        readable = (mean >= (low * (n - 1) + high) / n) & (mean <= (high * (n - 1) + low) / n)
    return np.where((n > 1) & (readable | at_end), value, np.nan)


def average_deviation(
    counts: NDArray[np.int64], n: NDArray[np.float64], centre: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(G, k) mean absolute distance to a centre, in categories; NaN for fewer than two answers."""
    total = np.zeros(n.shape)
    for place in range(counts.shape[-1]):
        total += counts[..., place] * np.abs(place + 1 - centre)
    return np.asarray(np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 1))


def _against(
    null: Null,
    units: tuple[Path, ...],
    raters: NDArray[np.int64],
    variance: NDArray[np.float64],
    categories: Sequence[int],
) -> Agreement:
    share = variance / np.array([null_variance(number, null) for number in categories])
    return Agreement(
        null=null,
        units=units,
        raters=raters,
        item=1 - share,
        scale=rwg_j(share),
        linear=1 - _row_means(share),
    )


def _categories(statistics: Statistics, items: Sequence[str], categories_of: Mapping[str, int] | None) -> list[int]:
    return [(categories_of or {}).get(item, statistics.categories) for item in items]


def _raters(sums: AnswerSums) -> NDArray[np.int64]:
    n = sums.n.astype(np.int64)
    return n.min(axis=1) if n.shape[1] else np.zeros(len(n), dtype=np.int64)


def _row_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    k = values.shape[1]
    return np.asarray(values @ np.full(k, 1 / k)) if k else np.full(len(values), np.nan)


def _medians(counts: NDArray[np.int64], n: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle answer, or halfway between the two middle ones; NaN where there is none."""
    lower, upper = np.ceil(n / 2), np.floor(n / 2) + 1
    twice, reached = np.full(n.shape, 2.0), np.zeros(n.shape)
    for place in range(counts.shape[-1]):
        reached += counts[..., place]
        twice += reached < lower
        twice += reached < upper
    return np.where(n > 0, twice / 2, np.nan)
