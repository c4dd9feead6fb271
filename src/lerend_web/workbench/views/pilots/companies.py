"""The companies of a pilot: asking them, and what their contacts say."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.asking import send_question
from lerend_web.pilots.domain.partners import agree, agree_to_publish, ask_company, companies_to_ask, decline
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Partner, Pilot
from lerend_web.pilots.rules import EDITORS, PARTNERS, READERS, PilotRefused
from lerend_web.workbench.forms.pilot_plan import AskForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import companies_spoken_for, draw_pilot, may_edit, the_pilot


@open_to(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_companies(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Who was asked and who takes part. Editors ask here."""
    found = the_pilot(request, pilot, *READERS)
    if request.method == "POST" and not may_edit(request, found):
        return _draw(request, found, status=403)
    form = AskForm(request.POST or None, companies=companies_to_ask(found))
    if request.method == "POST" and form.is_valid():
        company = form.companies[form.cleaned_data["organisation"]]
        compares = form.cleaned_data["compares"]
        try:
            made = ask_company(
                pilot=found, organisation=company, compares=compares, by=person_of(request), at=request.at
            )
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            send_question(made)
            return _back(found, "company-asked")
    return _draw(request, found, form=form, status=400 if form.errors else 200)


@open_to(*PARTNERS)
@require_POST
def pilot_agree(request: PlatformRequest, pilot: str, organisation: int) -> HttpResponse:
    found = the_pilot(request, pilot, *PARTNERS)
    partner = _the_partner(request, found, organisation)
    try:
        agree(partner=partner, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "agreed")


@open_to(*PARTNERS, *EDITORS)
@require_POST
def pilot_decline(request: PlatformRequest, pilot: str, organisation: int) -> HttpResponse:
    """The contact says no, or who asked takes the question back."""
    found = the_pilot(request, pilot, *PARTNERS, *EDITORS)
    partner = _the_partner(request, found, organisation)
    try:
        decline(partner=partner, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    if may_edit(request, found):
        return _back(found, "company-left")
    return redirect(f"{reverse('pilots', args=[found.programme_id])}")


@open_to(*PARTNERS)
@require_POST
def pilot_publish(request: PlatformRequest, pilot: str, organisation: int) -> HttpResponse:
    """The company agrees that the case is told in public, or (``agrees=no``) takes that back."""
    found = the_pilot(request, pilot, *PARTNERS)
    partner = _the_partner(request, found, organisation)
    agrees = request.POST.get("agrees") != "no"
    try:
        agree_to_publish(partner=partner, agrees=agrees, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "may-be-told" if agrees else "may-not-be-told")


def _the_partner(request: PlatformRequest, found: Pilot, organisation: int) -> Partner:
    """One's own company; for an editor any of the pilot."""
    partners = found.partners.select_related("organisation", "pilot__programme")
    if not may_edit(request, found):
        partners = partners.filter(organisation__in=companies_spoken_for(request, found))
    partner = partners.filter(organisation=organisation).first()
    if partner is None:
        raise Http404
    return partner


def _back(found: Pilot, said: str) -> HttpResponse:
    return redirect(f"{reverse('pilot-companies', args=[found.key])}?said={said}")


def _draw(
    request: PlatformRequest, found: Pilot, *, form: AskForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    own = companies_spoken_for(request, found)
    partners = found.partners.select_related("organisation")
    edits = may_edit(request, found) and found.state == PilotState.DRAFT
    to_ask = companies_to_ask(found) if edits else []
    context = {
        "rows": [(one, one.organisation_id in own) for one in partners],
        "form": (form or AskForm(companies=to_ask)) if to_ask else None,
        "is_over": found.state in {PilotState.FINISHED, PilotState.STOPPED},
        "refused": refused,
    }
    return draw_pilot(request, "companies", found, context, page="pilot-companies", status=status)
