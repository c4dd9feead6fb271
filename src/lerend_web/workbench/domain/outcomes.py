"""The outcome of a closed round as a page: drawn again from what was frozen, always the same.

Beside it stands how management sees the same topics, from the signed company forms that were sent until now.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db import transaction

from lerend.answers.table import Path, Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.frozen import diagnose_frozen
from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
from lerend.model import load_instrument, load_model
from lerend.report import render_html
from lerend.statistics.frozen_file import from_bytes
from lerend.wording import Language, say
from lerend_web.company_form.domain.management import ManagementForms, management_of, management_view
from lerend_web.core.audit import record
from lerend_web.core.models import AuditEntry
from lerend_web.people.models import Person
from lerend_web.scans.models import FrozenWave, Wave

_A_DAY: Final = timedelta(days=1)
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A team that has an outcome of its own; `number` stands in its address."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """A whole HTML document, the policy that lets its style sheet through, and the team's name if it is about one."""

    html: str
    policy: str
    sheet: str


def sheets_of(frozen: FrozenWave) -> list[Sheet]:
    """The teams that have a sheet of their own, in the order of the report; none where too few people answered."""
    teams = frozen.diagnosis.get("teams", [])
    found = enumerate(teams, start=1)
    return [Sheet(number, team["path"][-1]) for number, team in found if team["hidden"] is None]


def outcome_page(frozen: FrozenWave, *, language: Language, made_on: str, number: int | None = None) -> OutcomePage:
    """The report on the organisation, or on one of its teams.

    Raises:
        LookupError: too few people answered for any report, or this team has no sheet of its own.
    """
    if not frozen.statistics:
        raise LookupError("nothing survived the freeze")
    diagnosis = _diagnosis_of(frozen)
    instrument = load_instrument(frozen.wave.instrument)
    path = None if number is None else _path_of(diagnosis, number)
    html = render_html(
        diagnosis,
        model=load_model(instrument.model),
        instrument=instrument,
        language=language,
        unit=path,
        made_on=made_on,
    )
    return OutcomePage(html, _policy(html), path[-1] if path else "")


@transaction.atomic
def note_reading(wave: Wave, *, sheet: str, by: Person, at: datetime) -> None:
    """Write down who saw an outcome, once a day: the works council reads that log."""
    code = "sheet.seen" if sheet else "outcome.seen"
    today = AuditEntry.objects.filter(code=code, actor=by.pk, subject=wave.code, at__gt=at - _A_DAY)
    if not any(row.detail.get("name", "") == sheet for row in today):
        record(
            by=by,
            at=at,
            code=code,
            programme=wave.programme_id,
            organisation=wave.organisation_id,
            subject=wave.code,
            name=sheet,
        )


def _path_of(diagnosis: Diagnosis, number: int) -> Path:
    teams = diagnosis.teams
    if not 1 <= number <= len(teams) or not _has_a_sheet(teams[number - 1]):
        raise LookupError(number)
    return teams[number - 1].path


def _has_a_sheet(team: UnitDiagnosis) -> bool:
    return team.hidden is None


def _diagnosis_of(frozen: FrozenWave) -> Diagnosis:
    wave = frozen.wave
    return _drawn(
        bytes(frozen.statistics),
        _Kept.of(frozen.diagnosis),
        wave.instrument,
        wave.k,
        wave.programme.is_demo,
        management_of(wave.organisation_id, wave.programme_id),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the kept report says about its own making."""

    digest: str
    seed: int
    draws: int
    reading: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, diagnosis: dict[str, Any]) -> _Kept:
        reading = dict(diagnosis.get("reading", {}))
        left_out = reading.pop("left_out", {})
        trail = diagnosis["trail"]
        return cls(
            digest=trail["inputs_digest"],
            seed=trail["seed"],
            draws=trail["draws"],
            reading=tuple(reading.items()),
            left_out=tuple(left_out.items()),
        )


@lru_cache(maxsize=8)
def _drawn(
    statistics: bytes,
    kept: _Kept,
    reference: str,
    k: int,
    simulated: bool,  # noqa: FBT001 -- a cache tells keyword arguments in another order apart
    management: ManagementForms | None,
) -> Diagnosis:
    """The diagnosis that was made at closing; a second or so of work, so the last few are kept."""
    instrument = load_instrument(reference)
    frozen = from_bytes(statistics)
    views = () if management is None else (management_view(management, path=frozen.organisations[0]),)
    signed = say("The company form is signed. It is compared with employees, never mixed with them.")
    return diagnose_frozen(
        frozen,
        model=load_model(instrument.model),
        instrument=instrument,
        origin=Origin(
            reading=Reading(**dict(kept.reading), left_out=dict(kept.left_out)),
            digest=kept.digest,
            by=("organisation", "team"),
            simulated=simulated,
            notes=(signed,) if views else (),
        ),
        k=k,
        seed=kept.seed,
        draws=kept.draws,
        views=views,
    )


def _policy(html: str) -> str:
    """Nothing at all but the one style sheet that stands in the page."""
    style = _STYLE.search(html)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() if style else ""
    rules = [f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
    return "; ".join(["default-src 'none'", "img-src 'self'", *rules])
