"""The newest release of a round with what belongs to it, and the report that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.utils.translation import get_language

from lerend.answers.table import Path
from lerend.diagnosis.result import UnitDiagnosis
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Collected, Release
from lerend.report.html import render_parts
from lerend.report.priorities import rows_to_begin_with, to_begin_with
from lerend.report.rows import rows_of
from lerend.report.visible import visible
from lerend.report.words import spoken
from lerend.wording import Language, say
from lerend_web.core.audit import record
from lerend_web.core.models import AuditEntry
from lerend_web.people.models import Person
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import StoredRelease, Wave

_A_DAY: Final = timedelta(days=1)
_KEPT_IN_MEMORY: Final = 128


@dataclass(frozen=True, slots=True)
class Sheet:
    """A team, or teams taken together, with an outcome of its own; `number` stands in its address."""

    number: int
    name: str
    joined_with: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """A release and what is needed to read it."""

    release: Release
    model: OrganisationModel
    instrument: Instrument

    @property
    def company(self) -> UnitDiagnosis:
        return self.release.diagnosis.companies[0]

    @property
    def simulated(self) -> bool:
        return self.release.diagnosis.simulated

    @property
    def collected_elsewhere(self) -> bool:
        return self.release.collected is Collected.ELSEWHERE

    @property
    def made_on(self) -> date:
        return date.fromisoformat(self.release.made_on)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The teams with an outcome of their own, in the order of the release."""
        found = enumerate(self.release.diagnosis.teams, start=1)
        return tuple(Sheet(n, team.label, team.joined_with, team.path) for n, team in found if team.hidden is None)

    def sheet(self, number: int) -> Sheet:
        """The team that has this number in addresses.

        Raises:
            LookupError: this team has no outcome of its own.
        """
        found = next((sheet for sheet in self.sheets if sheet.number == number), None)
        if found is None:
            raise LookupError(number)
        return found

    def unit(self, path: Path) -> UnitDiagnosis:
        """The unit at this path.

        Raises:
            LookupError: there is no such unit.
        """
        diagnosis = self.release.diagnosis
        units = (diagnosis.programme, *diagnosis.companies, *diagnosis.teams)
        found = next((unit for unit in units if unit.path == path), None)
        if found is None:
            raise LookupError(path)
        return found


def outcome_of(wave: Wave) -> Outcome | None:
    """The outcome of a closed round; None where nothing could be released: too few people answered."""
    stored = newest_of(wave) if wave.state == WaveState.CLOSED else None
    return None if stored is None else outcome_in(stored)


def outcome_in(stored: StoredRelease) -> Outcome:
    return outcome_from(read(stored))


def outcome_from(release: Release) -> Outcome:
    """The release with the questionnaire and the model that it was made with."""
    instrument = instrument_of(release.trail.instrument)
    return Outcome(release, model_of(instrument), instrument)


def reader_language() -> Language:
    """Of the page that is being made."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def report_parts(wave: Wave, *, addresses: str, unit: Path | None = None) -> Mapping[str, str]:
    """The parts of the report about the organisation, or about one of its units: finished HTML.

    Args:
        addresses: where the page about a factor is: this, and then its id.
    """
    stored = newest_of(wave)
    if stored is None:
        raise LookupError(wave.pk)
    return _parts(stored.digest, stored.pk, reader_language(), addresses, unit)


@dataclass(frozen=True, slots=True)
class FirstBottlenecks:
    """The one or two topics to begin with, in a sentence and each with its id; nothing where none is likely."""

    count: int
    names: str
    topics: tuple[tuple[str, str], ...] = ()


def first_bottlenecks(outcome: Outcome) -> FirstBottlenecks:
    """The surest of those that the report writes out."""
    language = reader_language()
    company = visible(outcome.release.diagnosis).companies[0]
    rows = rows_of(company, outcome.model, language)
    names = to_begin_with(company, rows, outcome.model, language)
    said = spoken(say("{names}", names=names), language) if names else ""
    topics = tuple((row.scale, row.name) for row in rows_to_begin_with(company, rows, outcome.model, language))
    return FirstBottlenecks(len(names), said, topics)


@lru_cache(maxsize=_KEPT_IN_MEMORY)
def _parts(_digest: str, pk: int, language: Language, addresses: str, unit: Path | None) -> Mapping[str, str]:
    """Kept, as a release never changes; the digest tells one from another."""
    outcome = outcome_in(StoredRelease.objects.get(pk=pk))
    return render_parts(
        outcome.release.diagnosis,
        model=outcome.model,
        instrument=outcome.instrument,
        language=language,
        unit=unit,
        link=lambda scale: addresses + scale,
        promised=not outcome.collected_elsewhere,
    )


@transaction.atomic
def note_reading(wave: Wave, *, about: str = "", by: Person, at: datetime) -> None:
    """Write down who saw an outcome, once a day: the works council reads that log.

    Args:
        about: the team, where it was a sheet of one; or the name of the file that was taken along.
    """
    code = "sheet.seen" if about else "outcome.seen"
    today = AuditEntry.objects.filter(code=code, actor=by.pk, subject=wave.code, at__gt=at - _A_DAY)
    if not any(row.detail.get("name", "") == about for row in today):
        record(
            by=by,
            at=at,
            code=code,
            programme=wave.programme_id,
            organisation=wave.organisation_id,
            subject=wave.code,
            name=about,
        )
