"""The round that measures a pilot, in the made-up world.

Nobody answers these: their statistics come straight from the simulation, and every screen says so. From made-up sheets on it
is the same as closing a real round: sums, the gate, the attackers, a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from lerend_web.demo.domain.closed_rounds import freeze_round
from lerend_web.demo.domain.pilot_truth import gains_of
from lerend_web.demo.domain.world import later_round
from lerend_web.people.models import Person
from lerend_web.pilots.domain.measuring import attach
from lerend_web.pilots.models import Measurement
from lerend_web.scans.domain.key_groups import Path
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import KeyGroup, Wave, WaveUnit
from lerend_web.scans.rules import start_of_day
from lerend_web.urn.passes import new_public_code

TOOK: Final = timedelta(days=14)
HEARD_BACK_AFTER: Final = timedelta(days=21)


def hold_round(measurement: Measurement, *, by: Person | None) -> None:
    """Hold the round of a measurement whose day is over, and say that it is this measurement.

    Done again after it was cut off, it begins anew.
    """
    name = f"Meting {measurement.number}: {measurement.pilot.title}"[:120]
    organisation = measurement.organisation
    Wave.objects.filter(organisation=organisation, name=name, measures=None).delete()
    with transaction.atomic():
        wave, group_of = _wave(measurement, name)
    gains = _by_unit(wave, gains_of(organisation, on=measurement.on))
    made = later_round(organisation.name, gains, number=measurement.number)
    freeze_round(wave, made, group_of)
    attach(measurement=measurement, wave=wave, by=by, at=closed_at(measurement))


def closed_at(measurement: Measurement) -> datetime:
    """The first moment after its last day."""
    return start_of_day(measurement.on + timedelta(days=1), measurement.pilot.programme.time_zone)


def _wave(measurement: Measurement, name: str) -> tuple[Wave, dict[Path, str]]:
    """The same groups as in the measurement before the start, so that no group crosses two arms."""
    before = Measurement.objects.get(pilot=measurement.pilot_id, organisation=measurement.organisation_id, number=0)
    opens = measurement.on - TOOK
    wave = Wave.objects.create(
        organisation=measurement.organisation,
        programme=measurement.pilot.programme,
        code=new_public_code(),
        name=name,
        opens_on=opens,
        closes_on=measurement.on,
        heard_back_on=measurement.on + HEARD_BACK_AFTER,
        works_council_consent_on=opens - timedelta(days=30),
        state=WaveState.CLOSED,
        closing_step="closed",
        opened_at=start_of_day(opens, measurement.pilot.programme.time_zone),
        closed_at=closed_at(measurement),
    )
    groups = KeyGroup.objects.filter(wave=before.wave).prefetch_related("units")
    return wave, {path: code for group in groups for path, code in _copied(wave, group)}


def _by_unit(wave: Wave, gains: Mapping[str, Mapping[str, float]]) -> dict[Path, Mapping[str, float]]:
    """Teams that are shown together move together."""
    units = WaveUnit.objects.filter(wave=wave).select_related("key_group")
    return {tuple(unit.path): gains.get(unit.key_group.label, {}) for unit in units}


def _copied(wave: Wave, group: KeyGroup) -> list[tuple[Path, str]]:
    """Nobody came and nobody left: in this world everybody stays."""
    made = KeyGroup.objects.create(wave=wave, code=new_public_code(), label=group.label, invited=group.invited)
    units = list(group.units.all())
    WaveUnit.objects.bulk_create(
        WaveUnit(wave=wave, path=unit.path, headcount=unit.headcount, key_group=made, came=0, left=0) for unit in units
    )
    return [(tuple(unit.path), made.code) for unit in units]
