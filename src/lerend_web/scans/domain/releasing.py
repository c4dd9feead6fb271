"""From what survived a wave to the one release that all pages and files are drawn from."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db import transaction

from lerend.answers.table import Path, Reading
from lerend.diagnosis.diagnose import Origin
from lerend.errors import NotReleased, TooFewAnswers
from lerend.model.structure import Instrument
from lerend.release.gate import Ledger, release_of
from lerend.release.value import Collected, Release
from lerend.release.value import Wave as ReleasedWave
from lerend.release.writing import read_release, to_json
from lerend.statistics.frozen import FrozenStatistics
from lerend.statistics.frozen_file import from_bytes
from lerend.wording import say
from lerend_web.company_form.domain.management import management_of, management_view
from lerend_web.scans.domain.attacked import Attacked, attacked
from lerend_web.scans.domain.declared_tables import tables_in
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.enums import WaveKind
from lerend_web.scans.models import FrozenWave, StoredRelease, Wave, WaveUnit
from lerend_web.scans.queries import judged_with
from lerend_web.scans.rules import day_of

BY: Final = ("organisation", "team")
KEPT_IN_MEMORY: Final = 64
_LOG: Final = logging.getLogger(__name__)


def release_wave(frozen: FrozenWave, *, at: datetime) -> StoredRelease | None:
    """Make and store the next release of a closed wave; the newest one where nothing in it would differ.

    Returns:
        None where too few people answered, or where the last audit or an attacker found somebody.
    """
    wave = frozen.wave
    if not frozen.statistics:
        return None
    statistics = from_bytes(bytes(frozen.statistics))
    ledger = _ledger(wave, statistics)
    made = _made(frozen, statistics, ledger, at=at)
    if made is None:
        return None
    newest = newest_of(wave)
    if newest is not None and _says_the_same(made, read(newest)):
        return newest
    text = to_json(made)
    return _stored(made, text, attacked(made, text, ledger.earlier, statistics), wave, newest, at=at)


@transaction.atomic
def _stored(
    made: Release, text: str, result: Attacked, wave: Wave, newest: StoredRelease | None, *, at: datetime
) -> StoredRelease | None:
    note(wave, "wave.attacked", by=None, at=at, figures=result.figures, found=result.breaches)
    if result.breaches:
        _LOG.error("attackers found %s breaches in wave %s: nothing was released", result.breaches, wave.code)
        return None
    return StoredRelease.objects.create(
        wave=wave,
        number=newest.number + 1 if newest else 1,
        content=text,
        digest=made.digest,
        made_at=at,
    )


def renew_release(organisation: int, *, at: datetime) -> None:
    """Release the newest closed wave of an organisation again: management has said something new in its signed forms."""
    newest = FrozenWave.objects.filter(
        wave__organisation=organisation, wave__closed_at__isnull=False, wave__kind=WaveKind.SCAN
    )
    frozen = newest.select_related("wave__programme", "wave__organisation").order_by("-wave__closed_at").first()
    if frozen is not None:
        release_wave(frozen, at=at)


def newest_of(wave: Wave) -> StoredRelease | None:
    return wave.releases.order_by("-number").first()


def read(stored: StoredRelease) -> Release:
    """The release as a value; the last ones that were read stay in memory, as a release never changes."""
    return _read(stored.digest, stored.pk)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read(digest: str, pk: int) -> Release:
    return read_release(StoredRelease.objects.values_list("content", flat=True).get(pk=pk), name=digest[:12])


def _made(frozen: FrozenWave, statistics: FrozenStatistics, ledger: Ledger, *, at: datetime) -> Release | None:
    wave = frozen.wave
    instrument = instrument_of(wave.instrument)
    # What management says today is not laid beside what people said elsewhere, perhaps years ago, nor beside a pulse.
    is_here = wave.collected == Collected.HERE and wave.kind == WaveKind.SCAN
    management = management_of(wave.organisation_id, wave.programme_id) if is_here else None
    views = () if management is None else (management_view(management, path=statistics.organisations[0]),)
    signed = say("The company form is signed. It is compared with employees, never mixed with them.")
    origin = Origin(
        reading=Reading(),
        digest=frozen.digest,
        by=BY,
        simulated=wave.programme.is_demo,
        notes=(signed,) if views else (),
    )
    try:
        return release_of(
            statistics,
            model=model_of(instrument),
            instrument=instrument,
            wave=ReleasedWave(wave.code, wave.name, wave.organisation.name),
            made_on=day_of(at, wave.programme.time_zone).isoformat(),
            origin=origin,
            k=wave.k,
            collected=Collected(wave.collected),
            tables=tables_in(frozen.tables),
            ledger=ledger,
            promise=wave.promise_digest,
            views=views,
        )
    except TooFewAnswers:
        return None
    except NotReleased:
        # The wave is closed all the same: nobody's answers may wait in the urn for a figure that can't be shown.
        _LOG.exception("nothing was released of wave %s", wave.code)
        return None


def _says_the_same(made: Release, kept: Release) -> bool:
    return (made.cells, made.diagnosis) == (kept.cells, kept.diagnosis)


def _ledger(wave: Wave, statistics: FrozenStatistics) -> Ledger:
    """The newest release of every wave that this one is judged with, and how many people came or left since."""
    stored = StoredRelease.objects.filter(wave__in=judged_with(wave)).select_related("wave")
    newest = {release.wave_id: read(release) for release in stored.order_by("number")}
    earlier = list(_before(wave))
    released = [one for one in earlier if one.pk in newest]
    return Ledger(
        tuple(newest[one.pk] for one in (*earlier, wave) if one.pk in newest),
        {
            newest[one.pk].digest: moved
            for one in released
            if (moved := _moved_since(one, wave, statistics)) is not None
        },
        {newest[one.pk].digest: survived for one in released if (survived := _survived(one)) is not None},
    )


def _survived(wave: Wave) -> tuple[FrozenStatistics, Instrument] | None:
    """The sums of an earlier wave and its questionnaire; None where nothing survived."""
    frozen = FrozenWave.objects.filter(wave=wave).first()
    if frozen is None or not frozen.statistics:
        return None
    return from_bytes(bytes(frozen.statistics)), instrument_of(wave.instrument)


def _before(wave: Wave) -> Iterable[Wave]:
    """Waves that are judged with this one and closed before it, oldest first."""
    closed = judged_with(wave).filter(closed_at__isnull=False).exclude(pk=wave.pk)
    if wave.closed_at is not None:
        closed = closed.filter(closed_at__lt=wave.closed_at)
    return closed.order_by("closed_at")


def _moved_since(earlier: Wave, wave: Wave, statistics: FrozenStatistics) -> dict[Path, int] | None:
    """People who came plus people who left since an earlier wave, per unit; None where somebody did not say.

    Each wave says it about the one before, so that over several waves the numbers add up: never too few.
    """
    since = [one for one in _before(wave) if one.closed_at and earlier.closed_at and one.closed_at > earlier.closed_at]
    moved = {unit: 0 for group in statistics.groups for unit in group}
    for unit in WaveUnit.objects.filter(wave__in=[*since, wave]).select_related("key_group"):
        if unit.came is None or unit.left is None:
            return None
        path = (wave.organisation.name, unit.key_group.label)
        if path in moved:
            moved[path] += unit.came + unit.left
    return moved
