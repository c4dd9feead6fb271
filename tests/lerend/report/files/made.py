"""Releases for the tests of the files, and names that a careless program would work out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lerend.answers.table import Path
from lerend.release.value import Collected, Release, Wave
from lerend.release.writing import sealed
from lerend.report.files import FILES, kind_of
from lerend.simulate.world import WorldSettings
from lerend.wording import Language
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, programme
from tests.lerend.release.waves import released

HOSTILE = ('=HYPERLINK("https://example.org","click")', "@SUM(A1)", "+1+1", "-2+3", "=cmd|' /C calc'!A0")
SLUGS = tuple(kind.slug for kind in FILES)


@cache
def one_company() -> Release:
    """One company with teams, some of which are hidden on some topics."""
    return released(programme(WorldSettings(companies=1, people=(90, 90)), 1).filled.batch)


@cache
def three_companies() -> Release:
    return released(programme(WorldSettings(companies=3, people=(40, 60)), 2).filled.batch)


@cache
def hostile() -> Release:
    """The company, its teams, the round and its owner have names that look like formulas."""
    batch = programme(WorldSettings(companies=1, people=(90, 90)), 1).filled.batch
    paths = tuple(
        (HOSTILE[0], f"{HOSTILE[1 + place % 4]}{place}", *path[2:]) for place, path in enumerate(batch.paths)
    )  # fmt: skip
    found = released(replace(batch, paths=paths))
    return sealed(replace(found, wave=Wave("w1", HOSTILE[1], HOSTILE[0])))


@cache
def collected_here() -> Release:
    """The same as `one_company`, under our promise and not simulated."""
    diagnosis = replace(one_company().diagnosis, simulated=False)
    return sealed(replace(one_company(), collected=Collected.HERE, promise="ab" * 32, diagnosis=diagnosis))


_MADE: dict[tuple[str, str, Language], bytes] = {}


def made(slug: str, release: Release, language: Language = "en") -> bytes:
    """A file, made once for all tests."""
    key = (slug, release.digest, language)
    if key not in _MADE:
        _MADE[key] = kind_of(slug).make(release, model=MODEL, instrument=INSTRUMENT, language=language)
    return _MADE[key]


def shown_means(release: Release) -> set[tuple[Path, str, float | str]]:
    """(unit, scale, mean or word), straight from the release."""
    return {
        (cell.name, cell.scale, cell.mean if cell.mean is not None else str(cell.words))
        for cell in release.cells
        if cell.table == "units"
    }


def shown_scores(release: Release) -> set[tuple[Path, str, float | str]]:
    """(unit, scale, score or word), straight from the release; a programme of one company is that company."""
    diagnosis = release.diagnosis
    outer = () if len(diagnosis.companies) == 1 else (diagnosis.programme,)
    return {
        (unit.path, finding.scale, finding.score.value if finding.score else str(finding.words))
        for unit in (*outer, *diagnosis.companies, *diagnosis.teams)
        if unit.hidden is None
        for finding in unit.findings
        if finding.hidden is None and (finding.score or finding.words)
    }
