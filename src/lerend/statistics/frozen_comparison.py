"""Which scales may be compared between closed waves of one organisation, from the sums that survived them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lerend.answers.table import Path
from lerend.statistics.answer_sums import answer_sums
from lerend.statistics.frozen import STEP, FrozenStatistics
from lerend.statistics.structure.continuous.comparable import LEAST_ITEMS, Comparable, ScaleComparison
from lerend.statistics.structure.continuous.over_waves import LEVEL, compare_scale
from lerend.statistics.structure.continuous.sums import ItemSums


def compare_frozen(
    waves: Mapping[str, FrozenStatistics], organisation: Path, *, level: float = LEVEL
) -> tuple[ScaleComparison, ...]:
    """Per scale whether people of an organisation read its items alike in all waves.

    Only scales that every wave asked about with the same items and as many answers to each; whether their words stayed the
    same is for the caller to know.

    Args:
        waves: sums of each wave, the earliest first.
        organisation: whose people; all of them together.
        level: chance of a false alarm at each step.

    Raises:
        ValueError: fewer than two waves.
    """
    if len(waves) < 2:
        raise ValueError("two or more waves are compared")
    every = tuple(waves.values())
    same = [
        scale
        for scale in every[0].scales
        if all(
            scale in frozen.scales and set(_asked(frozen, scale)) == set(_asked(every[0], scale)) for frozen in every
        )
    ]
    return tuple(compare_frozen_scale(waves, organisation, scale, level=level) for scale in same)


def compare_frozen_scale(
    waves: Mapping[str, FrozenStatistics], organisation: Path, scale: str, *, level: float = LEVEL
) -> ScaleComparison:
    """The same for one scale that all waves asked about with the same items."""
    first = next(iter(waves.values()))
    items = tuple(item for item, _ in _asked(first, scale))
    found = {name: sums_of_scale(frozen, organisation, items) for name, frozen in waves.items()}
    known = {name: sums for name, sums in found.items() if sums is not None}
    if len(items) >= LEAST_ITEMS and len(known) == len(found):
        return compare_scale(known, scale=scale, level=level)
    few = Comparable.TOO_FEW_PEOPLE if len(items) >= LEAST_ITEMS else Comparable.TOO_FEW_ITEMS
    people = tuple(sums.people if sums is not None else 0 for sums in found.values())
    return ScaleComparison(scale, items, tuple(waves), people, few)


def sums_of_scale(frozen: FrozenStatistics, organisation: Path, items: tuple[str, ...]) -> ItemSums | None:
    """Means and covariances of items of one scale over all people of an organisation, on the scale of 1 to 5.

    Behind each covariance stands everybody who answered both items; the number of people is the smallest of these.

    Returns:
        None where no pairs of items were kept: too few people, or fewer than two who answered both.
    """
    if organisation not in frozen.paired:
        return None
    rows = [frozen.items.index(item) for item in items]
    inside = [group[0][:1] == organisation for group in frozen.groups]
    own = answer_sums(frozen.counts[inside].sum(axis=0)[rows])
    people = np.diag(own.n.astype(np.int64))
    covariance = np.diag(np.nan_to_num(own.variance))
    row = frozen.paired.index(organisation)
    place = {item: number for number, item in enumerate(rows)}
    for number, (i, j) in enumerate(frozen.pairs):
        if i in place and j in place:
            both = int(frozen.pair_n[row, number])
            one, other = place[i], place[j]
            people[one, other] = people[other, one] = both
            covariance[one, other] = covariance[other, one] = STEP * frozen.pair_steps[row, number] / max(both - 1, 1)
    if people.min() < 2:
        return None
    slope = 4 / (np.array(frozen.categories_of, dtype=np.float64)[rows] - 1)
    mean = 1 + slope * (own.mean - 1)
    return ItemSums(items, int(people.min()), mean, covariance * np.outer(slope, slope))


def _asked(frozen: FrozenStatistics, scale: str) -> tuple[tuple[str, int], ...]:
    """Items of a scale with the number of answers of each."""
    row = frozen.scales.index(scale)
    return tuple(
        (item, categories)
        for item, categories, of in zip(frozen.items, frozen.categories_of, frozen.scale_of, strict=True)
        if of == row
    )
