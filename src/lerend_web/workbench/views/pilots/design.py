"""Choosing how a pilot compares, with what could be seen before anything begins; then freezing the plan and its lot."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.choosing import Wish, described, options_of
from lerend_web.pilots.domain.freezing import freeze_plan, why_not_freeze
from lerend_web.pilots.domain.motivation import (
    LEAST_COMPANIES,
    LEAST_FOR_A_PICTURE,
    motivation_of,
    teams_without_motivation,
)
from lerend_web.pilots.domain.plan_words import plan_ahead, told_plan
from lerend_web.pilots.domain.teams import teams_of_releases, uncounted_teams
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, READERS, PilotRefused
from lerend_web.scans.rules import day_of
from lerend_web.workbench.forms.pilot_plan import FreezeForm, WishForm
from lerend_web.workbench.pilot_words import STANDINGS
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import draw_pilot, is_above, own_companies, the_pilot

DESIGNERS: Final[tuple[Role, ...]] = (*EDITORS, ProgrammeRole.TEACHER)
"""Who sees what could be compared: those with a part in the programme itself."""
_USUAL: Final = Wish()


@open_to(*DESIGNERS)
@require_safe
def pilot_design(request: PlatformRequest, pilot: str) -> HttpResponse:
    """What people say can be done stands in the address; nothing is kept. Once it is frozen the plan stands here."""
    found = the_pilot(request, pilot, *DESIGNERS)
    if found.state != PilotState.DRAFT:
        return _draw_plan(request, found)
    asks = "waves" in request.GET
    form = WishForm(request.GET if asks else None, initial=_initial(_USUAL))
    wish = form.wish() if asks and form.is_valid() else _USUAL
    bars = motivation_of(found)
    context = {
        "form": form,
        "wish": wish,
        "options": [(one, STANDINGS.get(one.standing, "")) for one in options_of(found, wish)],
        "teams": list(found.teams.select_related("organisation")),
        "uncounted": uncounted_teams(found),
        "bars": bars,
        "most": max((one.teams for one in bars), default=1),
        "least_for_a_picture": LEAST_FOR_A_PICTURE,
        "least_companies": LEAST_COMPANIES,
        "without_motivation": teams_without_motivation(found),
        "query": request.GET.urlencode() if asks and form.is_valid() else _query(_USUAL),
    }
    return draw_pilot(request, "design", found, context, page="pilot-design")


@open_to(*EDITORS)
@require_POST
def pilot_teams(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Read the teams from the newest outcomes."""
    found = the_pilot(request, pilot, *EDITORS)
    try:
        teams_of_releases(pilot=found, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return draw_pilot(request, "refused", found, {"refused": refusal.sentence}, page="pilot-design", status=400)
    return redirect(f"{reverse('pilot-design', args=[found.key])}?said=teams-read")


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_freeze(request: PlatformRequest, pilot: str) -> HttpResponse:
    """The plan to fill in; then to read once more as a whole; then it is frozen."""
    found = the_pilot(request, pilot, *EDITORS)
    if found.state != PilotState.DRAFT:
        return _draw_plan(request, found)
    given = request.POST if request.method == "POST" else request.GET
    wish = WishForm(given)
    waves = wish.cleaned_data["waves"] if wish.is_valid() else _USUAL.waves
    form = FreezeForm(
        request.POST or None,
        waves=waves,
        today=day_of(request.at, found.programme.time_zone),
        weeks=found.weeks,
        initial=_initial(_USUAL) | dict(given.items()) | {"smallest": found.smallest},
    )
    context: dict[str, Any] = {
        "form": form,
        "missing": why_not_freeze(found),
        "what": _described(given.get("kind", "")),
    }
    if request.method == "POST" and form.is_valid():
        if request.POST.get("does") == "freeze":
            frozen = _freeze(request, found, form)
            if frozen is not None:
                return frozen
        else:
            context["ahead"] = _ahead(form)
    return draw_pilot(request, "freeze", found, context, page="pilot-design", status=400 if form.errors else 200)


@open_to(*READERS)
@require_safe
def pilot_plan(request: PlatformRequest, pilot: str) -> HttpResponse:
    """The frozen plan with its digest. A company sees its own teams by name, the others as a number."""
    return _draw_plan(request, the_pilot(request, pilot, *READERS))


@open_to(*DESIGNERS)
@require_safe
def pilot_plan_text(request: PlatformRequest, pilot: str) -> HttpResponse:
    """The exact text of the plan, for whoever wants to work out its digest. It holds motivation of teams: not for companies."""
    found = the_pilot(request, pilot, *DESIGNERS)
    if not hasattr(found, "plan"):
        raise Http404
    answer = HttpResponse(found.plan.content.encode(), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="plan.json"'
    return answer


def _freeze(request: PlatformRequest, found: Pilot, form: FreezeForm) -> HttpResponse | None:
    """None where it was refused; the form says why."""
    data = form.cleaned_data
    said = data["seed"].strip()
    try:
        freeze_plan(
            pilot=found,
            kind=data["kind"],
            waves=data["waves"],
            dates=form.dates(),
            seed=f"{said} {secrets.token_hex(8)}" if said else "",
            smallest=data["smallest"],
            by=person_of(request),
            at=request.at,
            wish=form.wish(),
        )
    except PilotRefused as refusal:
        form.show(refusal.field, refusal.sentence)
        return None
    return redirect(f"{reverse('pilot-lot', args=[found.key])}?said=frozen")


def _draw_plan(request: PlatformRequest, found: Pilot) -> HttpResponse:
    companies = None if is_above(request, found) else own_companies(request, found)
    try:
        plan = told_plan(found, companies=companies)
    except PilotRefused as refusal:
        return draw_pilot(request, "refused", found, {"refused": refusal.sentence}, page="pilot-plan")
    context = {"plan": plan, "frozen": found.plan, "may_take_text": companies is None}
    return draw_pilot(request, "plan", found, context, page="pilot-plan")


def _ahead(form: FreezeForm) -> Any:
    data = form.cleaned_data
    return plan_ahead(kind=data["kind"], dates=form.dates(), smallest=data["smallest"])


def _described(kind: str) -> Any:
    try:
        return described(kind)
    except ValueError:
        return None


def _initial(wish: Wish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in WishForm.base_fields}


def _query(wish: Wish) -> str:
    said = [("waves", str(wish.waves)), *((name, "on") for name, value in _initial(wish).items() if value is True)]
    return "&".join(f"{name}={value}" for name, value in said)
