"""The charter of a pilot: made in one click from a brief or filled in by hand, read, and changed until it is frozen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.interventions.domain.workshops import newest_version
from lerend_web.interventions.queries import is_maker, workshops_of
from lerend_web.people.models import Person
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.charters import (
    USUAL_EFFECT,
    Charter,
    change_charter,
    make_pilot,
    name_of_approach,
    name_of_factor,
    teachers_of,
)
from lerend_web.pilots.domain.freezing import why_not_freeze
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, READERS, PilotRefused
from lerend_web.programmes.models import Programme
from lerend_web.themes.queries import possible_owners
from lerend_web.workbench.domain.gaps import Brief, brief_of
from lerend_web.workbench.forms.pilot_plan import CharterForm, as_filled_in
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_programme
from lerend_web.workbench.views.pilots.frame import draw_pilot, is_above, may_edit, the_pilot


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_new(request: PlatformRequest, programme: int) -> HttpResponse:
    """``?factor=`` fills in what must move."""
    found = the_programme(request, programme, *EDITORS)
    usual = {"factor": request.GET.get("factor", ""), "sessions": 4, "weeks": 8, "smallest": USUAL_EFFECT}
    me = person_of(request)
    form = CharterForm(request.POST or None, programme=found, initial=usual | {"owner": str(me.pk)})
    if request.method == "POST" and form.is_valid():
        try:
            made = make_pilot(programme=found, charter=form.charter(), by=me, at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('pilot', args=[made.key])}?said=pilot-made")
    context = {"programme": found, "form": form}
    return draw(request, "pilots/new", context, status=400 if form.errors else 200)


@open_to(*EDITORS)
@require_POST
def pilot_from_brief(request: PlatformRequest, programme: int, factor: str) -> HttpResponse:
    """One click from the brief about a bottleneck: its words are the charter to begin with. Without a brief it is empty."""
    found = the_programme(request, programme, *EDITORS)
    try:
        brief = brief_of(found, factor)
    except LookupError:
        return redirect(f"{reverse('pilot-new', args=[found.pk])}?factor={factor}")
    me = person_of(request)
    charter = _charter_of(brief, found, me, approach=_made_in_workshop(request, found, me))
    made = make_pilot(programme=found, charter=charter, by=me, at=request.at)
    return redirect(f"{reverse('pilot', args=[made.key])}?said=pilot-made")


@open_to(*READERS)
@require_safe
def pilot(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _draw(request, the_pilot(request, pilot, *READERS))


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_charter(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *EDITORS)
    form = CharterForm(request.POST or None, programme=found.programme, initial=as_filled_in(found))
    if found.state != PilotState.DRAFT:
        return _draw(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            change_charter(pilot=found, charter=form.charter(), by=person_of(request), at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('pilot', args=[found.key])}?said=charter-kept")
    return draw_pilot(request, "charter", found, {"form": form}, page="pilot", status=400 if form.errors else 200)


def _draw(request: PlatformRequest, found: Pilot) -> HttpResponse:
    above = is_above(request, found)
    edits = may_edit(request, found) and found.state == PilotState.DRAFT
    context = {
        "factor": name_of_factor(found),
        "approach_name": name_of_approach(found),
        "told": [(label, text.splitlines()) for label, text in _told(found) if text],
        "missing": why_not_freeze(found) if edits else [],
        "companies": found.partners.exclude(agreed_at=None).count(),
        "teams": found.teams.count() if above else 0,
    }
    return draw_pilot(request, "pilot", found, context, page="pilot")


def _told(found: Pilot) -> list[tuple[Promise, str]]:
    return [
        (_("What is the matter"), found.problem),
        (_("Why this could work"), found.theory),
        (_("What teams do"), found.approach),
    ]


def _charter_of(brief: Brief, programme: Programme, me: Person, *, approach: str) -> Charter:
    teachers = teachers_of(programme)
    return Charter(
        title=brief.factor.name[:120],
        factor=brief.factor.id,
        problem="\n".join(brief.problem)[:2000],
        theory="\n".join(brief.theory)[:2000],
        approach=approach[:2000],
        owner=me if me in possible_owners(programme) else None,
        partner=teachers[0] if len(teachers) == 1 else None,
    )


def _made_in_workshop(request: PlatformRequest, programme: Programme, me: Person) -> str:
    """What the workshop made from which the brief came, for one of its makers."""
    wanted = request.POST.get("workshop", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return ""
    one = workshops_of(programme).filter(pk=int(wanted[:9])).first()
    version = newest_version(one) if one is not None and is_maker(me, one.theme) else None
    return str(version.content.get("what", "")) if version is not None else ""
