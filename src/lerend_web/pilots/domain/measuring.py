"""Which round measures what in a pilot: planning one with the arms as key groups, and which are there, late, or missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pilots.domain.arms import arms_in
from lerend_web.pilots.domain.charters import note
from lerend_web.pilots.domain.looking_after import lock_in, must_look_after
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Measurement, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.domain.planning import plan_wave
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.domain.releasing import newest_of
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import is_frozen, minimum_invited

PLAN_AHEAD: Final = timedelta(weeks=6)
"""So long before its day a measurement without a round is brought up: consent, keys and cards take time."""
LATE_AFTER: Final = timedelta(weeks=3)
"""A measurement that is not closed so long after its day is late."""


class Standing(StrEnum):
    """How far one measurement in one company is."""

    THERE = "there"
    TOO_FEW = "too_few"
    GOING_ON = "going_on"
    PLANNED = "planned"
    TO_PLAN = "to_plan"
    LATER = "later"
    LATE = "late"
    MISSING = "missing"


OPEN: Final = frozenset({Standing.TO_PLAN, Standing.LATE})
"""Those for which somebody has to do something now."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement with how far it is."""

    measurement: Measurement
    standing: Standing


def measurements_of(pilot: Pilot, *, on: date, organisations: frozenset[int] | None = None) -> tuple[Measured, ...]:
    """All measurements in the order of their numbers, with how far they are on a day."""
    rows = pilot.measurements.select_related("organisation", "wave", "pilot__programme")
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    found = list(rows)
    next_day = {(one.organisation_id, one.number - 1): one.on for one in found}
    return tuple(
        Measured(one, standing_of(one, on=on, until=next_day.get((one.organisation_id, one.number)))) for one in found
    )


def standing_of(measurement: Measurement, *, on: date, until: date | None = None) -> Standing:
    """How far a measurement is on a day; `until` is the day of the next one, after which it cannot be made up for."""
    wave = measurement.wave
    if wave is not None and wave.state == WaveState.CLOSED:
        return Standing.THERE if newest_of(wave) is not None else Standing.TOO_FEW
    if wave is None and until is not None and on >= until:
        return Standing.MISSING
    if on > measurement.on + LATE_AFTER:
        return Standing.LATE
    if wave is not None:
        return Standing.PLANNED if wave.state == WaveState.PLANNED else Standing.GOING_ON
    return Standing.TO_PLAN if on >= measurement.on - PLAN_AHEAD else Standing.LATER


def waves_for(measurement: Measurement) -> list[Wave]:
    """Rounds of the company that can be this measurement, the newest first."""
    taken = Measurement.objects.filter(pilot=measurement.pilot_id).exclude(wave=None).values("wave")
    rows = Wave.objects.filter(organisation=measurement.organisation_id, programme=measurement.pilot.programme_id)
    return [wave for wave in rows.exclude(pk__in=taken) if why_not_measure(measurement, wave) is None]


@transaction.atomic
def attach(*, measurement: Measurement, wave: Wave, by: Person | None, at: datetime) -> None:
    """Say that a round is this measurement.

    Raises:
        PilotRefused: somebody who does not look after the pilot there, it is over, or this round cannot be it.
    """
    _lock(measurement, by)
    if wave.organisation_id != measurement.organisation_id or wave.programme_id != measurement.pilot.programme_id:
        raise PilotRefused(_("Choose a round of this company in this programme."), "wave")
    if measurement.wave is not None and measurement.wave.state != WaveState.PLANNED:
        raise PilotRefused(_("This measurement is made with a round that people answered. That stands."), "wave")
    if (reason := why_not_measure(measurement, wave)) is not None:
        raise PilotRefused(reason, "wave")
    if measurement.number > 0 and not is_frozen(wave):
        keep_arms_apart(measurement, wave)
    measurement.wave = wave
    measurement.save()
    _note(measurement, "pilot.measurement_attached", by=by, at=at)


@transaction.atomic
def detach(*, measurement: Measurement, by: Person | None, at: datetime) -> None:
    """Say that its round is not this measurement after all; only while nobody answered it.

    Raises:
        PilotRefused: as for attaching one.
    """
    _lock(measurement, by)
    if measurement.wave is None or measurement.wave.state != WaveState.PLANNED:
        raise PilotRefused(_("This measurement is made with a round that people answered. That stands."))
    if not is_frozen(measurement.wave):
        measurement.wave.asks = []
        measurement.wave.save()
    measurement.wave = None
    measurement.save()
    _note(measurement, "pilot.measurement_detached", by=by, at=at)


@transaction.atomic
def plan_round(*, measurement: Measurement, plan: Mapping[str, Any], by: Person | None, at: datetime) -> Wave:
    """Plan the round that measures: everybody in the company is asked, and no key group crosses two arms.

    Args:
        plan: as `scans.domain.planning.plan_wave` takes it, without organisation and programme.

    Raises:
        PilotRefused: as for attaching a round.
        PlanIsWrong: the plan contradicts itself.
    """
    _lock(measurement, by)
    wave = plan_wave(
        organisation=measurement.organisation, programme=measurement.pilot.programme, **dict(plan), by=by, at=at
    )
    attach(measurement=measurement, wave=wave, by=by, at=at)
    return wave


def keep_arms_apart(measurement: Measurement, wave: Wave) -> None:
    """Name all units of the company with their arm, as they stand now; no unit where an arm has too few people there."""
    wave.asks = arms_in(measurement.pilot, measurement.organisation, minimum=minimum_invited(wave.k))
    wave.save()


def arms_can_be_renewed(measurement: Measurement) -> bool:
    """Whether the teams of the company changed since the round was planned, and nothing is promised yet."""
    wave = measurement.wave
    if wave is None or is_frozen(wave):
        return False
    return bool(wave.asks != arms_in(measurement.pilot, measurement.organisation, minimum=minimum_invited(wave.k)))


@transaction.atomic
def renew_arms(*, measurement: Measurement, by: Person | None, at: datetime) -> None:
    """Take the teams of the company as they are now; only while nothing is promised.

    Raises:
        PilotRefused: as for attaching a round, or its promise is out.
    """
    _lock(measurement, by)
    if not arms_can_be_renewed(measurement) or measurement.wave is None:
        raise PilotRefused(_("The groups of this round stand."))
    keep_arms_apart(measurement, measurement.wave)
    _note(measurement, "pilot.arms_renewed", by=by, at=at)


def why_not_measure(measurement: Measurement, wave: Wave) -> Promise | None:
    """Why a round cannot be this measurement; None where it can."""
    pilot = measurement.pilot
    if wave.collected != Collected.HERE:
        return _("This round was collected elsewhere, under another promise: a pilot is measured with rounds of here.")
    if pilot.factor not in {item.measures for item in instrument_of(wave.instrument).items}:
        return _("The questionnaire of this round does not ask about the factor that must move.")
    others = pilot.measurements.filter(organisation=measurement.organisation_id).exclude(pk=measurement.pk)
    for other in others.exclude(wave=None).select_related("wave"):
        assert other.wave is not None  # noqa: S101 -- tells the type checker what was filtered
        if other.wave_id == wave.pk:
            return _("This round is another measurement of this pilot already.")
        if (other.number < measurement.number) != (other.wave.opens_on < wave.opens_on):
            return _("The rounds of a pilot come in the order of its measurements.")
    return None


def _lock(measurement: Measurement, by: Person | None) -> None:
    must_look_after(by, measurement.pilot, measurement.organisation)
    lock_in(measurement.pilot, PilotState.FROZEN, PilotState.RUNNING)
    measurement.refresh_from_db(fields=["wave"])


def _note(measurement: Measurement, code: str, *, by: Person | None, at: datetime) -> None:
    note(
        measurement.pilot, code, by=by, at=at, organisation=measurement.organisation_id, number=measurement.number
    )  # fmt: skip
