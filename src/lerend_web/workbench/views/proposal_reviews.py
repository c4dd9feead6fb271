"""What others say of a proposal: the three who review it, and the coordinator who puts it into the catalogue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lerend_web.core.access import open_to
from lerend_web.interventions.domain.reviewing import accept_proposal, review_proposal, send_back_proposal
from lerend_web.interventions.enums import ProposalState, Seat, Verdict
from lerend_web.interventions.models import Proposal
from lerend_web.interventions.queries import may_accept, open_seats_of
from lerend_web.interventions.rules import ACCEPTERS, PROPOSAL_READERS, InterventionRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.forms.proposals import ReviewForm, SendBackForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.proposals import draw_proposal, the_proposal


@open_to(*PROPOSAL_READERS)
@require_POST
def proposal_review(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    """One of the three says what they think."""
    one = the_proposal(request, programme, proposal)
    seats = open_seats_of(person_of(request), one)
    if not seats:
        return draw_proposal(request, one, status=403)
    form = ReviewForm(request.POST, seats=seats)
    if form.is_valid():
        data = form.cleaned_data
        try:
            review_proposal(
                proposal=one,
                seat=Seat(data["seat"]),
                verdict=Verdict(data["verdict"]),
                words=data["words"],
                by=person_of(request),
                at=request.at,
            )
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return _back(one, "agreed" if one.state == ProposalState.AGREED else "reviewed")
    return draw_proposal(request, one, review_form=form, status=400)


@open_to(*ACCEPTERS)
@require_POST
def proposal_accept(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    one = the_proposal(request, programme, proposal)
    try:
        accept_proposal(proposal=one, by=person_of(request), at=request.at)
    except InterventionRefused as refusal:
        return draw_proposal(request, one, refused=str(refusal.sentence), status=400)
    return _back(one, "accepted")


@open_to(*ACCEPTERS)
@require_POST
def proposal_send_back(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    """The coordinator asks for a change."""
    one = the_proposal(request, programme, proposal)
    if not may_accept(person_of(request), one):
        return draw_proposal(request, one, status=403)
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            send_back_proposal(proposal=one, words=form.cleaned_data["words"], by=person_of(request), at=request.at)
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return _back(one, "sent-back")
    return draw_proposal(request, one, back_form=form, status=400)


def _back(one: Proposal, said: str) -> HttpResponse:
    return redirect(f"{reverse('proposal', args=[one.programme_id, one.pk])}?said={said}")
