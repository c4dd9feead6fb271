"""How much of the differences between people lies between their units: ICC(1) and ICC(2), from group sums alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.covariance import (
    between_sum_of_squares,
    nothing_missing,
    pair_counts,
    score_covariance,
    unit_means,
    within_covariance,
)
from lerend.statistics.interval import Interval, f_quantiles
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class GroupSums:
    """What a one-way analysis of variance needs to know.

    Attributes:
        size: (J,) people per group; a fraction where some of them answered only some items of the scale.
        mean: (J,) group means.
        within: mean square within the groups.
        freedom: degrees of freedom of `within`; people minus groups where nothing is missing.
    """

    size: NDArray[np.float64]
    mean: NDArray[np.float64]
    within: float
    freedom: float

    @property
    def people(self) -> float:
        return float(self.size.sum())


@dataclass(frozen=True, slots=True)
class Clustering:
    """A one-way analysis of variance over groups.

    Attributes:
        icc1: share of the variance that lies between groups, with group size n0 that unequal groups ask for; can be
            negative, which means: no more between groups than chance makes.
        icc1_of_mean_size: the same with the plain mean group size (Bliese's; `ICC1` of the R package multilevel).
        icc2: reliability of a group mean, (between - within) / between mean square; negative where `icc1` is.
        icc1_interval, icc2_interval: from the F distribution; exact for equal groups, close for unequal ones.
        standard_error: of `icc1`, for unequal groups (Smith 1956).
        f: between over within mean square; infinite where people within groups never differ.
        p: probability of an F this large when groups do not differ.
        groups, people: how many.
        mean_size, n0: mean group size, and the size that equal groups would need for the same expected mean square.
        between, within: mean squares.
    """

    icc1: float
    icc1_of_mean_size: float
    icc2: float
    icc1_interval: Interval
    icc2_interval: Interval
    standard_error: float
    f: float
    p: float
    groups: int
    people: float
    mean_size: float
    n0: float
    between: float
    within: float


def clustering(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int = 1,
    categories_of: Mapping[str, int] | None = None,
    level: float = 0.95,
) -> Clustering | None:
    """ICC(1) and ICC(2) of a scale (or of one item) over the units that `depth` parts of a path name.

    None for the reasons of `group_sums` and `one_way`.
    """
    sums = group_sums(statistics, items, depth=depth, categories_of=categories_of)
    return None if sums is None else one_way(sums, level=level)


def group_sums(
    statistics: Statistics,
    items: Sequence[str],
    *,
    depth: int = 1,
    categories_of: Mapping[str, int] | None = None,
) -> GroupSums | None:
    """Sizes, means and mean square within of a scale score, the mean of its item means.

    A unit counts for as many people as would give its score the variance that it has: all of them where everybody
    answered every item, fewer where some did not. Units in which nobody answered one of the items are left out.

    None where a covariance within units is unknown (fewer than two people beyond one a unit answered both items).
    """
    covariance = within_covariance(statistics, items, depth=depth, categories_of=categories_of)
    if not covariance.known or not items:
        return None
    means = unit_means(statistics, items, depth=depth, categories_of=categories_of)
    counted = ~np.isnan(means.score)
    item_n = means.item_n[counted]
    if nothing_missing(statistics, items):
        size = item_n[:, 0].astype(np.float64)
    else:
        pairs = pair_counts(statistics, items, depth=depth)[counted]
        size = _effective_size(covariance.matrix, pairs, item_n)
    within = float(score_covariance(covariance, [items])[0, 0])
    return GroupSums(
        size=size,
        mean=means.score[counted],
        within=max(within, 0.0),
        freedom=covariance.people - 1,
    )


def sums_of_rows(value: NDArray[np.float64], group: NDArray[np.intp]) -> GroupSums:
    """The same from rows: one value a person, and the number of the group, of which each from 0 up occurs."""
    size = np.bincount(group).astype(np.float64)
    mean = np.bincount(group, value) / size
    freedom = len(value) - len(size)
    scatter = float(((value - mean[group]) ** 2).sum())
    return GroupSums(size, mean, scatter / freedom if freedom else 0.0, float(freedom))


def one_way(sums: GroupSums, *, level: float = 0.95) -> Clustering | None:
    """The analysis of variance.

    None with fewer than two groups, without any group of two people, where nobody differs from anybody, or where so much
    is missing that the groups are worth no more than one person each.
    """
    groups = len(sums.size)
    if groups < 2 or sums.freedom <= 0:
        return None
    between = between_sum_of_squares(sums.size, sums.mean) / (groups - 1)
    if between <= 0 and sums.within <= 0:
        return None
    mean_size = sums.people / groups
    n0 = (sums.people - float((sums.size**2).sum()) / sums.people) / (groups - 1)
    if n0 <= 1:
        return None
    high, low = f_quantiles(level, groups - 1, sums.freedom)
    value = _icc1(between, sums.within, n0)
    f = between / sums.within if sums.within > 0 else math.inf
    return Clustering(
        icc1=value,
        icc1_of_mean_size=_icc1(between, sums.within, mean_size),
        icc2=_icc2(between, sums.within),
        icc1_interval=Interval(_icc1(between, low * sums.within, n0), _icc1(between, high * sums.within, n0)),
        icc2_interval=Interval(_icc2(between, low * sums.within), _icc2(between, high * sums.within)),
        standard_error=_smith_error(value, n0, sums),
        f=f,
        p=_upper_tail(f, groups - 1, sums.freedom),
        groups=groups,
        people=sums.people,
        mean_size=mean_size,
        n0=n0,
        between=between,
        within=sums.within,
    )


def _effective_size(
    covariance: NDArray[np.float64], pairs: NDArray[np.float64], item_n: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Variance of one person's score over the variance of the unit's score: how many whole people it is worth."""
    share = pairs / (item_n[:, :, np.newaxis] * item_n[:, np.newaxis, :])
    of_unit = (share * covariance).sum(axis=(1, 2))
    of_person = covariance.sum()
    fallback = item_n.mean(axis=1)  # nobody differs within any unit: only the numbers themselves are left
    differs = (of_unit > 1e-12) & (of_person > 1e-12)
    return np.asarray(np.divide(of_person, of_unit, out=fallback, where=differs))


def _icc1(between: float, within: float, size: float) -> float:
    spread = between + (size - 1) * within
    return (between - within) / spread if spread > 0 else 0.0


def _icc2(between: float, within: float) -> float:
    """Minus infinity where the group means are all the same although people differ."""
    return (between - within) / between if between > 0 else -math.inf


def _upper_tail(f: float, above: float, below: float) -> float:
    from scipy.special import fdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(fdtrc(above, below, f)) if math.isfinite(f) else 0.0


def _smith_error(icc1: float, n0: float, sums: GroupSums) -> float:
    groups, people, size = len(sums.size), sums.people, sums.size
    unequal = (size**2).sum() - 2 * (size**3).sum() / people + ((size**2).sum() / people) ** 2
    inside = (1 + icc1 * (n0 - 1)) ** 2 / sums.freedom
    outside = (groups - 1) * (1 - icc1) * (1 + icc1 * (2 * n0 - 1)) + icc1**2 * unequal
    return float(math.sqrt(max(2 * (1 - icc1) ** 2 / n0**2 * (inside + outside / (groups - 1) ** 2), 0.0)))
