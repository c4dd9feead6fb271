"""How the answers to one item are spread, where no class of answers, nor what is left of one, is about a few people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics
from lerend.diagnosis.visibility import Visibility
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.beside_shares import Answered, SharesShown
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
            shown = [one for one in found if one is not None]
            if len(shown) == len(items) and _open_beside_means(gate, path, row, items, shown):
                groups = sums.behind[path, row]
                yield from (replace(one, groups=groups) for one in shown)


def _some_replaced(gate: GatedStatistics, path: Path, scale: str) -> bool:
    """Where part of a unit is said in words, no distribution is shown: it would be one of made-up answers."""
    return any(name == scale and group[0][: len(path)] == path for group, name in gate.replaced)


def _open_beside_means(
    gate: GatedStatistics, path: Path, row: int, items: NDArray[np.intp], shown: Sequence[ItemDistribution]
) -> bool:
    """Whether shares leave everybody's score open over two points beside the means of the atoms.

    Shares say which answers nobody gave, and how many gave the others. Beside the mean of an atom that can say what each of
    its people answered. Exchanging the answers of two people of one atom to one item changes nothing that is shown: so
    everybody stays open over the mean, over the items, of how far the answers in the atom lie apart. Where that is less than
    two points a linear programme looks for exchanges with other atoms.
    """
    held = gate.sums.scale_people[:, row] > 0
    inside = [some and group[0][: len(path)] == path for group, some in zip(gate.sums.groups, held, strict=True)]
    counts = gate.sums.counts[inside][:, items]
    given = counts > 0
    answers = np.arange(given.shape[2])
    most = np.where(given, answers, -1).max(axis=2)
    least = np.where(given, answers, given.shape[2]).min(axis=2)
    asked = given.any(axis=2)
    slope = 4 / (np.array(gate.sums.categories_of)[items] - 1)
    apart = (np.where(asked, most - least, 0) * slope).sum(axis=1) / np.maximum(asked.sum(axis=1), 1)
    doubtful = np.flatnonzero(apart < LEAST_WIDTH - 1e-9)
    points = 1 + answers * slope[:, np.newaxis]
    people = counts.sum(axis=(0, 2))
    answered = Answered(
        counts,
        points,
        [
            _bounds(one, int(n), gate.sums.categories_of[item])
            for one, n, item in zip(shown, people, items, strict=True)
        ],
    )
    return all(answered.width(int(atom)) >= LEAST_WIDTH - 1e-6 for atom in doubtful)


def _bounds(shown: ItemDistribution, people: int, categories: int) -> SharesShown:
    """How many people the shares say that there are in each class, for whoever knows how many answered."""
    shares = np.array(shown.shares, dtype=np.float64)
    if shown.detail is Detail.FULL:
        low, high, class_of = shares - 2.5, shares + 2.5, np.arange(categories)
    else:
        low, high, class_of = shares, shares + 25, in_three(categories)
    return SharesShown(np.maximum(low, 0) * people / 100, np.minimum(high, 100) * people / 100, class_of)


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
