"""The gate on sums: what is left of them once no mean says too much about a person.

It acts here and only here, on the sums of atoms. Every later figure is a function of these sums and of nothing else, so
none of them can say more than they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.balance import balanced
from lerend.disclosure.cells import Extreme
from lerend.disclosure.homogeneity import effective_people, extreme_of, nearest_that_pass
from lerend.model.structure import Instrument
from lerend.statistics.frozen import FrozenStatistics, Group


@dataclass(frozen=True, slots=True, eq=False)
class GatedStatistics:
    """Sums that may be shown from.

    Attributes:
        sums: as frozen, but where a mean would say too much the nearest answers that do not, and nothing where so few
            people answered each item that no mean could pass.
        replaced: per (group, scale) that was replaced, at which end of the scale it lies.
        words: per (unit, scale) what stands in place of the mean: all of its atoms were replaced, at one end.
        withheld: (unit, scale) that may not be shown although it is a union of atoms (`lerend.diagnosis.balance`).
    """

    sums: FrozenStatistics
    replaced: dict[tuple[Group, str], Extreme]
    words: dict[tuple[Path, str], Extreme]
    withheld: frozenset[tuple[Path, str]] = frozenset()

    def words_for(self, unit: Path, scale: str) -> Extreme | None:
        return self.words.get((unit, scale))


def gated(frozen: FrozenStatistics, *, parts: Sequence[frozenset[str]] = ()) -> GatedStatistics:
    """Replace the sums of every atom and scale that would bound somebody's score to fewer than two points.

    Atoms of wholes that would tell more of them than they do themselves are joined first.

    Args:
        frozen: sums of closed waves; every group is an atom of a scale.
        parts: the items that one person can have answered, one set per form; empty where anybody may have answered
            everything.
    """
    level = balanced(frozen, parts)
    frozen = level.sums
    counts, scored = frozen.counts.copy(), frozen.scale_people.copy()
    replaced: dict[tuple[Group, str], Extreme] = {}
    scale_of, categories = np.array(frozen.scale_of), np.array(frozen.categories_of, dtype=np.int64)
    for row, scale in enumerate(frozen.scales):
        items = np.flatnonzero(scale_of == row)
        n = counts[:, items].sum(axis=2)
        effective = effective_people(n, parts_of([frozen.items[item] for item in items], parts))
        means = means_of(counts[:, items], categories[items])
        for group in np.flatnonzero(scored[:, row] > 0):
            if effective[group] < 2:
                counts[group, items], scored[group, row] = 0, 0
                continue
            side = extreme_of(float(means[group]), float(effective[group]))
            if side is not None:
                counts[group, items] = nearest_that_pass(
                    n[group], categories[items], float(effective[group]), side, width=counts.shape[2]
                )
                replaced[frozen.groups[group], scale] = side
    return gated_as(replace(frozen, counts=counts, scale_people=scored), replaced, level.withheld)


def gated_as(
    sums: FrozenStatistics,
    replaced: dict[tuple[Group, str], Extreme],
    withheld: frozenset[tuple[Path, str]] = frozenset(),
) -> GatedStatistics:
    """The value, with the words that follow from what was replaced."""
    return GatedStatistics(sums, replaced, _words(sums, replaced), withheld)


def _words(sums: FrozenStatistics, replaced: dict[tuple[Group, str], Extreme]) -> dict[tuple[Path, str], Extreme]:
    sides: dict[tuple[Path, str], set[Extreme | None]] = {}
    for scale in {scale for _, scale in replaced}:
        held = sums.scale_people[:, sums.scales.index(scale)] > 0
        for group in (group for group, some in zip(sums.groups, held, strict=True) if some):
            for depth in range(len(group[0]) + 1):
                if len({unit[:depth] for unit in group}) == 1:
                    sides.setdefault((group[0][:depth], scale), set()).add(replaced.get((group, scale)))
    said = {key: next(iter(found)) for key, found in sides.items() if len(found) == 1}
    return {key: side for key, side in said.items() if side is not None}


def parts_of(items: Sequence[str], parts: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """(J, I) which items of one scale each form holds; one row of everything where there are no forms."""
    if not parts:
        return np.ones((1, len(items)), dtype=bool)
    return np.array([[item in part for item in items] for part in parts], dtype=bool)


def forms_of(instrument: Instrument) -> tuple[frozenset[str], ...]:
    """The parts that people can have answered of a questionnaire that was handed out by this platform."""
    return tuple(frozenset(form.items) for form in instrument.forms)


def means_of(counts: NDArray[np.int64], categories: NDArray[np.int64]) -> NDArray[np.float64]:
    """(G) mean of the item means on the scale of 1 to 5, over the items that somebody answered."""
    n = counts.sum(axis=2)
    sums = counts @ np.arange(counts.shape[2])
    points = np.divide(sums * 4.0, n * (categories - 1), out=np.zeros(n.shape), where=n > 0)
    asked = np.maximum((n > 0).sum(axis=1), 1)
    means: NDArray[np.float64] = 1 + points.sum(axis=1) / asked
    return means
