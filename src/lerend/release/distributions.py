"""How the answers to one item are spread, where no class of answers, nor what is left of one, is about a few people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics
from lerend.diagnosis.visibility import Visibility
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.cells import Detail, ItemDistribution
from lerend.disclosure.homogeneity import LEAST_WIDTH
from lerend.release.showing import UnitSums, shown_units, unit_sums

FROM_FOR_THREE: Final = 10
FROM_FOR_FULL: Final = 20


def organisation_distributions(
    gate: GatedStatistics, visibility: Visibility, scales: tuple[str, ...], k: int
) -> Iterator[ItemDistribution]:
    """Per organisation and scale: shown where *every* item of the scale may be, so that none follows from the others."""
    if not gate.sums.groups[0][0]:
        return
    sums = unit_sums(gate, 1)
    for scale, name in enumerate(scales):
        row = gate.sums.scales.index(name)
        items = np.flatnonzero(np.array(gate.sums.scale_of) == row)
        for path in sorted(shown_units(gate, visibility, 1, scale)):
            if _some_replaced(gate, path, name):
                continue
            found = [_distribution(gate, sums, path, int(item), k) for item in items]
            if all(one is not None for one in found):
                groups = sums.behind[path, row]
                yield from (replace(one, groups=groups) for one in found if one is not None)


def _some_replaced(gate: GatedStatistics, path: Path, scale: str) -> bool:
    """Where part of a unit is said in words, no distribution is shown: it would be one of made-up answers."""
    return any(name == scale and group[0][: len(path)] == path for group, name in gate.replaced)


def _distribution(gate: GatedStatistics, sums: UnitSums, path: Path, item: int, k: int) -> ItemDistribution | None:
    categories = gate.sums.categories_of[item]
    counts = sums.counts[sums.paths.index(path), item, :categories]
    n = int(counts.sum())
    name, people = gate.sums.items[item], people_band(n, k=k) if n >= k else None
    if people is None or n < max(FROM_FOR_THREE, k):
        return None
    if n >= FROM_FOR_FULL and may_show(counts, np.arange(categories), categories, k):
        shares = tuple(int(nearest(100 * float(count) / n, 5)) for count in counts)
        return ItemDistribution(path, name, people, Detail.FULL, shares)
    three = in_three(categories)
    classes = np.bincount(three, weights=counts, minlength=3).astype(np.int64)
    if not may_show(classes, three, categories, k):
        return None
    quarters = tuple(min(int(4 * int(count) // n) * 25, 75) for count in classes)
    return ItemDistribution(path, name, people, Detail.THREE, quarters)


def in_three(categories: int) -> NDArray[np.int64]:
    """(A) the class of each answer: the lower ones, the middle one (two, of an even number), the upper ones."""
    distance = np.arange(categories) - (categories - 1) / 2
    return np.where(np.abs(distance) < 1, 1, np.where(distance < 0, 0, 2)).astype(np.int64)


def may_show(counts: NDArray[np.int64], class_of: NDArray[np.int64], categories: int, k: int) -> bool:
    """Each class holds nobody or `k` people, and anybody's answer stays open over two points of the scale.

    Args:
        counts: people per class.
        class_of: (A) the class of each answer.
        categories: how many answers there are.
        k: the smallest number.
    """
    if ((counts > 0) & (counts < k)).any():
        return False
    answers = np.flatnonzero(counts[class_of] > 0)
    return bool((answers.max() - answers.min()) * 4 / (categories - 1) >= LEAST_WIDTH)
