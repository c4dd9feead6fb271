"""A round: planning it, what it still needs, opening it, and its response while it is open."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.opening import open_wave, why_not_open
from lerend_web.scans.domain.outbox import mailing_of
from lerend_web.scans.domain.people_since import is_asked, is_known
from lerend_web.scans.domain.planning import change_plan, plan_wave, raise_k
from lerend_web.scans.domain.response import response_of
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Refused, Sentence, day_of, is_frozen, read_aloud
from lerend_web.telling.domain.traces import told_of
from lerend_web.workbench.checklist import checklist_of
from lerend_web.workbench.domain.outcomes.shown import Sheet, outcome_of
from lerend_web.workbench.forms.waves import HigherFloorForm, PlanForm, plan_of, usual_plan
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import (
    CONTACT,
    CONTACT_AND_COORDINATOR,
    WITH_A_KEY,
    person_of,
    the_organisation,
    the_wave,
)
from lerend_web.workbench.rights import rights_of
from lerend_web.workbench.words import MODE_NAMES


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_plan(request: PlatformRequest, organisation: int) -> HttpResponse:
    """One form for the whole plan, filled in with what usually fits."""
    found = the_organisation(request, organisation, *CONTACT)
    if not (programmes := list(found.programmes.all())):
        return draw(request, "no_programme", {}, organisation=found, tab="organisation")
    usual = usual_plan(found, today=day_of(request.at, programmes[0].time_zone), rounds=found.waves.count())
    form = PlanForm(request.POST or None, organisation=found, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            wave = plan_wave(organisation=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('wave', args=[wave.pk])}?done=planned")
    return _draw_plan(request, found, form, None)


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_change(request: PlatformRequest, wave: int) -> HttpResponse:
    """The same form, as long as nothing was promised to anybody."""
    found = the_wave(request, wave, *CONTACT)
    if is_frozen(found):
        return redirect(reverse("wave", args=[found.pk]))
    form = PlanForm(request.POST or None, organisation=found.organisation, wave=found, initial=plan_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, found, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('wave', args=[found.pk])}?done=saved")
    return _draw_plan(request, found.organisation, form, found)


@open_to(*WITH_A_KEY)
@require_safe
def wave(request: PlatformRequest, wave: int) -> HttpResponse:
    found = the_wave(request, wave, *WITH_A_KEY)
    return _draw_wave(request, found)


@open_to(*CONTACT_AND_COORDINATOR)
@require_POST
def wave_open(request: PlatformRequest, wave: int) -> HttpResponse:
    found = the_wave(request, wave, *CONTACT_AND_COORDINATOR)
    try:
        open_wave(wave=found, by=person_of(request), at=request.at)
    except Refused as refusal:
        found.refresh_from_db()
        return _draw_wave(request, found, refused=refusal.reasons)
    return redirect(f"{reverse('wave', args=[found.pk])}?done=opened")


@open_to(*CONTACT)
@require_POST
def wave_floor(request: PlatformRequest, wave: int) -> HttpResponse:
    """Raise the smallest group; it never goes down."""
    found = the_wave(request, wave, *CONTACT)
    form = HigherFloorForm(request.POST, wave=found)
    if form.is_valid():
        try:
            raise_k(wave=found, k=form.cleaned_data["k"], by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
    if form.errors:
        found.refresh_from_db()
        return _draw_wave(request, found, floor=form)
    return redirect(f"{reverse('wave', args=[found.pk])}?done=saved")


@transaction.atomic
def _change(request: PlatformRequest, found: Wave, form: PlanForm) -> None:
    plan = dict(form.cleaned_data)
    k = plan.pop("k")
    by, at = person_of(request), request.at
    change_plan(wave=found, **plan, by=by, at=at)
    if k != found.k:
        raise_k(wave=found, k=k, by=by, at=at)


def _draw_plan(request: PlatformRequest, found: Organisation, form: PlanForm, wave: Wave | None) -> HttpResponse:
    context = {"form": form, "wave": wave}
    return draw(request, "plan", context, organisation=found, tab="organisation", status=400 if form.errors else 200)


def _draw_wave(
    request: PlatformRequest,
    found: Wave,
    *,
    refused: tuple[Sentence, ...] = (),
    floor: HigherFloorForm | None = None,
) -> HttpResponse:
    planned, rights = found.state == WaveState.PLANNED, rights_of(request, found)
    missing = why_not_open(found, at=request.at) if planned else ()
    context = {
        "wave": found,
        "rights": rights,
        "checklist": checklist_of(found) if planned else [],
        "missing": refused or missing,
        "was_refused": bool(refused),
        "sheets": _sheets(found) if rights.is_contact else [],
        "can_open": planned and not missing,
        "response": response_of(found, at=request.at) if found.state == WaveState.OPEN else None,
        "mailing": mailing_of(found) if found.mode == Mode.MAIL and rights.is_contact else None,
        "told": told_of(found, at=request.at) if rights.is_contact and found.state == WaveState.CLOSED else None,
        "asks_people_since": rights.is_contact and is_asked(found),
        "knows_people_since": is_known(found),
        "is_over": found.state == WaveState.OPEN and day_of(request.at, found.programme.time_zone) > found.closes_on,
        "invited": sum(group.invited for group in found.key_groups.all()),
        "digest": read_aloud(found.promise_digest) if found.promise_digest else "",
        "mode": MODE_NAMES[Mode(found.mode)],
        "is_frozen": is_frozen(found),
        "floor": floor or HigherFloorForm(wave=found),
    }
    status = 400 if refused or (floor and floor.errors) else 200
    return draw(request, "wave", context, organisation=found.organisation, tab="organisation", status=status)


def _sheets(wave: Wave) -> tuple[Sheet, ...]:
    outcome = outcome_of(wave)
    return outcome.sheets if outcome else ()
