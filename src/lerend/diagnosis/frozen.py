"""The diagnosis of closed waves: the same numbers and words, from what a freeze has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.basis import Basis
from lerend.diagnosis.diagnose import DEFAULT_DRAWS, DEFAULT_SEED, Origin, check_size, told
from lerend.diagnosis.estimates import estimate_from
from lerend.diagnosis.gaps import SIGNED, ManagementView
from lerend.diagnosis.gated import GatedStatistics
from lerend.diagnosis.quality import rough_quality
from lerend.diagnosis.result import Diagnosis, Finding, UnitDiagnosis
from lerend.diagnosis.scales import Scales, scales_of
from lerend.diagnosis.scores import (
    PRIOR_WEIGHT,
    Within,
    inflation_of,
    overlap_of,
    pooled_items,
    reliability_of,
    with_prior,
)
from lerend.diagnosis.slopes import LargeCompany, company_covariance
from lerend.diagnosis.units import Context
from lerend.diagnosis.visibility import Behind, Visibility, visibility_of
from lerend.disclosure.atoms import Atom
from lerend.disclosure.floors import DEFAULT_FLOOR, floor_of, too_few
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.covariance import Covariance
from lerend.statistics.frozen import LEAST_PEOPLE, FrozenStatistics
from lerend.statistics.frozen_sums import path_of, statistics_of_frozen
from lerend.statistics.sufficient import Statistics
from lerend.wording import Message, say

LEAST_FOR_A_VARIANCE = 20
"""Behind the gate: people of an organisation before how much they differ is used at all."""
LEAST_VARIANCE = 0.25
"""Behind the gate: an item's variance is never put lower, for that would tell that nearly everybody answered the same."""
_ITEMS_TOGETHER = 0.5
"""Correlation of two items of one scale, where no organisation was large enough to keep it."""
_SCALES_TOGETHER = 0.2
"""Correlation of two scales, held before any answer is in; it counts for `PRIOR_WEIGHT` people."""


def diagnose_frozen(
    frozen: FrozenStatistics,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    origin: Origin,
    k: int = DEFAULT_FLOOR,
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
    views: Sequence[ManagementView] = (),
) -> Diagnosis:
    """Where is most room for improvement, from closed waves; arguments as in `lerend.diagnosis.diagnose.diagnose`.

    Where no organisation was large enough to keep how topics go together, the associations are those of the model's
    priors, and a note says so.

    Args:
        k: the smallest group; never smaller than the one that the waves were frozen with.

    Raises:
        TooFewAnswers: the waves left fewer than `k` people.
    """
    return _diagnosed(
        frozen, None, model=model, instrument=instrument, origin=origin, k=k, seed=seed, draws=draws, views=views
    )


def diagnose_gated(
    gate: GatedStatistics,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    origin: Origin,
    k: int = DEFAULT_FLOOR,
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
    views: Sequence[ManagementView] = (),
) -> Diagnosis:
    """The same as it may be shown: from gated sums only, people in bands, figures rounded, some means in words.

    Raises:
        TooFewAnswers: the waves left fewer than `k` people.
        ValueError: a view is that of people who answered the scan themselves: their mean is about no union of atoms.
    """
    if any(view.seen_by != SIGNED for view in views):
        raise ValueError("behind the gate only signed forms are compared with employees")
    return _diagnosed(
        gate.sums, gate, model=model, instrument=instrument, origin=origin, k=k, seed=seed, draws=draws, views=views
    )


def _diagnosed(
    frozen: FrozenStatistics,
    gate: GatedStatistics | None,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    origin: Origin,
    k: int,
    seed: int,
    draws: int,
    views: Sequence[ManagementView],
) -> Diagnosis:
    k = max(k, frozen.k)
    check_size(int(frozen.people.sum()), k)
    behind = None if gate is None else Behind(k, gate.words_for)
    statistics = statistics_of_frozen(frozen, least=0 if behind is None else LEAST_FOR_A_VARIANCE)
    basis = basis_of_frozen(frozen, statistics, model=model, instrument=instrument, floor=None if behind is None else k)
    numbers = estimate_from(basis, model=model, seed=seed, draws=draws)
    if numbers.association is not None and not basis.degrees:
        origin = replace(origin, notes=(*origin.notes, _leans_on_priors()))
    withheld = frozenset() if gate is None else gate.withheld
    visibility = visibility_of_frozen(frozen, statistics, basis.scales, model, k, withheld)
    context = Context(model, numbers, visibility, k, behind)
    teams = tuple(sorted(unit for group in frozen.groups for unit in group if len(unit) == 2))
    found = told(
        context,
        statistics,
        tuple(dict.fromkeys(teams)),
        instrument=instrument,
        origin=origin,
        seed=seed,
        draws=draws,
        views=views,
    )
    if behind is not None:
        found = replace(found, quality=rough_quality(found.quality, k=k, enough=bool(frozen.paired)))
    return _with_what_nobody_left(found, frozen, model, k)


def _with_what_nobody_left(found: Diagnosis, frozen: FrozenStatistics, model: OrganisationModel, k: int) -> Diagnosis:
    """Scales about a manager that too few people answered to keep anything of: in their place stands why."""
    if int(frozen.people.sum()) >= floor_of(about_manager=True, k=k):
        return found
    kept = {finding.scale for finding in found.programme.findings}
    reason = too_few(about_manager=True, k=k)
    missing = [
        Finding(factor.id, None, None, can_be_chance=True, hidden=reason)
        for factor in model.factors
        if factor.about_manager and factor.id in frozen.scales and factor.id not in kept
    ]

    def completed(unit: UnitDiagnosis) -> UnitDiagnosis:
        findings = sorted((*unit.findings, *missing), key=lambda finding: model.scales.index(finding.scale))
        return replace(unit, findings=tuple(findings))

    return replace(
        found,
        programme=completed(found.programme),
        companies=tuple(completed(unit) for unit in found.companies),
        teams=tuple(completed(unit) for unit in found.teams),
    )


def basis_of_frozen(
    frozen: FrozenStatistics,
    statistics: Statistics,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    floor: int | None = None,
) -> Basis:
    """From what was kept; `statistics` are its sums in ordinary form (`statistics_of_frozen`), `floor` that of bands."""
    scales = scales_of(model, instrument, statistics)
    rows = [frozen.scales.index(scale) for scale in scales.ids]
    degrees = frozen.score_degrees[:, rows][:, :, rows].astype(np.float64)
    scatter = (frozen.score_steps * frozen.score_unit)[:, rows][:, :, rows]
    least = 0.0 if floor is None else LEAST_VARIANCE
    within = _within(frozen, statistics, scales, degrees.sum(axis=0), scatter.sum(axis=0), least)
    return Basis(
        counts=statistics,
        scales=scales,
        within=within,
        degrees=int(frozen.share_people.sum()) - sum(len(organisations) for organisations in frozen.shares),
        large=_large(frozen, statistics, scales, degrees, scatter),
        floor=floor,
    )


def _leans_on_priors() -> Message:
    return say(
        "The ranking leans on earlier research here: how topics go together is kept from {people} answers.",
        people=LEAST_PEOPLE,
    )


def _within(
    frozen: FrozenStatistics,
    statistics: Statistics,
    scales: Scales,
    degrees: NDArray[np.float64],
    scatter: NDArray[np.float64],
    least: float,
) -> Within:
    """Items as they are kept of organisations that are large enough, scores also from pools, the rest from priors."""
    pooled = pooled_items(statistics, scales)
    items = _with_unknown_pairs(with_prior(pooled, scales), pooled.freedom, scales)
    wider = np.sqrt(np.maximum(least / items.diagonal(), 1.0))
    items = items * np.outer(wider, wider)
    weights = scales.weights
    variance = (weights @ items @ weights.T).diagonal()
    if not frozen.paired:
        ratio = (scatter.diagonal() / variance + PRIOR_WEIGHT) / (degrees.diagonal() + PRIOR_WEIGHT)
        items, variance = items * (scales.belongs.T @ ratio)[:, np.newaxis], variance * ratio
    prior = _SCALES_TOGETHER * np.sqrt(np.outer(variance, variance))
    between = (scatter + PRIOR_WEIGHT * prior) / (degrees + PRIOR_WEIGHT)
    np.fill_diagonal(between, variance)
    people = sum(frozen.people_of(organisation) for organisation in frozen.paired or frozen.organisations)
    return Within(
        items=items,
        overlap=_overlap(pooled, people, scales),
        scales=between,
        reliability=reliability_of(items, scales),
        people=int(statistics.people.sum()),
        inflation=inflation_of(pooled, scales),
    )


def _with_unknown_pairs(
    covariance: NDArray[np.float64], freedom: NDArray[np.float64], scales: Scales
) -> NDArray[np.float64]:
    """Items of one scale that nothing is known of together are given the prior's correlation and their own variances."""
    sd = np.sqrt(covariance.diagonal())
    same = (scales.belongs.T.astype(float) @ scales.belongs) > 0
    unknown = same & (freedom <= 0) & ~np.eye(len(sd), dtype=bool)
    return np.where(unknown, _ITEMS_TOGETHER * np.outer(sd, sd), covariance)


def _overlap(pooled: Covariance, people: int, scales: Scales) -> NDArray[np.float64]:
    """As if chance alone had decided who answered what, for scales of which no two items are known together."""
    overlap = overlap_of(pooled.pair_n, people)
    for belongs in scales.belongs:
        items = np.ix_(belongs, belongs)
        apart = ~np.eye(int(belongs.sum()), dtype=bool)
        if not pooled.pair_n[items][apart].any():
            overlap[items] = np.where(apart, 1.0, overlap[items])
    return overlap


def _large(
    frozen: FrozenStatistics,
    statistics: Statistics,
    scales: Scales,
    degrees: NDArray[np.float64],
    scatter: NDArray[np.float64],
) -> tuple[LargeCompany, ...]:
    """Organisations of fifty people or more: variances from their items, covariances from their scores."""
    found = []
    for organisation in frozen.paired:
        share = frozen.shares.index((organisation,))
        own = company_covariance(statistics, scales, statistics.blocks.index(organisation)).covariance
        covariance = scatter[share] / np.maximum(degrees[share], 1)
        np.fill_diagonal(covariance, own.diagonal())
        found.append(LargeCompany(covariance, _median_people(degrees[share])))
    return tuple(found)


def _median_people(degrees: NDArray[np.float64]) -> float:
    known = degrees[degrees > 0]
    return float(np.median(known)) + 1 if len(known) else 0.0


def visibility_of_frozen(
    frozen: FrozenStatistics,
    statistics: Statistics,
    scales: Scales,
    model: OrganisationModel,
    k: int,
    withheld: frozenset[tuple[Path, str]] = frozenset(),
) -> Visibility:
    """The floors once more (`k` may have gone up since), and groups back to the units that they hold."""
    by_group = visibility_of(statistics, scales, model, k=k)
    group_of = {path_of(group): group for group in frozen.groups}

    def units(atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
        return tuple(frozenset(unit for path in atom for unit in group_of[path]) for atom in atoms)

    hidden = {
        scales.ids.index(scale): frozenset(unit for unit, name in withheld if name == scale)
        for _, scale in withheld
        if scale in scales.ids
    }
    return Visibility(tuple(units(atoms) for atoms in by_group.scales), units(by_group.people), hidden)
