"""The rounds that were closed before the story begins.

Nobody ever answered these: their statistics come straight from the simulation, and every screen says so. Only the
newest round goes through the real doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lerend_web.core.clock import AMSTERDAM
from lerend_web.demo.domain.sheets import filled_in
from lerend_web.demo.domain.world import FirstRound, questions
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.frozen import store_survivors, survivors_of
from lerend_web.scans.domain.key_groups import Group, groups_of
from lerend_web.scans.domain.opened import Opened
from lerend_web.scans.domain.releasing import release_wave
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import FrozenWave, KeyGroup, StoredRelease, Wave, WaveUnit
from lerend_web.scans.rules import minimum_invited, start_of_day
from lerend_web.urn.passes import new_public_code

K: Final = 5
NAME: Final = "Eerste ronde"
OPENED_BEFORE: Final = timedelta(days=190)
TOOK: Final = timedelta(days=21)
HEARD_BACK_AFTER: Final = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed round as it was released when the demo was made before: the same answers give the same release."""

    code: str
    closed_at: datetime
    frozen: FrozenWave
    release: StoredRelease | None


def kept_rounds() -> dict[str, Kept]:
    """The closed first rounds that are there now, by the name of the company."""
    rounds = Wave.objects.filter(programme__is_demo=True, name=NAME, state=WaveState.CLOSED)
    return {
        wave.organisation.name: Kept(wave.code, wave.closed_at, wave.frozen, wave.releases.order_by("number").first())
        for wave in rounds.select_related("organisation", "frozen")
        if wave.closed_at is not None
    }


def make_closed_round(
    programme: Programme, organisation: Organisation, round_: FirstRound, *, today: date, kept: Kept | None = None
) -> Wave:
    """Write down a round as it would stand half a year after it opened.

    Args:
        kept: the same round of before. Made on the same day it is taken over, so that nobody waits for what is known.
    """
    wave = _wave(programme, organisation, today - OPENED_BEFORE)
    if kept is not None and kept.closed_at == wave.closed_at:
        _key_groups(wave, round_)
        return _taken_over(wave, kept)
    freeze_round(wave, round_, _key_groups(wave, round_))
    return wave


def _key_groups(wave: Wave, round_: FirstRound) -> dict[tuple[str, ...], str]:
    group_of: dict[tuple[str, ...], str] = {}
    for group in groups_of(round_.headcounts, minimum=minimum_invited(K)):
        group_of |= dict.fromkeys(group.units, _key_group(wave, group, round_))
    return group_of


def _taken_over(wave: Wave, kept: Kept) -> Wave:
    """The round keeps its code, for the release names it."""
    Wave.objects.filter(pk=wave.pk).update(code=kept.code)
    wave.code = kept.code
    for row in (kept.frozen, kept.release):
        if row is not None:
            row.pk, row.wave = None, wave
            row.save(force_insert=True)
    return wave


def _wave(programme: Programme, organisation: Organisation, opened_on: date) -> Wave:
    closed_on = opened_on + TOOK
    return Wave.objects.create(
        organisation=organisation,
        programme=programme,
        code=new_public_code(),
        name=NAME,
        k=K,
        opens_on=opened_on,
        closes_on=closed_on,
        heard_back_on=closed_on + HEARD_BACK_AFTER,
        works_council_consent_on=opened_on - timedelta(days=30),
        state=WaveState.CLOSED,
        closing_step="closed",
        opened_at=start_of_day(opened_on, AMSTERDAM),
        closed_at=start_of_day(closed_on + timedelta(days=1), AMSTERDAM),
    )


def freeze_round(wave: Wave, round_: FirstRound, group_of: Mapping[tuple[str, ...], str]) -> None:
    """From made-up sheets onwards it is the same as closing a real round."""
    _model, instrument = questions()
    batch = round_.batch
    sheets = tuple(
        (group_of[batch.paths[unit]], filled_in(batch.codes[person].tolist(), form=form, background={}))
        for person, (unit, form) in enumerate(zip(batch.group.tolist(), round_.form, strict=True))
    )
    left = survivors_of(Opened(sheets, damaged=0, unreadable=0), wave=wave, instrument=instrument)
    frozen, _is_new = store_survivors(left, wave)
    if wave.closed_at is not None:
        release_wave(frozen, at=wave.closed_at)


def _key_group(wave: Wave, group: Group, round_: FirstRound) -> str:
    made = KeyGroup.objects.create(wave=wave, code=new_public_code(), label=group.label, invited=group.invited)
    WaveUnit.objects.bulk_create(
        WaveUnit(wave=wave, path=list(unit), headcount=round_.headcounts[unit], key_group=made) for unit in group.units
    )
    return made.code
