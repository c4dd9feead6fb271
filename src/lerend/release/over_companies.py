"""Releases of several companies together: which themes they share, and what is usual. No company is ranked or named.

What is said about a number of companies stands at *a few* below three. A benchmark takes six companies or more, so that for
each there are five others, none with more than half of the answers; every company counts the same. Quartiles take ten.
Lowest and highest are never said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.diagnosis.result import Band, UnitDiagnosis
from lerend.disclosure.bands import PeopleBand, nearest
from lerend.model.structure import OrganisationModel
from lerend.release.value import Release

LEAST_FOR_A_COUNT: Final = 3
LEAST_FOR_A_BENCHMARK: Final = 6
LEAST_FOR_QUARTILES: Final = 10
MOST_OF_THE_ANSWERS: Final = 0.5
_STEP: Final = 0.1
_PEOPLE_STEP: Final = 10


@dataclass(frozen=True, slots=True)
class Shared:
    """A factor or theme over companies.

    Attributes:
        id: of the factor or theme.
        factors: which factors count for it.
        very_likely: companies in which one of them is very likely among those with most room.
        possibly: other companies in which one of them possibly is.
        companies: companies in which at least one of them could be ranked.
        people: at least so many people work where it is very likely or possible, in tens; of those who answered.
    """

    id: str
    factors: tuple[str, ...]
    very_likely: int
    possibly: int
    companies: int
    people: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What is usual on one scale, over companies that count the same.

    Attributes:
        companies: how many.
        mean: 1 to 5 in steps of .1.
        low, high: first and third quartile in steps of .1; None below ten companies.
    """

    scale: str
    companies: int
    mean: float
    low: float | None
    high: float | None


def shared_factors(releases: Sequence[Release], model: OrganisationModel) -> tuple[Shared, ...]:
    """Every ranked factor, by how many companies it concerns: those where it is very likely first."""
    groups = [(factor.id, (factor.id,)) for factor in model.factors if factor.measured and factor.ranked]
    return shared_over(releases, groups)


def shared_themes(releases: Sequence[Release], model: OrganisationModel) -> tuple[Shared, ...]:
    """The same for the themes of the model, each by its main factors."""
    return shared_over(releases, [(theme.id, theme.primary) for theme in model.themes])


def shared_over(releases: Sequence[Release], groups: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Shared, ...]:
    """The same for groups of factors that somebody else chose, each with an id of its own."""
    companies = [company for release in releases if (company := _company(release)) is not None]
    found = [_over(name, factors, companies) for name, factors in groups]
    return tuple(sorted(found, key=lambda each: (-each.very_likely, -each.possibly)))


def benchmarks(releases: Sequence[Release]) -> dict[str, Benchmark]:
    """Per scale what is usual; scales that too few companies may show are left out."""
    found: dict[str, list[tuple[float, int]]] = {}
    for release in releases:
        company = _company(release)
        for finding in company.findings if company else ():
            if finding.score is not None:
                found.setdefault(finding.scale, []).append((finding.score.value, _low(finding.people)))
    usual = {scale: _benchmark(scale, scores) for scale, scores in found.items()}
    return {scale: benchmark for scale, benchmark in usual.items() if benchmark is not None}


def _over(name: str, factors: tuple[str, ...], companies: Sequence[UnitDiagnosis]) -> Shared:
    bands = [_best_band(company, factors) for company in companies]
    concerned = [
        company for company, band in zip(companies, bands, strict=True) if band in {Band.VERY_LIKELY, Band.POSSIBLY}
    ]
    people = sum(_low(company.people) for company in concerned)
    return Shared(
        id=name,
        factors=factors,
        very_likely=bands.count(Band.VERY_LIKELY),
        possibly=bands.count(Band.POSSIBLY),
        companies=sum(band is not None for band in bands),
        people=people // _PEOPLE_STEP * _PEOPLE_STEP,
    )


def _best_band(company: UnitDiagnosis, factors: tuple[str, ...]) -> Band | None:
    bands = [finding.room.band for finding in company.findings if finding.scale in factors and finding.room is not None]
    order = list(Band)
    return min(bands, key=order.index, default=None)


def _benchmark(scale: str, scores: Sequence[tuple[float, int]]) -> Benchmark | None:
    values = np.array([score for score, _people in scores])
    people = np.array([people for _score, people in scores], dtype=np.float64)
    if len(values) < LEAST_FOR_A_BENCHMARK or people.max() > MOST_OF_THE_ANSWERS * people.sum():
        return None
    low, high = (float(each) for each in np.quantile(values, [0.25, 0.75]))
    enough = len(values) >= LEAST_FOR_QUARTILES
    return Benchmark(
        scale,
        len(values),
        nearest(float(values.mean()), _STEP),
        nearest(low, _STEP) if enough else None,
        nearest(high, _STEP) if enough else None,
    )


def _company(release: Release) -> UnitDiagnosis | None:
    return next((company for company in release.diagnosis.companies if company.hidden is None), None)


def _low(people: int | PeopleBand | None) -> int:
    return people.low if isinstance(people, PeopleBand) else people or 0
