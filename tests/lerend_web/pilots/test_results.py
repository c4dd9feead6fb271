"""What a pilot did: from releases alone, looked at once per measurement, with the interval that is valid then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lerend.disclosure.cells import Extreme
from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Basis
from lerend.release.writing import read_release, sealed, to_json
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.kept_looks import Shift, seen_in
from lerend_web.pilots.domain.results import WAITS, awaited, effect_in, look, measured_of_releases, next_look
from lerend_web.pilots.domain.teams import id_of, teams_of_releases
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Measurement, Pilot, StoredEffect
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.models import FrozenWave, StoredRelease, Wave
from tests.lerend_web.actors import place
from tests.lerend_web.pilots.world import DEVIATION, SCALE, World, build, moment_at
from tests.lerend_web.released import released

pytestmark = pytest.mark.django_db

READ = {"pilots_pilot", "pilots_frozenplan", "pilots_measurement", "scans_wave", "scans_storedrelease"}
"""Tables that measuring may ask: the plan, which round measures what, and releases."""


def test_nothing_but_releases_and_the_plan_is_read() -> None:
    pilot = build().pilot
    assert not FrozenWave.objects.exists()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        measured = measured_of_releases(Pilot.objects.get(pk=pilot.pk))
    tables = {part.split('"')[0] for query in asked for part in query["sql"].split('FROM "')[1:]}
    joined = {part.split('"')[0] for query in asked for part in query["sql"].split('JOIN "')[1:]}
    assert tables | joined <= READ
    assert np.isfinite(measured.mean).all()
    assert np.allclose(measured.mean * 10, np.round(measured.mean * 10))


def test_a_team_that_is_no_cell_of_its_own_was_not_measured() -> None:
    built = build()
    organisation = built.organisations[1]
    _rewritten(built.pilot, organisation, 1, without="Shop")
    measured = measured_of_releases(built.pilot)
    row = measured.teams.index(id_of(organisation.pk, ("", "Shop")))
    assert measured.people[row, 1] == 0
    assert measured.people[row, 2] > 0


def test_a_mean_that_was_released_as_words_does_not_count_and_is_named() -> None:
    built = build()
    _rewritten(built.pilot, built.organisations[0], 1, words="Oven")
    seen = seen_in(look(built.pilot, 1, at=moment_at(1)))
    assert seen.without_number == 1
    assert seen.effect.teams == len(built.design.teams) - 1


def test_a_look_keeps_the_effect_with_the_interval_that_is_valid_then() -> None:
    pilot = build(World(effect=0.8)).pilot
    early = effect_in(look(pilot, 1, at=moment_at(1)))
    last = effect_in(look(pilot, 2, at=moment_at(2)))
    assert early.p is None
    assert last.p is not None
    assert early.interval.high - early.interval.low > last.interval.high - last.interval.low
    assert last.tested_by is Basis.LOT
    assert last.interval.low < 0.8 / DEVIATION < last.interval.high


def test_what_was_kept_comes_back_whole_and_cannot_be_changed_unseen() -> None:
    pilot = build(World(companies=2, teams=3)).pilot
    stored = look(pilot, 1, at=moment_at(1), shift=Shift.HOLDS)
    seen = seen_in(pilot.effects.get())
    assert not seen.effect.has_limits
    assert json.loads(stored.content)["effect"]["interval"] == {"low": None, "high": None}
    assert seen.shift is Shift.HOLDS
    assert {one.release for one in seen.sources} == set(
        StoredRelease.objects.filter(wave__measures__number__lte=1).values_list("digest", flat=True)
    )
    StoredEffect.objects.filter(pilot=pilot).update(content=stored.content.replace('"look": 1', '"look": 2'))
    with pytest.raises(ValueError, match="was changed"):
        effect_in(pilot.effects.get())


def test_a_look_is_taken_once_and_in_order() -> None:
    pilot = build().pilot
    look(pilot, 2, at=moment_at(2))
    for number in (1, 2):
        with pytest.raises(PilotRefused):
            look(pilot, number, at=moment_at(2))
    with pytest.raises(PilotRefused):
        look(pilot, 3, at=moment_at(2))


def test_a_late_company_is_waited_for_and_then_named() -> None:
    built = build(World(measured=2))
    late = Measurement.objects.get(pilot=built.pilot, organisation=built.organisations[1], number=1)
    _gone(late)
    with pytest.raises(PilotRefused, match=built.organisations[1].name):
        look(built.pilot, 1, at=moment_at(1))
    after = moment_at(1) + WAITS
    assert awaited(built.pilot, 1, after) == []
    built_on = build(World(measured=2, companies=3, seed=3), here=built.here)
    gone = Measurement.objects.get(pilot=built_on.pilot, organisation=built_on.organisations[2], number=1)
    _gone(gone)
    assert seen_in(look(built_on.pilot, 1, at=after)).without == 1


def test_what_was_measured_before_is_not_looked_at_under_a_later_number() -> None:
    built = build(World(measured=2))
    with pytest.raises(PilotRefused):
        look(built.pilot, 2, at=moment_at(2) + WAITS)


def test_a_measurement_that_never_was_is_passed_over() -> None:
    built = build(World(measured=3))
    for gone in Measurement.objects.filter(pilot=built.pilot, number=1):
        _gone(gone)
    assert next_look(built.pilot, built.plan) == 2
    look(built.pilot, 2, at=moment_at(2))
    assert next_look(built.pilot, built.plan) is None


def test_too_few_measured_teams_are_refused_in_words() -> None:
    built = build(World(measured=2, teams=2))
    _gone(Measurement.objects.get(pilot=built.pilot, organisation=built.organisations[1], number=1))
    with pytest.raises(PilotRefused) as refused:
        look(built.pilot, 1, at=moment_at(1) + WAITS + timedelta(days=1))
    assert "team" in str(refused.value)


def test_before_and_after_has_a_change_and_no_test() -> None:
    pilot = build(World(kind=Kind.BEFORE_AFTER)).pilot
    effect = effect_in(look(pilot, 2, at=moment_at(2)))
    assert not effect.is_effect
    assert effect.tested_by is Basis.NOTHING


@pytest.mark.parametrize("kind", [Kind.LOTTERY, Kind.STEPPED, Kind.TIE_BREAKER, Kind.COMPARISON])
def test_every_kind_finds_a_large_effect(kind: Kind) -> None:
    pilot = build(World(kind=kind, companies=2, teams=6, moments=4, measured=4, effect=0.8, noise=0.05)).pilot
    effect = effect_in(look(pilot, 3, at=moment_at(3)))
    assert effect.points == pytest.approx(0.8, abs=0.25)
    assert effect.interval.low > 0


def test_only_who_plans_pilots_looks() -> None:
    built = build()
    here = built.here
    for role in (OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER, ProgrammeRole.TEACHER):
        with pytest.raises(PilotRefused):
            look(built.pilot, 1, at=moment_at(1), by=here.people[role])
    assert look(built.pilot, 1, at=moment_at(1), by=here.people[ProgrammeRole.RESEARCHER]).look == 1


def test_teams_of_the_world_are_those_that_a_pilot_finds() -> None:
    built = build(World(state=PilotState.DRAFT))
    names = set(built.pilot.teams.values_list("name", flat=True))
    assert teams_of_releases(pilot=built.pilot, by=None, at=moment_at(2)).counted == len(built.design.teams)
    assert set(built.pilot.teams.values_list("name", flat=True)) == names


def _rewritten(pilot: Pilot, organisation: Organisation, number: int, *, without: str = "", words: str = "") -> None:
    """The release of a moment, with a team left out or with words in place of its mean."""
    measurement = Measurement.objects.get(pilot=pilot, organisation=organisation, number=number)
    assert measurement.wave is not None
    stored = StoredRelease.objects.get(wave=measurement.wave)
    release = read_release(stored.content)
    cells = [
        replace(cell, mean=None, words=Extreme.VERY_HIGH) if cell.name[-1] == words else cell
        for cell in release.cells
        if cell.name[-1] != without
    ]
    changed = sealed(replace(release, cells=tuple(cells), digest=""))
    StoredRelease.objects.create(
        wave=measurement.wave, number=2, content=to_json(changed), digest=changed.digest, made_at=stored.made_at
    )


def _gone(measurement: Measurement) -> None:
    """Its round was never closed."""
    assert measurement.wave is not None
    Wave.objects.filter(pk=measurement.wave.pk).delete()


def test_what_the_gate_really_released_is_what_is_measured() -> None:
    """Through the real gate: the means are those of the cells, and a team that is shown only with another is not measured."""
    built = build(World(measured=0, teams=4, moments=2), here=place("Real"))
    organisation, programme = built.organisations[0], built.pilot.programme
    people = (("Oven", 14), ("Shop", 16), ("Lab", 8), ("Cellar", 3))
    stored = released(organisation, programme, people=people)
    Measurement.objects.filter(pilot=built.pilot, organisation=organisation, number=0).update(wave=stored.wave)
    release = read_release(stored.content)
    measured = measured_of_releases(built.pilot)
    for team, _people in people:
        row = measured.teams.index(id_of(organisation.pk, ("", team)))
        cell = release.cell((organisation.name, team), SCALE)
        if cell is None:
            assert measured.people[row, 0] == 0
        else:
            assert (measured.people[row, 0], measured.mean[row, 0]) == (cell.people.low, cell.mean)
    assert (measured.people[:, 0] > 0).sum() == sum(
        release.cell((organisation.name, team), SCALE) is not None for team, _people in people
    )
    assert release.cell((organisation.name, "Cellar"), SCALE) is None
