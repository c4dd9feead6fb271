"""Measurements of a pilot: which are there, late or missing, which round is which, and planning one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.arms import arms_are_apart
from lerend_web.pilots.domain.looking_after import looks_after
from lerend_web.pilots.domain.measuring import (
    Measured,
    Standing,
    arms_can_be_renewed,
    attach,
    detach,
    measurements_of,
    plan_round,
    renew_arms,
    waves_for,
)
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Measurement, Pilot
from lerend_web.pilots.rules import READERS, PilotRefused
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import waves_for as waves_reached
from lerend_web.scans.rules import Refused
from lerend_web.workbench.forms.pilot_running import AttachForm, RoundForm
from lerend_web.workbench.pilot_running_words import STANDINGS
from lerend_web.workbench.reach import CONTACT, WITH_A_KEY, person_of
from lerend_web.workbench.views.pilots.frame import companies_spoken_for, the_pilot
from lerend_web.workbench.views.pilots.running import companies_seen, draw_part, today_in

_GOING_ON = (PilotState.FROZEN, PilotState.RUNNING)


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement as it is shown; forms and links only for who can do that."""

    measurement: Measurement
    wave: Wave | None
    says: Promise
    is_open: bool
    is_apart: bool
    can_enter: bool
    can_plan: bool
    attach_form: AttachForm | None
    can_detach: bool
    can_renew: bool


@open_to(*READERS)
@require_safe
def pilot_measurements(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _draw(request, the_pilot(request, pilot, *READERS))


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_measurement_plan(request: PlatformRequest, pilot: str, measurement: int) -> HttpResponse:
    """The usual form of a round, filled in for this measurement; its key groups follow the arms."""
    found = the_pilot(request, pilot, *CONTACT)
    one = _the_measurement(request, found, measurement)
    if one.organisation_id not in companies_spoken_for(request, found):
        raise Http404
    form = RoundForm(request.POST or None, measurement=one, today=today_in(request, found))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            wave = plan_round(measurement=one, plan=form.plan(), by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
        except PilotRefused as refusal:
            refused = str(refusal.sentence)
        else:
            return redirect(f"{reverse('wave', args=[wave.pk])}?done=planned")
    context = {"measurement": one, "form": form, "refused": refused}
    return draw_part(request, "measurement_plan", found, context, status=400 if form.errors or refused else 200)


@open_to(*READERS)
@require_POST
def pilot_measurement_attach(request: PlatformRequest, pilot: str, measurement: int) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    one = _the_measurement(request, found, measurement)
    form = AttachForm(request.POST, waves=waves_for(one), auto_id=f"m{one.pk}-%s")
    if not form.is_valid():
        return _draw(request, found, wrong=form, about=one.pk, status=400)
    wave = form.chosen()
    return _done(
        request, found, "attached", lambda: attach(measurement=one, wave=wave, by=person_of(request), at=request.at)
    )


@open_to(*READERS)
@require_POST
def pilot_measurement_detach(request: PlatformRequest, pilot: str, measurement: int) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    one = _the_measurement(request, found, measurement)
    return _done(request, found, "detached", lambda: detach(measurement=one, by=person_of(request), at=request.at))


@open_to(*READERS)
@require_POST
def pilot_measurement_arms(request: PlatformRequest, pilot: str, measurement: int) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    one = _the_measurement(request, found, measurement)
    return _done(
        request, found, "arms-renewed", lambda: renew_arms(measurement=one, by=person_of(request), at=request.at)
    )


def _the_measurement(request: PlatformRequest, pilot: Pilot, measurement: int) -> Measurement:
    seen = companies_seen(request, pilot)
    rows = pilot.measurements.select_related("organisation", "wave", "pilot__programme")
    one = rows.filter(pk=measurement).first()
    if one is None or (seen is not None and one.organisation_id not in seen):
        raise Http404
    return one


def _draw(
    request: PlatformRequest,
    found: Pilot,
    *,
    wrong: AttachForm | None = None,
    about: int | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    seen, today = companies_seen(request, found), today_in(request, found)
    speaks = companies_spoken_for(request, found)
    reached = set(waves_reached(person_of(request), *WITH_A_KEY).values_list("pk", flat=True))
    lines = [
        _line(request, one, wrong if one.measurement.pk == about else None, speaks, reached)
        for one in measurements_of(found, on=today, organisations=seen)
    ]
    return draw_part(request, "measurements", found, {"lines": lines, "refused": refused}, status=status)


def _line(
    request: PlatformRequest, one: Measured, wrong: AttachForm | None, speaks: set[int], reached: set[int]
) -> Line:
    measurement, wave = one.measurement, one.measurement.wave
    pilot = measurement.pilot
    cares = pilot.state in _GOING_ON and looks_after(person_of(request), pilot, measurement.organisation)
    can_change = cares and one.standing not in {Standing.THERE, Standing.TOO_FEW, Standing.GOING_ON}
    waves = waves_for(measurement) if can_change and wave is None else []
    return Line(
        measurement=measurement,
        wave=wave,
        says=STANDINGS[one.standing],
        is_open=one.standing in {Standing.TO_PLAN, Standing.LATE, Standing.MISSING},
        is_apart=wave is not None and arms_are_apart(wave),
        can_enter=wave is not None and wave.pk in reached,
        can_plan=can_change and wave is None and measurement.organisation_id in speaks and measurement.number > 0,
        attach_form=wrong or (AttachForm(waves=waves, auto_id=f"m{measurement.pk}-%s") if waves else None),
        can_detach=can_change and wave is not None and wave.state == WaveState.PLANNED,
        can_renew=can_change and measurement.number > 0 and arms_can_be_renewed(measurement),
    )


def _done(request: PlatformRequest, pilot: Pilot, said: str, verb: Callable[[], Any]) -> HttpResponse:
    try:
        verb()
    except PilotRefused as refusal:
        return _draw(request, pilot, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('pilot-measurements', args=[pilot.key])}?said={said}")
