"""The gap finder: bottlenecks of all companies beside proven solutions, and the white spots where there is none.

Everything here is a function of releases, and says nothing that lets a single company be told from the others: counts
below three are "a few", and so is what is left over when a count is taken from another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lerend.diagnosis.result import Band, UnitDiagnosis
from lerend.interventions.catalogue import Catalogue, Grade, Intervention
from lerend.interventions.counting import LEAST, Companies, Part, Share, companies_of, part_of, people_in
from lerend.interventions.judging import Context
from lerend.interventions.matching import Matching, matches_for
from lerend.model.structure import OrganisationModel
from lerend.release.value import Release


class Cover(StrEnum):
    """Whether there is a proven solution for a bottleneck."""

    NO_NEED = "no_need"
    """In no company is it a bottleneck."""
    COVERED = "covered"
    """In every company concerned a proven solution fits."""
    PARTLY = "partly"
    """In some of them."""
    WHITE = "white"
    """In none of them: a white spot."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One proven solution for one bottleneck: in which part of the companies concerned it fits."""

    intervention: str
    fits: Part


@dataclass(frozen=True, slots=True)
class GapRow:
    """One factor over all companies.

    Attributes:
        companies: in which it is very likely or possibly among the topics with most room.
        very_likely: the part of those where it is very likely.
        ranked: companies in which it could be ranked at all.
        people: at least so many people answered there, in tens; None for one or two companies.
        cells: proven solutions on this factor, in the order of the catalogue.
        weak, practice: ids of other entries on it: weak or mixed evidence; practice only.
        without: the part of the companies where no proven solution fits.
        people_without: at least so many people answered there; None where that would tell one or two companies apart.
    """

    factor: str
    companies: Companies
    very_likely: Part
    ranked: Companies
    people: int | None
    cells: tuple[Cell, ...]
    weak: tuple[str, ...]
    practice: tuple[str, ...]
    without: Part
    people_without: int | None
    cover: Cover


@dataclass(frozen=True, slots=True)
class GapMatrix:
    """All ranked factors: where most people are without a proven solution first.

    `solutions` are the ids of the proven solutions, in the order of the catalogue: the columns.
    """

    rows: tuple[GapRow, ...]
    solutions: tuple[str, ...]
    companies: Companies

    @property
    def white_spots(self) -> tuple[str, ...]:
        """Factors that are a bottleneck somewhere, and for which no proven solution fits anywhere."""
        return tuple(row.factor for row in self.rows if row.cover is Cover.WHITE)

    def row(self, factor: str) -> GapRow:
        return next(row for row in self.rows if row.factor == factor)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A company in which a factor is a bottleneck, and what fits there. Never leaves this room: it names a company."""

    unit: UnitDiagnosis
    matching: Matching
    very_likely: bool

    @property
    def has_solution(self) -> bool:
        return any(match.intervention.is_proven for match in self.matching.fits)


def gap_matrix(
    releases: Sequence[Release],
    catalogue: Catalogue,
    model: OrganisationModel,
    *,
    contexts: Mapping[str, Context] | None = None,
) -> GapMatrix:
    """Bottlenecks beside proven solutions, over all companies.

    Args:
        releases: the newest of each company.
        catalogue: for the same model.
        model: its ranked factors are the rows.
        contexts: per name of a company what it says about itself.
    """
    units = companies_in(releases)
    factors = [factor.id for factor in model.factors if factor.measured and factor.ranked]
    rows = [_row(factor, units, catalogue, model, contexts or {}) for factor in factors]
    solutions = tuple(entry.id for entry in catalogue.interventions if entry.is_proven)
    return GapMatrix(tuple(sorted(rows, key=_order)), solutions, companies_of(len(units)))


def companies_in(releases: Sequence[Release]) -> tuple[UnitDiagnosis, ...]:
    """The companies of which anything may be shown."""
    return tuple(unit for release in releases for unit in release.diagnosis.companies if unit.hidden is None)


def concerned_by(
    factor: str,
    units: Sequence[UnitDiagnosis],
    catalogue: Catalogue,
    model: OrganisationModel,
    contexts: Mapping[str, Context],
) -> tuple[Concerned, ...]:
    """The companies in which a factor is a bottleneck, each with what fits."""
    found = []
    for unit in units:
        band = _band(unit, factor)
        if band in {Band.VERY_LIKELY, Band.POSSIBLY}:
            context = contexts.get(unit.path[0] if unit.path else "")
            matching = matches_for(unit, catalogue, model, context=context, factors=(factor,))
            found.append(Concerned(unit, matching, band is Band.VERY_LIKELY))
    return tuple(found)


def _row(
    factor: str,
    units: Sequence[UnitDiagnosis],
    catalogue: Catalogue,
    model: OrganisationModel,
    contexts: Mapping[str, Context],
) -> GapRow:
    concerned = concerned_by(factor, units, catalogue, model, contexts)
    number = len(concerned)
    without = [one for one in concerned if not one.has_solution]
    entries = catalogue.targeting(factor)
    part = part_of(len(without), number)
    return GapRow(
        factor=factor,
        companies=companies_of(number),
        very_likely=part_of(sum(one.very_likely for one in concerned), number),
        ranked=companies_of(sum(_band(unit, factor) is not None for unit in units)),
        people=people_in([one.unit for one in concerned]) if number == 0 or number >= LEAST else None,
        cells=tuple(Cell(entry.id, _fits(entry, concerned)) for entry in entries if entry.is_proven),
        weak=tuple(entry.id for entry in entries if not entry.is_proven and entry.evidence.grade is not Grade.D),
        practice=tuple(entry.id for entry in entries if entry.evidence.grade is Grade.D),
        without=part,
        people_without=None if part.number is None else people_in([one.unit for one in without]),
        cover=_cover(part, number),
    )


def _fits(entry: Intervention, concerned: Sequence[Concerned]) -> Part:
    number = sum(any(match.intervention == entry for match in one.matching.fits) for one in concerned)
    return part_of(number, len(concerned))


def _cover(without: Part, number: int) -> Cover:
    if number == 0:
        return Cover.NO_NEED
    return {Share.NONE: Cover.COVERED, Share.SOME: Cover.PARTLY, Share.ALL: Cover.WHITE}[without.share]


def _order(row: GapRow) -> tuple[int, int, bool]:
    """Only what is shown decides the order: an order by what is hidden would show it."""
    return (-(row.people_without or 0), -(row.people or 0), row.cover is not Cover.WHITE)


def _band(unit: UnitDiagnosis, factor: str) -> Band | None:
    return next((finding.room.band for finding in unit.findings if finding.scale == factor and finding.room), None)
