"""The gate: from what survived a closed wave to what may be shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lerend.answers.table import Path, Reading
from lerend.diagnosis.coarser import coarsened
from lerend.diagnosis.diagnose import DEFAULT_DRAWS, DEFAULT_SEED, Origin, check_size
from lerend.diagnosis.freezing_tables import FrozenTables
from lerend.diagnosis.frozen import diagnose_gated, visibility_of_frozen
from lerend.diagnosis.gaps import ManagementView
from lerend.diagnosis.gated import GatedStatistics, forms_of, gated, means_of, parts_of
from lerend.diagnosis.scales import scales_of
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.cells import Cell
from lerend.disclosure.floors import DEFAULT_FLOOR
from lerend.disclosure.homogeneity import LEAST_WIDTH, effective_people, width_of
from lerend.disclosure.over_waves import atoms_over_waves, masked
from lerend.errors import NotReleased, Problem
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.covariances import organisation_covariances, part_of
from lerend.release.distributions import organisation_distributions
from lerend.release.item_behaviour import organisation_items
from lerend.release.over_waves import without_changed_units
from lerend.release.read_alike import Round, earlier_round, scales_read_alike
from lerend.release.showing import unit_cells
from lerend.release.value import Collected, Release, Trend, Wave
from lerend.release.writing import sealed
from lerend.statistics.frozen import FrozenStatistics
from lerend.statistics.frozen_sums import path_of, statistics_of_frozen
from lerend.wording import Message, say


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was released before, and how many people came or left since.

    Attributes:
        earlier: all earlier releases of the organisation.
        changed: per digest of one of them, people who came plus people who left since, per unit; where a wave before is
            not named here, nothing is known of it and no trend with it may be shown.
        sums: per digest of one of them what survived of that wave, and its questionnaire: whether people read the
            questions alike is told of these only.
    """

    earlier: tuple[Release, ...] = ()
    changed: Mapping[str, Mapping[Path, int]] = field(default_factory=dict)
    sums: Mapping[str, tuple[FrozenStatistics, Instrument]] = field(default_factory=dict)


def release_of(
    frozen: FrozenStatistics,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    wave: Wave,
    made_on: str,
    origin: Origin,
    k: int = DEFAULT_FLOOR,
    collected: Collected = Collected.HERE,
    tables: FrozenTables | None = None,
    ledger: Ledger = Ledger(),
    promise: str = "",
    views: Sequence[ManagementView] = (),
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
) -> Release:
    """Everything that may be shown of a wave.

    Args:
        frozen: what survived.
        model: what the items measure.
        instrument: the questionnaire; its forms tell which items one person can have answered.
        wave: which one.
        made_on: the day, as ``2026-09-18``.
        origin: for the trail; its reading is left out, because it tells who skipped.
        k: the smallest group; never smaller than the one that the wave was frozen with.
        collected: here, or elsewhere: then anybody may have answered everything.
        tables: declared tables, accepted at the freeze.
        ledger: earlier releases.
        promise: digest of what people were promised.
        views: signed company forms.
        seed, draws: of the probabilities.

    Raises:
        TooFewAnswers: nothing may be shown about so few people.
        NotReleased: the audit found somebody who is not hidden, or the wave was released before with other figures.
    """
    k = max(k, frozen.k)
    check_size(int(frozen.people.sum()), k)
    parts = forms_of(instrument) if collected is Collected.HERE else ()
    gate = gated(_over_waves(frozen, ledger, k), parts=parts)
    check_size(int(gate.sums.scale_people.max(initial=0)), k)
    _audit(gate, parts)
    statistics = statistics_of_frozen(gate.sums)
    scales = scales_of(model, instrument, statistics)
    visibility = visibility_of_frozen(gate.sums, statistics, scales, model, k, gate.withheld)
    cells = tuple(unit_cells(gate, visibility, scales.ids, k))
    trends = _trends(cells, ledger, wave, k)
    gate = without_changed_units(gate, cells, _changed(ledger, wave), k=k)
    visibility = visibility_of_frozen(gate.sums, statistics, scales, model, k, gate.withheld)
    cells = tuple(unit_cells(gate, visibility, scales.ids, k))
    few = _few_changed(ledger, wave, k)
    by_question = _table_cells(tables, gate, k) if tables and not few else ()
    distributions = () if few else tuple(organisation_distributions(gate, visibility, scales.ids, k))
    covariances = () if few else tuple(organisation_covariances(gate, statistics, scales, visibility, k))
    items = () if few else tuple(organisation_items(gate, statistics, scales, visibility, instrument, k))
    if not few:
        trends = _with_reading(trends, ledger, Round(gate.sums, instrument, items), scales.ids)
    behind = replace(origin, reading=Reading())
    diagnosis = diagnose_gated(
        gate, model=model, instrument=instrument, origin=behind, k=k, seed=seed, draws=draws, views=views
    )
    found = Release(
        wave=wave,
        made_on=made_on,
        k=k,
        collected=collected,
        diagnosis=diagnosis,
        cells=(*cells, *by_question),
        distributions=distributions,
        covariances=covariances,
        items=items,
        promise=promise,
        earlier=tuple(release.digest for release in ledger.earlier),
        trends=trends,
    )
    _compare_with_same_wave(found, ledger)
    return sealed(found)


def _over_waves(frozen: FrozenStatistics, ledger: Ledger, k: int) -> FrozenStatistics:
    """Atoms joined until those who came or left since each earlier release are nobody, or enough to hide in."""
    changed = [wave for wave in ledger.changed.values() if any(wave.values())]
    if not changed:
        return frozen
    wanted = []
    for organisation in frozen.organisations:
        inside = {
            path_of(group): group
            for group, n in zip(frozen.groups, frozen.people, strict=True)
            if n > 0 and group[0][:1] == organisation
        }
        people = {path: int(frozen.people[frozen.groups.index(group)]) for path, group in inside.items()}
        moved = [{path: sum(wave.get(u, 0) for u in group) for path, group in inside.items()} for wave in changed]
        found = atoms_over_waves(people, moved, k=k)
        wanted += [frozenset(unit for path in atom for unit in inside[path]) for atom in found]
    return coarsened(frozen, wanted)


def _changed(ledger: Ledger, wave: Wave) -> list[tuple[Release, Mapping[Path, int]]]:
    """Releases of other waves of which it is known who changed since."""
    return [
        (release, ledger.changed[release.digest])
        for release in ledger.earlier
        if release.wave.code != wave.code and release.digest in ledger.changed
    ]


def _few_changed(ledger: Ledger, wave: Wave, k: int) -> bool:
    """Whether so few came or left since an earlier release that shares, spreads and tables of both would tell of them."""
    return any(0 < sum(changed.values()) < k for _, changed in _changed(ledger, wave))


def _trends(cells: Sequence[Cell], ledger: Ledger, wave: Wave, k: int) -> tuple[Trend, ...]:
    units = tuple(dict.fromkeys(cell.name for cell in cells))
    return tuple(
        Trend(
            release.digest,
            masked(units, ledger.changed[release.digest], k=k) if release.digest in ledger.changed else units,
            unknown=release.digest not in ledger.changed,
        )
        for release in ledger.earlier
        if release.wave.code != wave.code
    )


def _with_reading(trends: Sequence[Trend], ledger: Ledger, now: Round, scales: Sequence[str]) -> tuple[Trend, ...]:
    """Trends with what people read alike, of rounds of which it is known who came and left."""
    releases = {release.digest: release for release in ledger.earlier}
    found = []
    for trend in trends:
        sums = None if trend.unknown else ledger.sums.get(trend.earlier)
        before = None if sums is None else earlier_round(*sums, releases[trend.earlier])
        alike = () if before is None else tuple(scales_read_alike(before, now, scales))
        found.append(replace(trend, read_alike=alike))
    return tuple(found)


def _table_cells(tables: FrozenTables, gate: GatedStatistics, k: int) -> list[Cell]:
    """Cells of the tables that were accepted beside these very sums."""
    units = {
        organisation: tuple(sorted({u for group in gate.sums.groups for u in group if u[:1] == organisation}))
        for organisation in gate.sums.organisations
    }
    return [
        Cell(
            row.question,
            (*row.organisation, "+".join(row.options)),
            row.scale,
            units[row.organisation],
            people_band(row.people, k=k),
            nearest(row.mean, 0.1),
        )
        for row in tables.rows
        if row.organisation in units
        and (row.organisation, row.scale) not in gate.withheld
        and tables.fits(gate, row.organisation, row.scale)
    ]


def _audit(gate: GatedStatistics, parts: Sequence[frozenset[str]]) -> None:
    """Look once more, at the sums themselves: every mean of every atom leaves everybody open over two points.

    Atoms share nobody, and all else that is shown of units is a function of their means, so that this is the linear
    programme's answer in closed form. Tables have theirs at the freeze.
    """
    sums = gate.sums
    scale_of, categories = np.array(sums.scale_of), np.array(sums.categories_of, dtype=np.int64)
    for row in range(len(sums.scales)):
        items = np.flatnonzero(scale_of == row)
        counts = sums.counts[:, items]
        held = sums.scale_people[:, row] > 0
        effective = effective_people(counts.sum(axis=2), parts_of([sums.items[item] for item in items], parts))
        width = width_of(means_of(counts, categories[items]), effective)
        if (width[held] < LEAST_WIDTH - 1e-6).any() or (sums.scale_people[:, row] > 0).sum() != held.sum():
            raise _refused(say("The audit found a figure that tells too much about somebody."))


def _compare_with_same_wave(found: Release, ledger: Ledger) -> None:
    """A wave has one cut: releasing it again may leave figures out, never show other ones."""
    for release in ledger.earlier:
        if release.wave.code != found.wave.code:
            continue
        parts = ("cells", "distributions", "items")
        if any(not set(getattr(found, part)) <= set(getattr(release, part)) for part in parts) or not all(
            any(part_of(new, old) for old in release.covariances) for new in found.covariances
        ):
            raise _refused(say("This round was released before with other figures. Together they could tell too much."))


def _refused(what: Message) -> NotReleased:
    return NotReleased([Problem("-", what, say("Nothing was released. Keep the earlier release."))])
