"""Declared tables of a wave: means by background question, computed at the freeze because people are gone later.

Only at the level of an organisation, one question at a time, with ten people or more per category who answered that scale.
A table is accepted only if, beside the atoms and every table accepted before, no combination of totals is about fewer than k
people and everybody's score stays open over two points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path
from lerend.diagnosis.gated import GatedStatistics, means_of
from lerend.disclosure.bounds import all_open
from lerend.disclosure.row_space import tells_of_few
from lerend.model.structure import Question
from lerend.statistics.frozen import Group

LEAST_IN_A_CATEGORY: Final = 10


@dataclass(frozen=True, slots=True)
class TableRow:
    """One category (or some, taken together) of one question, and the mean of one scale in it."""

    organisation: Path
    question: str
    options: tuple[str, ...]
    scale: str
    people: int
    mean: float


@dataclass(frozen=True, slots=True)
class FrozenTables:
    """Accepted tables, and the groups and replaced atoms that they were judged beside, per organisation and scale."""

    rows: tuple[TableRow, ...] = ()
    beside: tuple[tuple[Path, str, tuple[Group, ...]], ...] = ()

    def fits(self, gate: GatedStatistics, organisation: Path, scale: str) -> bool:
        """Whether the gate shows the atoms that the tables were judged beside, or unions of them, and replaces none."""
        known = {(name, row): groups for name, row, groups in self.beside}.get((organisation, scale))
        if known is None or any(name == scale and group[0][:1] == organisation for group, name in gate.replaced):
            return False
        units = [set(group) for group in _groups_of(gate, organisation, scale)]
        return all(any(set(group) <= unit for unit in units) for group in known)


def freeze_tables(
    batch: AnswerBatch, gate: GatedStatistics, chosen: Mapping[Question, Sequence[str]], *, k: int
) -> FrozenTables:
    """The declared tables that may be kept.

    Args:
        batch: everybody, in the order of `chosen`.
        gate: the gated sums of the same people.
        chosen: per declared question the option that each person chose; empty for none.
        k: the smallest group.
    """
    rows: list[TableRow] = []
    beside: list[tuple[Path, str, tuple[Group, ...]]] = []
    for organisation in gate.sums.organisations:
        for scale in gate.sums.scales:
            if any(name == scale and group[0][:1] == organisation for group, name in gate.replaced):
                continue
            judged = _Judged.of(batch, gate, organisation, scale, k)
            if judged is None:
                continue
            for question, options in chosen.items():
                rows += judged.accept(question, np.array(options, dtype=object))
            beside.append((organisation, scale, _groups_of(gate, organisation, scale)))
    return FrozenTables(tuple(rows), tuple(beside))


def _groups_of(gate: GatedStatistics, organisation: Path, scale: str) -> tuple[Group, ...]:
    held = gate.sums.scale_people[:, gate.sums.scales.index(scale)] > 0
    return tuple(g for g, some in zip(gate.sums.groups, held, strict=True) if some and g[0][:1] == organisation)


@dataclass(slots=True, eq=False)
class _Judged:
    """Everything accepted so far about one scale of one organisation: a column of `groups` for each person."""

    organisation: Path
    scale: str
    k: int
    people: NDArray[np.intp]
    codes: NDArray[np.uint8]
    categories: NDArray[np.int64]
    groups: NDArray[np.bool_]
    means: NDArray[np.float64]

    @classmethod
    def of(cls, batch: AnswerBatch, gate: GatedStatistics, organisation: Path, scale: str, k: int) -> _Judged | None:
        row = gate.sums.scales.index(scale)
        items = [
            index for index, name in enumerate(batch.items) if gate.sums.scale_of[gate.sums.items.index(name)] == row
        ]
        atoms = _groups_of(gate, organisation, scale)
        group_of = {unit: place for place, group in enumerate(atoms) for unit in group}
        place = np.array([group_of.get(path, -1) for path in batch.paths], dtype=np.intp)[batch.group]
        codes = batch.codes[:, items]
        scored = ((codes > SKIPPED) & (codes < NOT_APPLICABLE)).any(axis=1) & (place >= 0)
        people = np.flatnonzero(scored)
        if not len(people):
            return None
        categories = np.array([gate.sums.categories_of[gate.sums.items.index(batch.items[i])] for i in items])
        found = cls(organisation, scale, k, people, codes[people], categories, np.zeros((0, 0), bool), np.zeros(0))
        found.groups = place[people] == np.arange(len(atoms))[:, np.newaxis]
        found.means = np.array([found.mean(inside) for inside in found.groups])
        return found

    def mean(self, inside: NDArray[np.bool_]) -> float:
        """Mean of the item means of some people."""
        width = int(self.categories.max())
        codes = self.codes[inside]
        counts = np.stack([(codes == answer).sum(axis=0) for answer in range(1, width + 1)], axis=1)
        return float(means_of(counts[np.newaxis].astype(np.int64), self.categories)[0])

    def accept(self, question: Question, options: NDArray[np.object_]) -> list[TableRow]:
        """The rows of a table that may be shown beside all that was accepted before; none if there may be no table."""
        named = [name for name, _ in question.options]
        own = options[self.people]
        for merged in _mergings(named, own):
            inside = np.array([np.isin(own, list(part)) for part in merged])
            groups = np.vstack([self.groups, inside])
            means = np.append(self.means, [self.mean(part) for part in inside])
            if self._may_show(groups, means):
                self.groups, self.means = groups, means
                return [
                    TableRow(self.organisation, question.id, part, self.scale, int(who.sum()), float(mean))
                    for part, who, mean in zip(merged, inside, means[-len(merged) :], strict=True)
                ]
        return []

    def _may_show(self, groups: NDArray[np.bool_], means: NDArray[np.float64]) -> bool:
        # Eight groups to a byte: to tell columns apart is most of the work, and goes by their bytes.
        _, first, people = np.unique(np.packbits(groups, axis=0), axis=1, return_index=True, return_counts=True)
        classes = groups[:, first]
        if tells_of_few(classes, people.astype(np.int64), k=self.k):
            return False
        return all_open(classes, means, people.astype(np.int64))


def _mergings(named: Sequence[str], own: NDArray[np.object_]) -> list[tuple[tuple[str, ...], ...]]:
    """Ways to cut the options into categories of enough people, neighbours taken together, finest first."""
    parts: list[tuple[str, ...]] = [(name,) for name in named if (own == name).any()]
    found: list[tuple[tuple[str, ...], ...]] = []
    while len(parts) > 1:
        sizes = [int(np.isin(own, list(part)).sum()) for part in parts]
        if min(sizes) >= LEAST_IN_A_CATEGORY:
            found.append(tuple(parts))
        smallest = sizes.index(min(sizes))
        beside = [place for place in (smallest - 1, smallest + 1) if 0 <= place < len(parts)]
        other = min(beside, key=lambda place: sizes[place])
        first = min(smallest, other)
        parts = [*parts[:first], parts[first] + parts[first + 1], *parts[first + 2 :]]
    return found
