"""Measurements of people in groups, ready for a factor model of two levels: sums within groups, and means of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.sample import ContinuousSample, continuous_sample
from lerend.wording import say, say_many

LEAST_GROUPS: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class GroupsOfSize:
    """All groups with as many people.

    Attributes:
        size: people in each.
        which: (count,) places among all groups.
        mean: (k,) of their means.
        scatter: (k, k) squares of their means around that, over groups.
    """

    size: int
    which: NDArray[np.intp]
    mean: NDArray[np.float64]
    scatter: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TwoLevelSample:
    """People in J groups, k items.

    Attributes:
        whole: everybody as one group, for what does not look at groups.
        sizes: (J,) people in each group.
        means: (J, k) of each group.
        scatters: (J, k, k) sums of squares within each.
        classes: groups by their size.
    """

    whole: ContinuousSample
    sizes: NDArray[np.intp]
    means: NDArray[np.float64]
    scatters: NDArray[np.float64]
    classes: tuple[GroupsOfSize, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return self.whole.items

    @property
    def people(self) -> int:
        return self.whole.people

    @property
    def within(self) -> NDArray[np.float64]:
        """(k, k) covariances within groups, over people minus groups."""
        return np.asarray(self.scatters.sum(axis=0) / (self.people - len(self.sizes)))

    @property
    def between(self) -> NDArray[np.float64]:
        """(k, k) covariances of means of groups, which hold some of those within."""
        middle = self.means.mean(axis=0)
        return np.asarray((self.means - middle).T @ (self.means - middle) / len(self.means))


def two_level_sample(values: NDArray[np.float64], groups: NDArray[np.int64], items: Sequence[str]) -> TwoLevelSample:
    """The sums of people in groups.

    Args:
        values: (people, k) numbers; who lacks one is left out.
        groups: (people,) number of each person's group; who has -1 is left out.
        items: ids of the k columns.

    Raises:
        ModelCannotBeFitted: as `continuous_sample`; fewer than ten groups, or hardly anybody who shares one.
    """
    known = (groups >= 0) & ~np.isnan(values).any(axis=1)
    whole = continuous_sample(np.where((groups >= 0)[:, np.newaxis], values, np.nan), items)
    values, names = values[known], groups[known]
    _, which, sizes = np.unique(names, return_inverse=True, return_counts=True)
    which = np.asarray(which).ravel()
    if len(sizes) < LEAST_GROUPS or len(values) - len(sizes) < len(items) + 2:
        raise _too_few_groups(len(sizes))
    means = _summed(values, which, len(sizes)) / sizes[:, np.newaxis]
    apart = values - means[which]
    scatters = np.stack([_summed(apart * apart[:, [item]], which, len(sizes)) for item in range(len(items))], axis=1)
    return TwoLevelSample(whole, sizes, means, scatters, _classes(sizes, means))


def moments_alone(sample: TwoLevelSample, within: Sequence[int], between: Sequence[int]) -> float:
    """Log likelihood of some columns by themselves, with means and covariances of their own: of people, and of groups.

    Args:
        within, between: rows of the items whose people, or groups, are taken as unrelated.
    """
    of_people = sample.whole.covariance[np.ix_(list(within), list(within))]
    values = sample.means[:, list(between)]
    of_groups = np.cov(values.T, bias=True).reshape(len(between), len(between)) if between else np.zeros((0, 0))
    return _largest(of_people, sample.people) + _largest(of_groups, len(sample.sizes))


def _largest(covariance: NDArray[np.float64], rows: int) -> float:
    k = len(covariance)
    return -rows * (k * float(np.log(2 * np.pi)) + float(np.linalg.slogdet(covariance)[1]) + k) / 2 if k else 0.0


def _summed(values: NDArray[np.float64], which: NDArray[np.intp], groups: int) -> NDArray[np.float64]:
    """(groups, k) sums of rows by group."""
    return np.column_stack([np.bincount(which, column, groups) for column in values.T])


def _classes(sizes: NDArray[np.intp], means: NDArray[np.float64]) -> tuple[GroupsOfSize, ...]:
    found = []
    for size in np.unique(sizes):
        (which,) = np.nonzero(sizes == size)
        mean = means[which].mean(axis=0)
        apart = means[which] - mean
        found.append(GroupsOfSize(int(size), which, mean, apart.T @ apart / len(which)))
    return tuple(found)


def _too_few_groups(groups: int) -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                "groups",
                say_many(
                    "There is {count} group, or hardly anybody shares one.",
                    "There are {count} groups, or hardly anybody shares one.",
                    groups,
                ),
                say("Two levels take {least} groups or more with several people each.", least=LEAST_GROUPS),
            )
        ]
    )
