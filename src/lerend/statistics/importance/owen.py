"""Owen values: explained variance divided over groups of factors first, and within each group over its factors.

Owen (1977), in Henn & Moeschlin (eds.), Mathematical Economics and Game Theory. A Shapley value is the mean gain over all orders
in which factors can enter; an Owen value is the mean over those orders in which the factors of a group enter one right after the
other. So 2^groups times 2^(factors of the largest group) subsets are enough, where a Shapley value takes 2^factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.importance.subsets import explained_by_subsets, shapley_values, shapley_weights
from lerend.statistics.interval import Interval
from lerend.statistics.regression.problems import cannot_be_fitted
from lerend.wording import say

Floats = NDArray[np.float64]
MOST_SUBSETS: Final = 2**20
"""Subsets that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Shares of groups, and of factors within them.

    Attributes:
        names: (m,) of the groups, in the order in which they first occur.
        group_of: (k,) the place of each factor's group in `names`.
        total: (m,) share of each group: the Shapley value among groups, and the sum of its factors' values.
        value: (k,) Owen value of each factor; all add up to R-squared, none is below zero.
        total_interval, value_interval: from draws; empty where there were none, or too many subsets for them.
    """

    names: tuple[str, ...]
    group_of: tuple[int, ...]
    total: Floats
    value: Floats
    total_interval: tuple[Interval, ...]
    value_interval: tuple[Interval, ...]


def groups_of(labels: Sequence[str], factors: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names of groups in the order in which they first occur, and the place of each factor's group among them.

    Raises:
        CannotBeFitted: not one label for each factor, or more subsets than can be looked at.
    """
    if len(labels) != factors:
        what = say("There are {labels} groups for {factors} factors.", labels=len(labels), factors=factors)
        raise cannot_be_fitted("groups", what, say("Name the group of each factor, in the order of the factors."))
    names = tuple(dict.fromkeys(labels))
    places = tuple(names.index(label) for label in labels)
    if subsets_of(places) > MOST_SUBSETS:
        what = say("{factors} factors in {groups} groups make too many subsets.", factors=factors, groups=len(names))
        raise cannot_be_fitted(
            "groups", what, say("Make groups of more equal size; some five groups of five are quick.")
        )
    return names, places


def subsets_of(group_of: Sequence[int]) -> int:
    """How many subsets of factors are looked at."""
    sizes: list[int] = np.bincount(np.asarray(group_of, dtype=np.int64)).tolist()
    return sum(2 ** (len(sizes) - 1 + size) for size in sizes)


def owen_values(correlation: Floats, group_of: Sequence[int]) -> Floats:
    """(…, k) value of each factor.

    For a group, every set of other groups is taken as having entered whole: what is left of the group's factors and the
    outcome after these (their conditional covariances) is divided by Shapley values, and sets of other groups are weighed as
    in a Shapley value among groups (Owen 1977, equation 4).

    Args:
        correlation: (…, k + 1, k + 1), the outcome last; covariances will do, the outcome with variance 1.
        group_of: (k,) place of each factor's group, from 0 on.
    """
    group = np.asarray(group_of, dtype=np.int64)
    groups = int(group.max()) + 1
    weight = shapley_weights(groups)
    values = np.empty((*correlation.shape[:-2], len(group)))
    for own in range(groups):
        inside = np.flatnonzero(group == own)
        left = _after_others(correlation, group, own)
        gains = shapley_values(explained_by_subsets(left))
        values[..., inside] = np.einsum("...hk,h->...k", gains, weight)
    return values


def _after_others(correlation: Floats, group: NDArray[np.int64], own: int) -> Floats:
    """(…, 2^(groups - 1), b + 1, b + 1) covariances of a group's factors and the outcome, after every set of other groups."""
    others = [place for place in range(int(group.max()) + 1) if place != own]
    order = np.concatenate([*(np.flatnonzero(group == place) for place in others), np.flatnonzero(group == own), [-1]])
    left = correlation[..., order[:, np.newaxis], order][..., np.newaxis, :, :]
    for place in others:
        size = int((group == place).sum())
        pivot, across, rest = left[..., :size, :size], left[..., :size, size:], left[..., size:, size:]
        swept = rest - np.swapaxes(across, -1, -2) @ np.linalg.solve(pivot, across)
        left = np.concatenate([rest, swept], axis=-3)
    return left
