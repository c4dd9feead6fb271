"""A team leader sees the outcome of the own team; where that is too small, the company's and why."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.queries import units_led_by, units_of
from lerend_web.organisations.rules import TreeRow, tree_rows
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.workbench.domain.outcomes.files import team_sheet
from lerend_web.workbench.domain.outcomes.leaders import first_topic, sheets_about
from lerend_web.workbench.domain.outcomes.shown import Outcome, Sheet, note_reading, outcome_of, report_parts
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_scan
from lerend_web.workbench.views.outcomes.files import handed_out
from lerend_web.workbench.views.outcomes.frame import SHORTEST_DIGEST, Seen

LEADER = (OrganisationRole.TEAM_LEADER,)


@open_to(*LEADER)
@require_safe
def leader_outcome(request: PlatformRequest, wave: int, unit: int) -> HttpResponse:
    """``?sheet=3`` where a department has several."""
    seen, led = _seen(request, wave, unit)
    sheets = sheets_about(seen.outcome, seen.wave, led.path)
    sheet = _chosen(sheets, request.GET.get("sheet", ""))
    note_reading(seen.wave, about=sheet.name if sheet else "", by=person_of(request), at=request.at)
    context = {
        "wave": seen.wave,
        "outcome": seen.outcome,
        "unit": led.unit,
        "sheet": sheet,
        "sheets": sheets,
        "parts": report_parts(seen.wave, addresses="", unit=sheet.path if sheet else None),
        "topic": None if sheet else first_topic(seen.outcome),
        "digest": seen.outcome.release.digest[:SHORTEST_DIGEST],
        "here": reverse("leader-outcome", args=[wave, unit]),
    }
    return draw(request, "leader/outcome", context, organisation=seen.wave.organisation)


@open_to(*LEADER)
@require_safe
def leader_sheet(request: PlatformRequest, wave: int, unit: int, sheet: int) -> HttpResponse:
    """The same as one A4."""
    seen, led = _seen(request, wave, unit)
    found = next((one for one in sheets_about(seen.outcome, seen.wave, led.path) if one.number == sheet), None)
    if found is None:
        raise Http404
    note_reading(seen.wave, about=found.name, by=person_of(request), at=request.at)
    return handed_out(team_sheet(seen.outcome, found))


def _seen(request: PlatformRequest, wave: int, unit: int) -> tuple[Seen, TreeRow]:
    found = the_scan(request, wave, *LEADER)
    mine = units_led_by(person_of(request)).filter(organisation=found.organisation, pk=unit).exists()
    led = next((row for row in tree_rows(units_of(found.organisation)) if mine and row.unit.pk == unit), None)
    outcome: Outcome | None = outcome_of(found) if found.state == WaveState.CLOSED else None
    if led is None or outcome is None:
        raise Http404
    return Seen(found, outcome), led


def _chosen(sheets: list[Sheet], wanted: str) -> Sheet | None:
    return next((sheet for sheet in sheets if str(sheet.number) == wanted), sheets[0] if sheets else None)
