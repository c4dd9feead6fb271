"""Learning partners: a company opts in and answers proposals; the coordinator has them made and sees no scores."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.community.domain.partners import (
    agreed_in,
    answer_proposal,
    keep_apart,
    make_proposals,
    opt_in,
    opt_out,
    shown_to,
    waiting_in,
    what_a_proposal_tells,
)
from lerend_web.community.models import KeptApart, PartnerProposal, PartnerWish
from lerend_web.community.queries import kept_apart_in, wish_of
from lerend_web.community.rules import BRANCHES, CONTACT, COORDINATOR, LEAST_WISHES, CommunityRefused
from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.community import ApartForm, WishForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_organisation, the_programme
from lerend_web.workbench.theme_words import SAID


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: PlatformRequest, organisation: int) -> HttpResponse:
    """What a proposal tells, taking part or not, and the proposals of this organisation."""
    found = the_organisation(request, organisation, *CONTACT)
    programme = _programme(request, found)
    if request.method != "POST":
        return _draw_partner(request, found, programme)
    if programme is None:
        return _draw_partner(request, found, programme, status=400)
    form = WishForm(request.POST)
    if form.is_valid():
        try:
            opt_in(organisation=found, programme=programme, wish=form.wish(), by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return _back(found, programme, "opted-in")
    return _draw_partner(request, found, programme, form=form, status=400)


@open_to(*CONTACT)
@require_POST
def partner_stop(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *CONTACT)
    programme = _programme(request, found)
    if programme is None:
        return _draw_partner(request, found, programme, status=400)
    opt_out(organisation=found, programme=programme, by=person_of(request), at=request.at)
    return _back(found, programme, "opted-out")


@open_to(*CONTACT)
@require_POST
def partner_answer(request: PlatformRequest, organisation: int, proposal: int) -> HttpResponse:
    """Yes or no to one proposal."""
    found = the_organisation(request, organisation, *CONTACT)
    one = _the_proposal(found, proposal)
    says = request.POST.get("says", "")
    if says not in {"yes", "no"}:
        return _draw_partner(request, found, one.programme, status=400)
    try:
        answer_proposal(proposal=one, organisation=found, accepts=says == "yes", by=person_of(request), at=request.at)
    except CommunityRefused as refusal:
        return _draw_partner(request, found, one.programme, refused=str(refusal.sentence), status=400)
    return _back(found, one.programme, "accepted" if says == "yes" else "refused")


@open_to(*COORDINATOR)
@require_safe
def partners(request: PlatformRequest, programme: int) -> HttpResponse:
    """Who takes part, who never come together, and how many proposals wait; of what and whom only after both agreed."""
    return _draw_partners(request, the_programme(request, programme, *COORDINATOR))


@open_to(*COORDINATOR)
@require_POST
def partners_propose(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    try:
        new = make_proposals(programme=found, by=person_of(request), at=request.at)
    except CommunityRefused as refusal:
        return _draw_partners(request, found, refused=str(refusal.sentence), status=400)
    said = "proposed" if new else "nobody-new"
    return redirect(f"{reverse('partners', args=[found.pk])}?said={said}")


@open_to(*COORDINATOR)
@require_POST
def partners_apart(request: PlatformRequest, programme: int) -> HttpResponse:
    """Competitors, or not after all (with ``again`` on the button)."""
    found = the_programme(request, programme, *COORDINATOR)
    form = ApartForm(request.POST, programme=found)
    if form.is_valid():
        one, other = form.both()
        apart = "again" not in request.POST
        try:
            keep_apart(programme=found, one=one, other=other, apart=apart, by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('partners', args=[found.pk])}?done=saved#apart")
    return _draw_partners(request, found, form=form, status=400)


def _programme(request: PlatformRequest, organisation: Organisation) -> Programme | None:
    """The one that the page is about; the first where an organisation takes part in several and none is named."""
    given = request.POST.get("programme") or request.GET.get("programme", "")
    own = organisation.programmes.order_by("name", "pk")
    if given.isascii() and given.isdigit() and len(given) < 12:
        return own.filter(pk=int(given)).first()
    return own.first()


def _the_proposal(organisation: Organisation, proposal: int) -> PartnerProposal:
    programmes = organisation.programmes.values_list("pk", flat=True)
    found = PartnerProposal.objects.filter(pk=proposal, programme__in=programmes).select_related("programme").first()
    if found is None or organisation.pk not in {found.giver_id, found.taker_id}:
        raise Http404
    return found


def _back(organisation: Organisation, programme: Programme, said: str) -> HttpResponse:
    return redirect(f"{reverse('partner', args=[organisation.pk])}?programme={programme.pk}&said={said}")


def _draw_partner(
    request: PlatformRequest,
    organisation: Organisation,
    programme: Programme | None,
    *,
    form: WishForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    wish = wish_of(organisation, programme) if programme else None
    context = {
        "programme": programme,
        "programmes": organisation.programmes.order_by("name"),
        "tells": what_a_proposal_tells(),
        "wish": wish,
        "branch": BRANCHES.get(wish.branch, "") if wish else "",
        "proposals": shown_to(organisation, programme) if programme else [],
        "form": form or WishForm(wish=wish),
        "refused": refused,
    }
    return _draw(request, "partner", context, organisation=organisation, status=status)


def _draw_partners(
    request: PlatformRequest,
    programme: Programme,
    *,
    form: ApartForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    apart: list[KeptApart] = list(kept_apart_in(programme))
    context = {
        "programme": programme,
        "keeps": True,
        "wishes": PartnerWish.objects.filter(programme=programme).select_related("organisation"),
        "least": LEAST_WISHES,
        "waiting": waiting_in(programme),
        "agreed": agreed_in(programme),
        "apart": apart,
        "form": form or ApartForm(programme=programme),
        "refused": refused,
    }
    return _draw(request, "partners", context, status=status)


def _draw(
    request: PlatformRequest,
    template: str,
    context: dict[str, Any],
    *,
    organisation: Organisation | None = None,
    status: int = 200,
) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    shown = {**context, **({"done": said} if said else {})}
    return draw(request, f"community/{template}", shown, organisation=organisation, tab="partner", status=status)
