"""How far two groups are apart, in standard deviations, with intervals from the noncentral t distribution.

Means, standard deviations and numbers of people are all that is needed, so it runs on sums and on released cells.

Cohen (1988); Hedges (1981) for the correction; Steiger & Fouladi (1997) for the intervals; Bonett (2008) for unequal
spread; Glass (1976); Welch (1947).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.interval import Interval, normal_quantile
from lerend.wording import Message, say

Values = NDArray[np.float64]
_HALVINGS: Final = 200
_FIRST_REACH: Final = 0.5
"""Of an end of an interval from the statistic; doubled until the end lies within it."""


class NoDifference(LerendError):
    """Groups whose difference cannot be told in standard deviations."""


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One group.

    Attributes:
        deviation: standard deviation between people, over people − 1.
    """

    people: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Standardised:
    """A difference in standard deviations.

    Attributes:
        variance: for pooling over studies, by the large-sample formula; None where only the interval is given.
    """

    value: float
    interval: Interval
    variance: float | None


@dataclass(frozen=True, slots=True)
class Welch:
    """Whether the means differ, when groups may spread unequally."""

    t: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The first group minus the second.

    Attributes:
        raw: in points of the scale.
        d: in standard deviations within groups (Cohen); too large in small groups.
        g: the same corrected for that (Hedges, exact gamma functions): the one to show.
        correction: what `d` was multiplied with.
        unequal: in the root of the mean variance, for groups that spread unequally (Bonett); its interval is the plain one.
        glass: in standard deviations of the second group, uncorrected.
        above: chance that someone of the first group has the higher value, if both are normal and spread alike.
    """

    first: GroupSummary
    second: GroupSummary
    raw: float
    d: Standardised
    g: Standardised
    correction: float
    unequal: Standardised
    glass: Standardised
    welch: Welch
    above: float


def difference_of(first: GroupSummary, second: GroupSummary, *, level: float = 0.95) -> Difference:
    """The difference of two groups from their summaries.

    Raises:
        NoDifference: fewer than two people in a group, or a spread that is zero or not known.
    """
    _check(first, second)
    n1, n2 = first.people, second.people
    df = n1 + n2 - 2
    v1, v2 = first.deviation**2, second.deviation**2
    raw = first.mean - second.mean
    correction = _correction(df)
    unit = float(np.sqrt(1 / n1 + 1 / n2))
    d = raw / float(np.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / df))
    within = _noncentral(d, unit, df, level)
    g = correction * d
    of_g = Interval(correction * within.low, correction * within.high)
    plain = 1 / n1 + 1 / n2
    return Difference(
        first=first,
        second=second,
        raw=raw,
        d=Standardised(d, within, plain + d**2 / (2 * (n1 + n2))),
        g=Standardised(g, of_g, plain + g**2 / (2 * (n1 + n2))),
        correction=correction,
        unequal=_unequal(first, second, correction, level),
        glass=_glass(first, second, level),
        welch=_welch(first, second),
        above=_normal_below(d / float(np.sqrt(2))),
    )


def summary_of(values: Values) -> GroupSummary:
    """A group from its rows; those without a value are left out.

    Raises:
        NoDifference: fewer than two values.
    """
    known = values[~np.isnan(values)]
    if len(known) < 2:
        raise _none(say("A group has fewer than two values."), say("Put it together with another."))
    return GroupSummary(len(known), float(known.mean()), float(known.std(ddof=1)))


def dominance(first: Values, second: Values) -> float:
    """Cliff's delta: how much oftener someone of the first group is higher than lower, over all pairs; −1 to 1.

    Raises:
        NoDifference: a group without a value.
    """
    one, other = first[~np.isnan(first)], np.sort(second[~np.isnan(second)])
    if not len(one) or not len(other):
        raise _none(say("A group has no values."), say("Compare groups that answered."))
    lower = np.searchsorted(other, one, side="left").sum()
    higher = (len(other) - np.searchsorted(other, one, side="right")).sum()
    return float((lower - higher) / (len(one) * len(other)))


def _unequal(first: GroupSummary, second: GroupSummary, correction: float, level: float) -> Standardised:
    v1, v2 = first.deviation**2, second.deviation**2
    mean = (v1 + v2) / 2
    value = correction * (first.mean - second.mean) / float(np.sqrt(mean))
    f1, f2 = first.people - 1, second.people - 1
    spread = value**2 * (v1**2 / f1 + v2**2 / f2) / (8 * mean**2) + (v1 / f1 + v2 / f2) / mean
    variance = correction**2 * spread
    half = normal_quantile(level) * float(np.sqrt(variance))
    return Standardised(value, Interval(value - half, value + half), variance)


def _glass(first: GroupSummary, second: GroupSummary, level: float) -> Standardised:
    value = (first.mean - second.mean) / second.deviation
    ratio = (first.deviation / second.deviation) ** 2
    unit = float(np.sqrt(ratio / first.people + 1 / second.people))
    return Standardised(value, _noncentral(value, unit, second.people - 1, level), None)


def _welch(first: GroupSummary, second: GroupSummary) -> Welch:
    from scipy.special import stdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    e1, e2 = (group.deviation**2 / group.people for group in (first, second))
    t = (first.mean - second.mean) / float(np.sqrt(e1 + e2))
    df = (e1 + e2) ** 2 / (e1**2 / (first.people - 1) + e2**2 / (second.people - 1))
    return Welch(t, df, float(2 * stdtr(df, -abs(t))))


def _correction(df: int) -> float:
    from scipy.special import gammaln  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)) if df > 1 else 0.0


def _noncentral(value: float, unit: float, df: int, level: float) -> Interval:
    """Where the statistic `value / unit` is as far out as the level allows, on either side."""
    t = value / unit
    low = _noncentrality(t, df, (1 + level) / 2)
    high = -_noncentrality(-t, df, (1 + level) / 2)
    return Interval(low * unit, high * unit)


def _noncentrality(t: float, df: int, share: float) -> float:
    """The noncentrality, below `t`, at which this share of noncentral t lies below `t`."""
    top, reach = t, _FIRST_REACH
    while _noncentral_below(t, df, t - reach) < share:
        top, reach = t - reach, 2 * reach
    bottom = t - reach
    for _halving in range(_HALVINGS):
        middle = (bottom + top) / 2
        if middle in (bottom, top):
            break
        if _noncentral_below(t, df, middle) < share:
            top = middle
        else:
            bottom = middle
    return (bottom + top) / 2


def _noncentral_below(t: float, df: int, noncentral: float) -> float:
    """Chance that noncentral t is smaller; by its mirror image where t is below zero."""
    from scipy.special import nctdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(nctdtr(df, noncentral, t)) if t >= 0 else 1.0 - float(nctdtr(df, -noncentral, -t))


def _normal_below(z: float) -> float:
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(ndtr(z))


def _check(*groups: GroupSummary) -> None:
    if any(group.people < 2 for group in groups):
        raise _none(say("A group has fewer than two values."), say("Put it together with another."))
    if not all(np.isfinite([group.mean, group.deviation]).all() and group.deviation > 0 for group in groups):
        raise _none(
            say("In a group everybody has the same value, or a mean is not known."),
            say("Tell the difference in points of the scale instead."),
        )


def _none(what: Message, mend: Message) -> NoDifference:
    return NoDifference([Problem("groups", what, mend)])
