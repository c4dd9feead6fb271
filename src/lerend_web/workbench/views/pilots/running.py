"""A pilot while it runs: what waits for whom, how each company goes, and starting, finishing or stopping it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.dose import Dose, doses_of
from lerend_web.pilots.domain.log import fidelity_in
from lerend_web.pilots.domain.looking_after import looks_after
from lerend_web.pilots.domain.running import finish, start, stop, why_not_finish, why_not_start
from lerend_web.pilots.domain.todos import Todo, todos_of
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, READERS, PilotRefused
from lerend_web.pulses.queries import series_of_pilot
from lerend_web.scans.rules import day_of
from lerend_web.workbench.forms.pilot_running import StopForm
from lerend_web.workbench.pilot_running_words import PAGES, SAID, TASKS
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import (
    companies_spoken_for,
    draw_pilot,
    is_above,
    may_edit,
    own_companies,
    the_pilot,
)

ROUTE = "pilot-running"


@dataclass(frozen=True, slots=True)
class Row:
    """Something to do, as it is shown; `link` is empty where there is no page for it."""

    says: str
    company: str
    on: date | None
    is_late: bool
    link: str


@dataclass(frozen=True, slots=True)
class Company:
    """How far one company is: sessions so far beside those planned by now, and the share of people who came."""

    organisation: Organisation
    teams: int
    held: int
    planned: int
    reach: int | None
    can_plan_pulses: bool


@open_to(*READERS)
@require_safe
def pilot_running(request: PlatformRequest, pilot: str) -> HttpResponse:
    return draw_running(request, the_pilot(request, pilot, *READERS))


@open_to(*EDITORS)
@require_POST
def pilot_start(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *EDITORS)
    return _done(request, found, "started", lambda: start(pilot=found, by=person_of(request), at=request.at))


@open_to(*EDITORS)
@require_POST
def pilot_finish(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *EDITORS)
    return _done(request, found, "finished", lambda: finish(pilot=found, by=person_of(request), at=request.at))


@open_to(*EDITORS)
@require_POST
def pilot_stop(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *EDITORS)
    form = StopForm(request.POST)
    if not form.is_valid():
        return draw_running(request, found, stop_form=form, status=400)
    why = form.cleaned_data["why"]
    return _done(request, found, "stopped", lambda: stop(pilot=found, why=why, by=person_of(request), at=request.at))


def draw_running(
    request: PlatformRequest, found: Pilot, *, stop_form: StopForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    today, seen = today_in(request, found), companies_seen(request, found)
    edits = may_edit(request, found)
    context = {
        "rows": _rows(request, found, today, seen),
        "companies": _companies(request, found, today, seen),
        "series": [one for one in series_of_pilot(found.key) if seen is None or one.organisation_id in seen],
        "links_to_series": own_companies(request, found),
        "is_frozen": found.state == PilotState.FROZEN,
        "is_running": found.state == PilotState.RUNNING,
        "not_start": why_not_start(found) if edits and found.state == PilotState.FROZEN else None,
        "not_finish": why_not_finish(found, today) if edits and found.state == PilotState.RUNNING else None,
        "can_print": bool(printable_for(request, found)),
        "stop_form": stop_form or StopForm(),
        "refused": refused,
    }
    return draw_part(request, "running", found, context, status=status)


def draw_part(
    request: PlatformRequest, template: str, pilot: Pilot, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page about carrying out, with what was just done above it."""
    said = SAID.get(request.GET.get("said", ""))
    shown = context | ({"done": said} if said else {})
    return draw_pilot(request, template, pilot, shown, page=ROUTE, status=status)


def companies_seen(request: PlatformRequest, pilot: Pilot) -> frozenset[int] | None:
    """Whose log and numbers somebody sees: the programme of all companies (None), a company its own."""
    if is_above(request, pilot) or pilot.owner_id == person_of(request).pk:
        return None
    return frozenset(own_companies(request, pilot))


def printable_for(request: PlatformRequest, pilot: Pilot) -> list[Organisation]:
    """Companies of the pilot whose sheets somebody can print, while it runs."""
    return looked_after(request, pilot) if pilot.state == PilotState.RUNNING else []


def looked_after(request: PlatformRequest, pilot: Pilot) -> list[Organisation]:
    """Companies of the pilot in which somebody looks after it."""
    person = person_of(request)
    partners = pilot.partners.exclude(agreed_at=None).select_related("organisation")
    return [one.organisation for one in partners if looks_after(person, pilot, one.organisation)]


def today_in(request: PlatformRequest, pilot: Pilot) -> date:
    return day_of(request.at, pilot.programme.time_zone)


def _rows(request: PlatformRequest, pilot: Pilot, today: date, seen: frozenset[int] | None) -> list[Row]:
    """What waits; of the programme only for those who look after the pilot."""
    names = dict(pilot.partners.values_list("organisation", "organisation__name"))
    own = looks_after(person_of(request), pilot)
    return [
        _row(pilot, one, names)
        for one in todos_of(pilot, on=today)
        if (own if one.organisation is None else seen is None or one.organisation in seen)
    ]


def _row(pilot: Pilot, todo: Todo, names: dict[int, str]) -> Row:
    says = str(TASKS[todo.task]) % {"number": todo.number, "remarks": todo.remarks}
    company = names.get(todo.organisation, "") if todo.organisation is not None else ""
    route = PAGES[todo.task]
    return Row(says, company, todo.on, todo.is_late, "" if route == ROUTE else _link(route, pilot))


def _link(route: str, pilot: Pilot) -> str:
    try:
        return reverse(route, args=[pilot.key])
    except NoReverseMatch:
        return ""


def _companies(request: PlatformRequest, pilot: Pilot, today: date, seen: frozenset[int] | None) -> list[Company]:
    if pilot.state in {PilotState.DRAFT, PilotState.FROZEN}:
        return []
    speaks = companies_spoken_for(request, pilot) if pilot.state == PilotState.RUNNING else set()
    doses = doses_of(pilot, on=today)
    partners = pilot.partners.exclude(agreed_at=None).select_related("organisation")
    return [
        _company(one.organisation, [dose for dose in doses if dose.team.organisation_id == one.organisation_id], speaks)
        for one in partners
        if seen is None or one.organisation_id in seen
    ]


def _company(organisation: Organisation, doses: list[Dose], speaks: set[int]) -> Company:
    reach = fidelity_in(tuple(doses)).reach
    return Company(
        organisation=organisation,
        teams=len(doses),
        held=sum(one.held for one in doses),
        planned=round(sum(one.planned for one in doses)),
        reach=None if reach is None else round(100 * reach),
        can_plan_pulses=organisation.pk in speaks and bool(doses),
    )


def _done(request: PlatformRequest, pilot: Pilot, said: str, verb: Callable[[], None]) -> HttpResponse:
    try:
        verb()
    except PilotRefused as refusal:
        pilot.refresh_from_db()
        return draw_running(request, pilot, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse(ROUTE, args=[pilot.key])}?said={said}")
