"""Closed rounds with a release of their own, from made-up answers: the quick way to an outcome in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from lerend.answers.table import AnswerBatch
from lerend.model import load_instrument, load_model
from lerend.model.structure import Instrument, OrganisationModel
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.frozen import Survivors, store_survivors, survivors_of_batch
from lerend_web.scans.domain.releasing import release_wave
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import KeyGroup, StoredRelease, Wave, WaveUnit
from lerend_web.urn.passes import new_public_code

TEAMS = (("Nachtploeg", 14), ("Dagploeg", 16), ("Onderhoud", 8), ("Kantoor", 23))
"""Names and numbers of people who answered: one team that is too small for a ranking, one for topics about its leader."""
_HIGHEST = 5
CLOSED_ON = date(2026, 6, 11)


def closed_wave(
    organisation: Organisation,
    programme: Programme,
    *,
    name: str = "Spring",
    closed_on: date = CLOSED_ON,
    seed: int = 1,
    people: tuple[tuple[str, int], ...] = TEAMS,
    shifted: str = "",
) -> Wave:
    """A round that was closed on a day, with its units; one statement can be read differently by all (`made_up_answers`)."""
    wave = Wave.objects.create(
        organisation=organisation,
        programme=programme,
        code=new_public_code(),
        name=name,
        opens_on=closed_on - timedelta(days=21),
        closes_on=closed_on - timedelta(days=1),
        heard_back_on=closed_on + timedelta(days=21),
        state=WaveState.CLOSED,
        closing_step="closed",
        closed_at=datetime(closed_on.year, closed_on.month, closed_on.day, 9, tzinfo=ZoneInfo(AMSTERDAM)),
    )
    for team, answered in people:
        group = KeyGroup.objects.create(wave=wave, code=new_public_code(), label=team, invited=answered + 4)
        WaveUnit.objects.create(wave=wave, path=[team], headcount=answered + 4, key_group=group)
    frozen, _is_new = store_survivors(_survivors(organisation.name, people, seed, wave.k, shifted), wave)
    frozen.wave = wave
    return wave


def released(
    organisation: Organisation,
    programme: Programme,
    *,
    name: str = "Spring",
    closed_on: date = CLOSED_ON,
    seed: int = 1,
    people: tuple[tuple[str, int], ...] = TEAMS,
) -> StoredRelease:
    """The same with its release."""
    wave = closed_wave(organisation, programme, name=name, closed_on=closed_on, seed=seed, people=people)
    assert wave.closed_at is not None
    stored = release_wave(wave.frozen, at=wave.closed_at)
    assert stored is not None
    return stored


def some_outcome(organisation: Organisation, programme: Programme) -> Wave:
    """A closed round with an outcome, made once a process: for tests to which it does not matter what it says."""
    known = _SOME.get(organisation.name)
    if known is None:
        stored = released(organisation, programme)
        _SOME[organisation.name] = (stored.content, stored.digest)
        return stored.wave
    wave = closed_wave(organisation, programme)
    content, digest = known
    assert wave.closed_at is not None
    StoredRelease.objects.create(wave=wave, number=1, content=content, digest=digest, made_at=wave.closed_at)
    return wave


_SOME: dict[str, tuple[str, str]] = {}


@lru_cache(maxsize=32)
def _survivors(organisation: str, people: tuple[tuple[str, int], ...], seed: int, k: int, shifted: str) -> Survivors:
    batch, _model, instrument = made_up_answers(organisation, people, seed=seed, shifted=shifted)
    return survivors_of_batch(batch, wave=Wave(k=k), instrument=instrument, left_out={})


def made_up_answers(
    organisation: str, people: tuple[tuple[str, int], ...], *, seed: int, shifted: str = ""
) -> tuple[AnswerBatch, OrganisationModel, Instrument]:
    """What so many people of each team answered; to one statement everybody can answer one lower, for no reason of its topic."""
    instrument = load_instrument("employee-scan@1")
    model = load_model(instrument.model)
    total = sum(answered for _team, answered in people)
    made_up = simulate_programme(model, instrument, WorldSettings(companies=1, people=(total, total)), seed=seed)
    own = np.repeat(np.arange(len(people)), [answered for _team, answered in people]).astype(np.int32)
    paths = tuple((organisation, team) for team, _n in people)
    batch = made_up.filled.batch
    if shifted:
        column = batch.codes[:, batch.items.index(shifted)]
        column[(column > 1) & (column <= _HIGHEST)] -= 1
    return replace(batch, paths=paths, group=own, leads=None), model, instrument
