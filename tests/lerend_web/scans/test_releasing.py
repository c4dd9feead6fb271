"""From the sums of a closed wave to its release: once, looked at by attackers, and never another figure afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Cell
from lerend.release.gate import release_of
from lerend.release.value import UNITS, Release
from lerend.release.writing import sealed
from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain import releasing
from lerend_web.scans.domain.frozen import survivors_of_batch
from lerend_web.scans.domain.people_since import CameAndLeft, is_asked, note_people_since
from lerend_web.scans.domain.releasing import read, release_wave
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import StoredRelease, Wave
from lerend_web.scans.rules import PlanIsWrong
from tests.lerend_web.actors import Place, place
from tests.lerend_web.released import TEAMS, closed_wave, made_up_answers, released


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def stored(here: Place) -> StoredRelease:
    return released(here.organisation, here.programme)


def again(stored: StoredRelease) -> StoredRelease | None:
    return release_wave(stored.wave.frozen, at=stored.made_at + timedelta(days=1))


def test_release_names_its_wave_and_what_it_was_made_from(stored: StoredRelease) -> None:
    release = read(stored)
    assert (release.wave.code, release.wave.organisation) == (stored.wave.code, "Organisation A")
    assert release.trail.inputs_digest == stored.wave.frozen.digest
    assert release.digest == stored.digest


def test_releasing_again_gives_the_same_release(stored: StoredRelease) -> None:
    found = again(stored)
    assert found is not None
    assert found.pk == stored.pk
    assert StoredRelease.objects.count() == 1


def test_attackers_look_before_anybody_else_and_that_is_written_down(stored: StoredRelease) -> None:
    entry = AuditEntry.objects.get(code="wave.attacked", subject=stored.wave.code)
    assert entry.detail["found"] == 0
    assert entry.detail["figures"] > 100


def with_contracts(here: Place) -> Wave:
    """A closed wave whose people also said what contract they have; one of them is of a kind of its own."""
    wave = closed_wave(here.organisation, here.programme)
    batch, _model, instrument = made_up_answers(here.organisation.name, TEAMS, seed=1)
    question = next(each for each in instrument.background if each.id == "contract")
    said = ["other" if person == 0 else ("agency", "permanent")[person % 2] for person in range(len(batch.codes))]
    kept = survivors_of_batch(batch, wave=wave, instrument=instrument, left_out={}, chosen={question: said})
    wave.frozen.tables = kept.tables
    wave.frozen.save()
    return wave


def test_declared_tables_are_kept_and_shown_from_ten_people_each(here: Place) -> None:
    wave = with_contracts(here)
    assert wave.closed_at is not None
    stored = release_wave(wave.frozen, at=wave.closed_at)
    assert stored is not None
    cells = read(stored).cells_of("contract")
    assert "permanent" in {cell.name[-1] for cell in cells}
    assert all(cell.people.low >= 10 for cell in cells)
    assert not any(cell.name[-1] == "other" for cell in cells), "one person is never a category"


def tells_on_somebody(release: Release) -> Release:
    """The same with one figure more, as a careless gate would give it: a team in which everybody said the lowest."""
    path = ("Organisation A", TEAMS[2][0])
    cell = Cell(UNITS, path, "workload", (path,), PeopleBand(5, 9), 1.0)
    others = tuple(each for each in release.cells if (each.name, each.scale) != (path, "workload"))
    return sealed(replace(release, cells=(*others, cell)))


def test_release_that_an_attacker_breaks_is_not_stored(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    honest: Callable[..., Release] = release_of

    def careless(*arguments: Any, **names: Any) -> Release:
        return tells_on_somebody(honest(*arguments, **names))

    monkeypatch.setattr(releasing, "release_of", careless)
    wave = closed_wave(here.organisation, here.programme)
    assert wave.closed_at is not None
    assert release_wave(wave.frozen, at=wave.closed_at) is None
    assert not StoredRelease.objects.exists()
    assert AuditEntry.objects.get(code="wave.attacked").detail["found"] > 0


def test_later_wave_is_judged_together_with_the_earlier_one(here: Place, stored: StoredRelease) -> None:
    later = released(here.organisation, here.programme, name="Autumn", closed_on=date(2026, 11, 11), seed=2)
    assert read(later).earlier == (stored.digest,)
    assert read(later).trends[0].unknown


def open_after(here: Place) -> Wave:
    wave = closed_wave(here.organisation, here.programme, name="Autumn", closed_on=date(2026, 11, 11), seed=2)
    wave.state = WaveState.OPEN
    wave.save()
    return wave


def test_numbers_of_who_came_are_asked_only_after_an_earlier_round(here: Place, stored: StoredRelease) -> None:
    assert is_asked(open_after(here))
    elsewhere = place("B")
    assert not is_asked(open_after(elsewhere))


def test_numbers_of_who_came_have_to_be_there_for_every_team_and_possible(here: Place, stored: StoredRelease) -> None:
    wave = open_after(here)
    units = list(wave.units.all())
    by = here.people[next(iter(here.people))]
    for numbers in ({units[0].pk: CameAndLeft(0, 0)}, {unit.pk: CameAndLeft(999, 0) for unit in units}):
        with pytest.raises(PlanIsWrong):
            note_people_since(wave=wave, numbers=numbers, by=by, at=stored.made_at)
    note_people_since(wave=wave, numbers={unit.pk: CameAndLeft(0, 6) for unit in units}, by=by, at=stored.made_at)
    assert set(wave.units.values_list("came", "left")) == {(0, 6)}
