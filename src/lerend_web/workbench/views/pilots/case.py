"""The case of a pilot: written by who plans it, agreed to by each company, and then told to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.cases import is_told, not_agreed_yet, write_case
from lerend_web.pilots.domain.finding import finding_of
from lerend_web.pilots.domain.teams import agreed_partners
from lerend_web.pilots.domain.verdict_told import told_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import READERS, PilotRefused
from lerend_web.workbench.effect_picture import picture_of
from lerend_web.workbench.forms.pilot_results import CaseForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import companies_spoken_for, may_edit, the_pilot
from lerend_web.workbench.views.pilots.result import NO_PLAN, draw_outcome


@open_to(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_case(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Exactly what would be told, with the yes of each company beside it. Editors write it."""
    found = the_pilot(request, pilot, *READERS)
    if found.state == PilotState.DRAFT:
        return draw_outcome(request, "no_result", found, {"refused": NO_PLAN}, page="pilot-result", status=400)
    edits = may_edit(request, found)
    if request.method == "POST" and not edits:
        return _draw(request, found, None, status=403)
    form = CaseForm(request.POST or None, initial={"text": found.public_case}) if edits else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            write_case(pilot=found, text=form.cleaned_data["text"], by=person_of(request), at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('pilot-case', args=[found.key])}?said=case-written")
    return _draw(request, found, form, status=400 if form is not None and form.errors else 200)


@open_to(EVERYBODY)
@require_safe
def told_case(request: HttpRequest, pilot: str) -> HttpResponse:
    """The case as everybody reads it. Until all companies agree there is nothing here."""
    found = Pilot.objects.select_related("programme").filter(key=pilot).first()
    if found is None or not is_told(found):
        raise Http404
    return render(request, "workbench/pilots/told_case.html", _told(found))


def _draw(request: PlatformRequest, pilot: Pilot, form: CaseForm | None, *, status: int) -> HttpResponse:
    mine = companies_spoken_for(request, pilot)
    partners = agreed_partners(pilot)
    context = {
        **_told(pilot),
        "form": form,
        "is_told": is_told(pilot),
        "partners": [(one, one.organisation_id in mine) for one in partners],
        "waiting": not_agreed_yet(pilot),
    }
    return draw_outcome(request, "case", pilot, context, page="pilot-result", status=status)


def _told(pilot: Pilot) -> dict[str, object]:
    """What everybody gets to see."""
    finding = finding_of(pilot)
    return {
        "pilot": pilot,
        "finding": finding,
        "picture": picture_of(finding) if finding else None,
        "verdict": told_verdict(pilot),
        "companies": [one.organisation.name for one in agreed_partners(pilot)],
    }
