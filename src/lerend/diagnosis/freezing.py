"""Freezing a wave: from answers to the sums that may survive it. After this the answers can be destroyed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch, Path
from lerend.diagnosis.scales import items_of_scales
from lerend.diagnosis.scatter import pair_sums, shares_of
from lerend.disclosure.atoms import atoms
from lerend.disclosure.floors import floor_of
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.frozen import LEAST_PEOPLE, FrozenStatistics, Group, score_units
from lerend.statistics.frozen_sums import path_of
from lerend.statistics.kernel import statistics_of
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """First-order sums of all groups; the fields are those of `FrozenStatistics`."""

    groups: tuple[Group, ...]
    people: NDArray[np.int64]
    scale_people: NDArray[np.int64]
    counts: NDArray[np.int64]


def freeze(batch: AnswerBatch, *, model: OrganisationModel, instrument: Instrument, k: int) -> FrozenStatistics:
    """The sums that may survive, from everybody's answers.

    People are counted in atoms of at least `k` within their own organisation; an organisation with fewer answers
    leaves nothing. For a scale that fewer answered, atoms are joined further by the same rule; scales about a manager
    have their own floor. How scores and the items of one scale go together is kept per organisation of fifty answers
    or more; smaller ones leave how their scores go together only as a pool: three or more, with fifty answers in all,
    in one batch.

    Args:
        batch: everybody, with paths of the organisation and (if there are any) its units.
        model: which scales are about a manager, and the order of the scales.
        instrument: the items.
        k: the smallest group, at least two.
    """
    if k < 2:
        raise ValueError("a wave is frozen in groups of two people or more")
    members = items_of_scales(instrument, batch.items)
    scales = tuple(scale for scale in model.scales if scale in members)
    scale_of = tuple(next(row for row, scale in enumerate(scales) if item in members[scale]) for item in batch.items)
    categories_of = tuple(_categories(instrument, item) for item in batch.items)
    statistics = statistics_of(batch, categories=max(categories_of), scales={scale: members[scale] for scale in scales})
    counted = _counted(statistics, scale_of, _floors(model, scales, k), k)
    kept = {group[0][:1] for group in counted.groups}
    blocks = [row for row, name in enumerate(statistics.blocks) if name in kept]
    large = [row for row in blocks if _people_of(statistics, statistics.blocks[row]) >= LEAST_PEOPLE]
    unit = score_units(categories_of, scale_of, len(scales))
    shares = shares_of(statistics, blocks, scale_of, categories_of)
    square = (len(scales), len(scales))
    pair_n, pair_steps = pair_sums(statistics, large, scale_of)
    return FrozenStatistics(
        k=k,
        items=batch.items,
        categories_of=categories_of,
        scale_of=scale_of,
        scales=scales,
        groups=counted.groups,
        people=counted.people,
        scale_people=counted.scale_people,
        counts=counted.counts,
        paired=tuple(statistics.blocks[row] for row in large),
        pair_n=pair_n,
        pair_steps=pair_steps,
        shares=tuple(share.organisations for share in shares),
        share_people=np.array([share.people for share in shares], dtype=np.int64),
        score_degrees=_whole([share.degrees for share in shares], square),
        score_steps=_whole([share.scatter / unit for share in shares], square),
    )


def _categories(instrument: Instrument, item: str) -> int:
    return len(instrument.answer_scale_of(next(one for one in instrument.items if one.id == item)).labels)


def _floors(model: OrganisationModel, scales: Sequence[str], k: int) -> list[int]:
    about_manager = {factor.id for factor in model.factors if factor.about_manager}
    return [floor_of(about_manager=scale in about_manager, k=k) for scale in scales]


def _people_of(statistics: Statistics, organisation: Path) -> int:
    return int(sum(n for unit, n in zip(statistics.units, statistics.people, strict=True) if unit[:1] == organisation))


def _whole(parts: list[NDArray[np.float64]], shape: tuple[int, int]) -> NDArray[np.int64]:
    return np.rint(np.array(parts, dtype=np.float64).reshape(-1, *shape)).astype(np.int64)


def _counted(statistics: Statistics, scale_of: Sequence[int], floors: Sequence[int], k: int) -> _Counted:
    """Count people in atoms, and each scale in atoms that are joined until enough people answered it."""
    scale_people = statistics.scale_people
    if scale_people is None:  # statistics_of always counts them when it is given scales
        raise ValueError("people per scale were not counted")
    row_of = {unit: row for row, unit in enumerate(statistics.units)}
    everybody = _atoms_by_organisation(statistics, k)
    for_scale = [_joined(everybody, row_of, scale_people[:, scale], floor) for scale, floor in enumerate(floors)]
    groups = tuple(sorted({*everybody, *(group for groups in for_scale for group in groups)}))
    position = {group: row for row, group in enumerate(groups)}
    people = np.zeros(len(groups), dtype=np.int64)
    scored = np.zeros((len(groups), len(floors)), dtype=np.int64)
    counts = np.zeros((len(groups), *statistics.counts.shape[1:]), dtype=np.int64)
    for group in everybody:
        people[position[group]] = statistics.people[_rows(group, row_of)].sum()
    for scale, joined in enumerate(for_scale):
        items = np.flatnonzero(np.array(scale_of) == scale)
        for group in joined:
            rows, row = _rows(group, row_of), position[group]
            scored[row, scale] = scale_people[rows, scale].sum()
            counts[row, items] = statistics.counts[rows][:, items].sum(axis=0)
    return _Counted(groups, people, scored, counts)


def _rows(group: Group, row_of: Mapping[Path, int]) -> list[int]:
    return [row_of[unit] for unit in group]


def _atoms_by_organisation(statistics: Statistics, k: int) -> list[Group]:
    """Atoms never hold people of two organisations: each closes its own wave."""
    found: list[Group] = []
    for organisation in sorted({unit[:1] for unit in statistics.units}):
        inside = {
            unit: int(n)
            for unit, n in zip(statistics.units, statistics.people, strict=True)
            if unit[:1] == organisation
        }
        found += [tuple(sorted(atom)) for atom in atoms(inside, k=k)]
    return found


def _joined(
    everybody: Sequence[Group], row_of: Mapping[Path, int], scored: NDArray[np.int64], floor: int
) -> list[Group]:
    """Unions of the atoms of people with enough people who answered one scale; none for an organisation with too few."""
    found: list[Group] = []
    for organisation in sorted({group[0][:1] for group in everybody}):
        inside = {path_of(group): group for group in everybody if group[0][:1] == organisation}
        people = {path: int(scored[_rows(group, row_of)].sum()) for path, group in inside.items()}
        found += [tuple(sorted(unit for path in atom for unit in inside[path])) for atom in atoms(people, k=floor)]
    return found
