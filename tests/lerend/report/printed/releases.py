"""Releases to print: a made-up company through the real gate, and the same with what is hard to print."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lerend.answers.table import Path, Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.result import Diagnosis, Estimate, Finding, Gap, UnitDiagnosis
from lerend.diagnosis.sentences import about_gap, about_words
from lerend.disclosure.cells import Extreme
from lerend.disclosure.floors import too_few
from lerend.model import load_model_and_instrument
from lerend.release.gate import release_of
from lerend.release.value import Collected, Release, Wave
from lerend.release.writing import sealed
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
MARKUP = (
    "#strong[loud] *bold* _thin_",
    "$ x^2 $ `code` @label <here>",
    '=HYPERLINK("https://example.org")',
    "= Kop \\ // weg /* weg */",
    '#panic("no") #import "x": *',
    "{data.title} #data.title",
)
LONG = (
    "Afdeling Productieplanning, Kwaliteitsborging en Onderhoud van de Verpakkingslijnen (nachtploeg, gebouw Zuid-West)"
)


@cache
def company(people: int = 130) -> Release:
    """One company with teams, as `lerend diagnose --release` makes it."""
    return _released(WorldSettings(companies=1, people=(people, people)), "Voorbeeld 01")


@cache
def programme() -> Release:
    """Six companies."""
    return _released(WorldSettings(companies=6, people=(30, 60)), "")


def _released(settings: WorldSettings, organisation: str) -> Release:
    batch = simulate_programme(MODEL, INSTRUMENT, settings, seed=5).filled.batch
    return release_of(
        freeze(batch, model=MODEL, instrument=INSTRUMENT, k=5),
        model=MODEL,
        instrument=INSTRUMENT,
        wave=Wave("a1b2c3", "Najaar 2026", organisation),
        made_on="2026-09-18",
        origin=Origin(Reading(), "c2" * 32, ("company", "team"), simulated=True),
        collected=Collected.HERE,
        promise="9f" * 32,
        draws=200,
    )


def with_units(release: Release, **changed: UnitDiagnosis | tuple[UnitDiagnosis, ...]) -> Release:
    """The same release with other units in its diagnosis."""
    return sealed(replace(release, diagnosis=replace(release.diagnosis, **changed)))  # type: ignore[arg-type]  # names of units only


def renamed(release: Release, names: tuple[str, ...], *, organisation: str | None = None) -> Release:
    """The same release with these names for the teams, in turn, and joined with teams of all these names."""
    diagnosis = release.diagnosis
    company = organisation or diagnosis.companies[0].path[0]
    teams = tuple(
        replace(
            team,
            path=(company, f"{names[place % len(names)]} {place}"),
            label=names[place % len(names)],
            joined_with=names,
        )
        for place, team in enumerate(diagnosis.teams)
    )
    first = replace(diagnosis.companies[0], path=(company,), label=company)
    wave = replace(release.wave, organisation=company, name=names[0])
    return with_units(replace(release, wave=wave), companies=(first,), teams=teams)


def with_gaps(release: Release, *seen_by_whom: str) -> Release:
    """Management sees every topic differently from employees; every other difference can be chance."""
    first = release.diagnosis.companies[0]
    scores = {finding.scale: finding.score for finding in first.findings}
    gaps = tuple(
        _gap(factor.id, score, place, seen_by)
        for seen_by in seen_by_whom
        for place, factor in enumerate(MODEL.factors)
        if (score := scores.get(factor.id)) is not None
    )
    return with_units(release, companies=(replace(first, gaps=gaps),))


def _gap(factor: str, employees: Estimate, place: int, seen_by: str) -> Gap:
    chance = place % 2 == 1
    difference = Estimate(0.7, 0.4, 1.0) if not chance else Estimate(-0.1, -0.4, 0.2)
    sentence = about_gap(MODEL.name_of(factor), difference, can_be_chance=chance)
    management = round(min(employees.value + difference.value, 5.0), 1)
    return Gap(factor, seen_by, management, employees, difference, chance, sentence)


def with_words_and_hidden(release: Release) -> Release:
    """Every third topic is said in words, every fourth is hidden."""
    first = release.diagnosis.companies[0]
    findings = tuple(_unlike(finding, place) for place, finding in enumerate(first.findings))
    return with_units(release, companies=(replace(first, findings=findings),))


def _unlike(finding: Finding, place: int) -> Finding:
    if place % 3 == 1:
        words = Extreme.VERY_LOW if place % 2 else Extreme.VERY_HIGH
        return replace(finding, score=None, can_be_chance=False, words=words, room=None, sentence=about_words(words))
    if place % 4 == 2:
        return Finding(finding.scale, None, None, can_be_chance=False, hidden=too_few(about_manager=True, k=5))
    return finding


def hidden(unit: UnitDiagnosis) -> UnitDiagnosis:
    """The unit as it is when too few people answered."""
    return UnitDiagnosis(unit.path, unit.level, unit.label, None, (), None, hidden=too_few(about_manager=False, k=5))


def team_paths(release: Release) -> tuple[Path, ...]:
    return tuple(team.path for team in release.diagnosis.teams)


def shown_in(diagnosis: Diagnosis) -> tuple[UnitDiagnosis, ...]:
    return tuple(unit for unit in (diagnosis.programme, *diagnosis.companies, *diagnosis.teams) if unit.hidden is None)
