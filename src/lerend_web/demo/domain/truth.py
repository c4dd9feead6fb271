"""Show the truth: what really has most room in the made-up world, and who found how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from lerend.diagnosis.result import Finding, UnitDiagnosis
from lerend.release.value import Release
from lerend.report.words import printable
from lerend.simulate.truth import Truth, truth_of
from lerend.wording import Language
from lerend_web.demo.company import COMPANIES
from lerend_web.demo.domain.world import questions, world
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

FIVE: Final = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A factor that somebody names, and whether it is truly one of the five."""

    name: str
    is_true: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The true five of one company beside five by lowest score and five by the release."""

    true: tuple[str, ...]
    lowest: tuple[Named, ...]
    ours: tuple[Named, ...]

    @property
    def by_lowest(self) -> int:
        return sum(each.is_true for each in self.lowest)

    @property
    def by_ours(self) -> int:
        return sum(each.is_true for each in self.ours)


@dataclass(frozen=True, slots=True)
class Tally:
    """The same over all companies of the demo, in the newest closed round of each."""

    companies: int
    by_lowest: int
    by_ours: int
    ours_lost: int


def programme_gains() -> dict[str, float]:
    """Per factor what the companies would truly gain on average, in SD of the outcome; 0 for what is never ranked."""
    truth = _truth()
    means = np.where(truth.ranked, truth.gain.mean(axis=0), 0.0)
    return dict(zip(truth.factors, means.tolist(), strict=True))


def compared(wave: Wave, language: str) -> Comparison | None:
    """For the company of one closed round; None where nothing was released."""
    stored = newest_of(wave) if wave.state == WaveState.CLOSED else None
    company = COMPANIES.index(wave.organisation.name) if wave.organisation.name in COMPANIES else None
    if stored is None or company is None:
        return None
    return _comparison(read(stored), company, "nl" if language == "nl" else "en")


def tally(waves: Sequence[Wave], language: str) -> Tally:
    """Over the rounds of several companies, one each."""
    found = [each for each in (compared(wave, language) for wave in waves) if each is not None]
    return Tally(
        companies=len(found),
        by_lowest=sum(each.by_lowest for each in found),
        by_ours=sum(each.by_ours for each in found),
        ours_lost=sum(each.by_ours < each.by_lowest for each in found),
    )


def _comparison(release: Release, company: int, language: Language) -> Comparison:
    model, _instrument = questions()
    names = {factor.id: printable(factor.name.in_language(language)) for factor in model.factors}
    true = _truth().largest(company, FIVE)
    ranked = _ranked(release.diagnosis.companies[0])
    lowest = sorted(ranked, key=lambda each: each.score.value if each.score else FIVE)[:FIVE]
    ours = sorted(ranked, key=lambda each: -each.room.top_five if each.room else 0)[:FIVE]
    return Comparison(
        tuple(names[factor.id] for factor in model.factors if factor.id in true),
        tuple(Named(names[each.scale], each.scale in true) for each in lowest),
        tuple(Named(names[each.scale], each.scale in true) for each in ours),
    )


def _ranked(company: UnitDiagnosis) -> list[Finding]:
    """What both may choose from: the factors that are ranked at all, so that the lowest scores get a fair chance."""
    return [each for each in company.findings if each.room is not None and each.score is not None]


@lru_cache(maxsize=1)
def _truth() -> Truth:
    model, instrument = questions()
    return truth_of(world(), model, instrument, stated_target=None)
