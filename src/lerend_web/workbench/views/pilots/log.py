"""The log of a pilot as those read it who look after it, with remarks on it; and the sheets for the teams' boards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.boards import sheets
from lerend_web.pilots.domain.dose import entries_of, teams_that_begin
from lerend_web.pilots.domain.log import strike_session
from lerend_web.pilots.domain.log_checks import Remark, remarks_on
from lerend_web.pilots.domain.log_codes import renew_code
from lerend_web.pilots.enums import Faithful, PilotState
from lerend_web.pilots.models import LogCode, LogEntry, Pilot, PilotTeam
from lerend_web.pilots.rules import READERS, PilotRefused
from lerend_web.workbench.pilot_running_words import FAITHFUL, QUALITIES
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import the_pilot
from lerend_web.workbench.views.pilots.running import companies_seen, draw_part, looked_after, printable_for, today_in

_NOT_YOURS: Final = _("While a pilot runs, those print the sheets who look after it.")


@dataclass(frozen=True, slots=True)
class TeamLog:
    """The lines of one team, the newest first, each with how it went in words.

    `can_strike` is for who looks after the pilot there, until the verdict is signed; `can_print` while it runs.
    """

    team: PilotTeam
    lines: tuple[tuple[LogEntry, Any], ...]
    can_strike: bool
    can_print: bool


@open_to(*READERS)
@require_safe
def pilot_log(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _draw(request, the_pilot(request, pilot, *READERS))


@open_to(*READERS)
@require_safe
def pilot_sheets(request: PlatformRequest, pilot: str) -> HttpResponse:
    """``?team=12`` is the sheet of one team; without it those of every team that the person looks after."""
    found = the_pilot(request, pilot, *READERS)
    companies = printable_for(request, found)
    if not companies:
        return _draw(request, found, refused=str(_NOT_YOURS), status=403)
    rows = LogCode.objects.filter(team__pilot=found, team__organisation__in=companies)
    if (wanted := request.GET.get("team", "")).isdecimal():
        rows = rows.filter(team=int(wanted))
    codes = list(rows.select_related("team").order_by("team__organisation__name", "team__name"))
    if not codes:
        raise Http404
    response = HttpResponse(sheets(found, codes), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="log.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@open_to(*READERS)
@require_POST
def pilot_log_strike(request: PlatformRequest, pilot: str, line: int) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    seen = companies_seen(request, found)
    entry = (
        LogEntry.objects.filter(pk=line, team__pilot=found).select_related("team__pilot", "team__organisation").first()
    )
    if entry is None or (seen is not None and entry.team.organisation_id not in seen):
        raise Http404
    try:
        strike_session(entry=entry, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('pilot-log', args=[found.key])}?said=struck")


@open_to(*READERS)
@require_POST
def pilot_log_renew(request: PlatformRequest, pilot: str, team: int) -> HttpResponse:
    found = the_pilot(request, pilot, *READERS)
    seen = companies_seen(request, found)
    one = found.teams.filter(pk=team, code__isnull=False).select_related("organisation", "pilot").first()
    if one is None or (seen is not None and one.organisation_id not in seen):
        raise Http404
    try:
        renew_code(team=one, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('pilot-log', args=[found.key])}?said=code-renewed")


def _draw(request: PlatformRequest, found: Pilot, *, refused: str = "", status: int = 200) -> HttpResponse:
    seen = companies_seen(request, found)
    printable = {one.pk for one in printable_for(request, found)}
    own = set[int]() if hasattr(found, "verdict") else {one.pk for one in looked_after(request, found)}
    teams = [one for one in teams_that_begin(found) if seen is None or one.organisation_id in seen]
    entries = entries_of(teams)
    context = {
        "logs": [_log(one, entries[one.pk], own, printable) for one in teams],
        "remarks": _remarks(found, request, seen),
        "is_running": found.state == PilotState.RUNNING,
        "can_print": bool(printable),
        "refused": refused,
    }
    return draw_part(request, "log", found, context, status=status)


def _log(team: PilotTeam, lines: list[LogEntry], own: set[int], printable: set[int]) -> TeamLog:
    said = tuple((line, FAITHFUL[Faithful(line.faithful)]) for line in reversed(lines))
    return TeamLog(team, said, team.organisation_id in own, team.organisation_id in printable)


def _remarks(found: Pilot, request: PlatformRequest, seen: frozenset[int] | None) -> list[tuple[str, list[Any]]]:
    """By company: each remark with what it is about."""
    if found.state != PilotState.RUNNING:
        return []
    remarks = remarks_on(found, on=today_in(request, found), organisations=seen)
    names = dict(found.partners.values_list("organisation", "organisation__name"))
    by_company = dict[int, list[tuple[Any, Remark]]]()
    for one in remarks:
        by_company.setdefault(one.organisation, []).append((QUALITIES[one.quality], one))
    return sorted((names.get(pk, ""), own) for pk, own in by_company.items())
