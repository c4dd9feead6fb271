"""The outcomes of a whole programme: what companies share. No company is named, ranked or shown by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.release.over_companies import (
    LEAST_FOR_A_BENCHMARK,
    LEAST_FOR_A_COUNT,
    Benchmark,
    Shared,
    benchmarks,
    shared_factors,
    shared_themes,
)
from lerend.report.words import count_of_companies, number, printable
from lerend.wording import Language
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import newest_releases
from lerend_web.workbench.domain.outcomes.shown import Outcome, outcome_from, reader_language

LEAST_COMPANIES: Final = LEAST_FOR_A_COUNT
LEAST_FOR_USUAL: Final = LEAST_FOR_A_BENCHMARK


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A theme or factor in words; `share_very_likely` and `share_possibly` draw the same, in percent of the companies."""

    name: str
    of: tuple[str, ...]
    very_likely: str
    possibly: str
    companies: str
    people: int
    steps_very_likely: int
    steps_possibly: int


@dataclass(frozen=True, slots=True)
class UsualRow:
    name: str
    companies: int
    mean: str
    quartiles: str


@dataclass(frozen=True, slots=True)
class ProgrammeOutcome:
    companies: int
    simulated: bool
    themes: tuple[SharedRow, ...]
    factors: tuple[SharedRow, ...]
    usual: tuple[UsualRow, ...]


def programme_outcome(programme: Programme) -> ProgrammeOutcome | None:
    """From the newest release of each company; None below three companies. Companies with another model are left out."""
    outcomes = list(newest_outcomes(programme).values())
    if len(outcomes) < LEAST_COMPANIES:
        return None
    model, language = outcomes[0].model, reader_language()
    releases = [outcome.release for outcome in outcomes if outcome.model.reference == model.reference]
    names = {theme.id: printable(theme.name.in_language(language)) for theme in model.themes}
    names |= {factor.id: printable(factor.name.in_language(language)) for factor in model.factors}
    names |= {each.id: printable(each.name.in_language(language)) for each in model.outcomes}
    usual = benchmarks(releases)
    return ProgrammeOutcome(
        companies=len(releases),
        simulated=any(outcome.simulated for outcome in outcomes),
        themes=_rows(shared_themes(releases, model), names, language),
        factors=_rows(shared_factors(releases, model), names, language),
        usual=tuple(_usual(usual[scale], names, language) for scale in model.scales if scale in usual),
    )


def newest_outcomes(programme: Programme) -> dict[int, Outcome]:
    """The newest outcome of each organisation that has one, by its id."""
    return {each.organisation: outcome_from(each.release) for each in newest_releases(programme)}


def _rows(found: Sequence[Shared], names: dict[str, str], language: Language) -> tuple[SharedRow, ...]:
    return tuple(
        SharedRow(
            name=names[each.id],
            of=tuple(names[factor] for factor in each.factors) if each.factors != (each.id,) else (),
            very_likely=count_of_companies(each.very_likely, language),
            possibly=count_of_companies(each.possibly, language),
            companies=count_of_companies(each.companies, language),
            people=each.people if each.very_likely + each.possibly >= LEAST_FOR_A_COUNT else 0,
            steps_very_likely=_tenths(each.very_likely, each.companies),
            steps_possibly=_tenths(each.possibly, each.companies),
        )
        for each in found
    )


def _tenths(count: int, companies: int) -> int:
    """How much of the bar is filled, in tenths; *a few* companies are drawn as one tenth."""
    if not count or not companies:
        return 0
    return max(round(10 * count / companies), 1) if count >= LEAST_FOR_A_COUNT else 1


def _usual(benchmark: Benchmark, names: dict[str, str], language: Language) -> UsualRow:
    quartiles = ""
    if benchmark.low is not None and benchmark.high is not None:
        quartiles = f"{number(benchmark.low, language)}\N{EN DASH}{number(benchmark.high, language)}"
    return UsualRow(names[benchmark.scale], benchmark.companies, number(benchmark.mean, language), quartiles)
