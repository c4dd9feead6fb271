"""Means and covariances of one group without its rows: all that a closed wave keeps of the items of a scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.trouble import too_few_categories, too_few_people
from lerend.statistics.structure.continuous.sample import LEAST_PEOPLE, ContinuousSample, Pattern, refuse_singular


@dataclass(frozen=True, slots=True, eq=False)
class ItemSums:
    """Items of one scale over one group of people, k items.

    Attributes:
        items: in the order of both axes.
        people: how many are behind the numbers; where it differs between pairs of items, the smallest.
        mean: (k,) in points.
        covariance: (k, k) with divisor n - 1, in squared points.
    """

    items: tuple[str, ...]
    people: int
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]


def sample_of_sums(sums: ItemSums, *, group: str = "people") -> ContinuousSample:
    """What factor analysis by `ML` needs of a group; there are no rows, so nothing robust can be had of it.

    Args:
        sums: means and covariances.
        group: what the group is called when something is wrong with it.

    Raises:
        ModelCannotBeFitted: hardly more people than items, an item without spread, or covariances that no people can
            have, which pairs of items with other people behind each can give.
    """
    least = max(LEAST_PEOPLE, len(sums.items) + 2)
    if sums.people < least:
        raise too_few_people(sums.people, least, group)
    flat = [item for item, variance in zip(sums.items, sums.covariance.diagonal(), strict=True) if not variance > 0]
    if flat:
        raise too_few_categories(flat)
    covariance = sums.covariance * (sums.people - 1) / sums.people
    k = len(sums.items)
    whole = Pattern(np.ones(k, dtype=np.bool_), slice(0, 0), sums.people, sums.mean, covariance)
    sample = ContinuousSample(sums.items, np.zeros((0, k)), (whole,), sums.mean, covariance, 0)
    refuse_singular(sample)
    return sample


def sums_of_values(values: NDArray[np.float64], items: tuple[str, ...]) -> ItemSums:
    """The sums of rows.

    Args:
        values: (people, k); nothing may be missing.
        items: ids of the k columns.
    """
    people, k = values.shape
    if people < 2:
        return ItemSums(items, people, np.zeros(k), np.zeros((k, k)))
    covariance = np.atleast_2d(np.cov(values, rowvar=False))
    return ItemSums(items, people, values.mean(axis=0), np.asarray(covariance, dtype=np.float64))
