"""Proposing an entry for the catalogue: the list, the guided form in short parts, looking it over, sending it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.interventions.domain.card import faults_of
from lerend_web.interventions.domain.proposing import (
    OPEN,
    begin_better_version,
    begin_proposal,
    changed_since_sent,
    save_part,
    send_proposal,
    withdraw_proposal,
)
from lerend_web.interventions.domain.shown import told_card
from lerend_web.interventions.domain.written import told
from lerend_web.interventions.enums import ProposalState, Seat, Wording
from lerend_web.interventions.models import OwnEntry, Proposal
from lerend_web.interventions.queries import (
    may_accept,
    may_change_proposal,
    may_propose,
    may_read_proposal,
    open_seats_of,
    proposals_for,
    proposals_of,
    seats_without_anybody,
)
from lerend_web.interventions.rules import PARTS, PROPOSAL_READERS, PROPOSERS, TITLES, InterventionRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.proposals import SEATS, BeginForm, PartForm, ReviewForm, SendBackForm
from lerend_web.workbench.making_words import NOBODY, PROPOSAL_STATES, SAID
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.themes import programme_reached


@open_to(*PROPOSAL_READERS)
@require_safe
def proposals(request: PlatformRequest, programme: int) -> HttpResponse:
    """What was sent, and the drafts that are one's own."""
    found = programme_reached(request, programme, *PROPOSAL_READERS)
    return _draw_list(request, found)


@open_to(*PROPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: PlatformRequest, programme: int) -> HttpResponse:
    found = programme_reached(request, programme, *PROPOSERS)
    form = BeginForm(request.POST or None, initial={"wording": "en" if request.LANGUAGE_CODE == "en" else "nl"})
    if request.method == "POST" and form.is_valid():
        wording = Wording(form.cleaned_data["wording"])
        made = begin_proposal(programme=found, wording=wording, by=person_of(request), at=request.at)
        return redirect(f"{reverse('proposal-part', args=[found.pk, made.pk, 1])}?said=proposal-begun")
    return _draw(request, "begin", {"programme": found, "form": form}, status=400 if form.errors else 200)


@open_to(*PROPOSERS)
@require_POST
def proposal_better(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    """A better version of an entry that this programme accepted before."""
    found = programme_reached(request, programme, *PROPOSERS)
    known = OwnEntry.objects.filter(programme=found, entry=entry).order_by("-version").first()
    if known is None:
        raise Http404
    try:
        made = begin_better_version(entry=known, by=person_of(request), at=request.at)
    except InterventionRefused as refusal:
        return _draw_list(request, found, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('proposal-part', args=[found.pk, made.pk, 1])}?said=proposal-begun")


@open_to(*PROPOSAL_READERS)
@require_safe
def proposal(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    return draw_proposal(request, the_proposal(request, programme, proposal))


@open_to(*PROPOSAL_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_part(request: PlatformRequest, programme: int, proposal: int, part: int) -> HttpResponse:
    """One part of the form: saved and on to the next, or kept as it is for another day."""
    one = the_proposal(request, programme, proposal)
    if not 1 <= part <= len(PARTS):
        raise Http404
    if not _may_write(request, one):
        return draw_proposal(request, one, status=403)
    keeps_only = request.POST.get("does") == "keep"
    form = PartForm(
        request.POST or None, part=part, wording=Wording(one.wording), strict=not keeps_only, initial=one.content
    )
    if request.method == "POST" and form.is_valid():
        save_part(proposal=one, values=form.cleaned_data, by=person_of(request), at=request.at)
        return redirect(_after(one, part, keeps_only=keeps_only))
    context = {
        "programme": one.programme,
        "proposal": one,
        "form": form,
        "part": part,
        "last": len(PARTS),
        "title": TITLES[part - 1],
        "titles": list(enumerate(TITLES, start=1)),
    }
    return _draw(request, "part", context, status=400 if form.errors else 200)


@open_to(*PROPOSAL_READERS)
@require_POST
def proposal_send(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    return _does(request, programme, proposal, send_proposal, "proposal-sent")


@open_to(*PROPOSAL_READERS)
@require_POST
def proposal_withdraw(request: PlatformRequest, programme: int, proposal: int) -> HttpResponse:
    return _does(request, programme, proposal, withdraw_proposal, "proposal-withdrawn")


def _does(request: PlatformRequest, programme: int, proposal: int, verb: Any, said: str) -> HttpResponse:
    one = the_proposal(request, programme, proposal)
    if not may_change_proposal(person_of(request), one):
        return draw_proposal(request, one, status=403)
    try:
        verb(proposal=one, by=person_of(request), at=request.at)
    except InterventionRefused as refusal:
        return draw_proposal(request, one, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('proposal', args=[programme, one.pk])}?said={said}")


def the_proposal(request: PlatformRequest, programme: int, proposal: int) -> Proposal:
    """A draft of somebody else is not there at all."""
    found = programme_reached(request, programme, *PROPOSAL_READERS)
    one = proposals_of(found).select_related("workshop").filter(pk=proposal).first()
    if one is None or not may_read_proposal(person_of(request), one):
        raise Http404
    return one


def _may_write(request: PlatformRequest, one: Proposal) -> bool:
    return may_change_proposal(person_of(request), one) and ProposalState(one.state) in OPEN


def _after(one: Proposal, part: int, *, keeps_only: bool) -> str:
    if keeps_only or part == len(PARTS):
        return f"{reverse('proposal', args=[one.programme_id, one.pk])}?said=part-kept"
    return reverse("proposal-part", args=[one.programme_id, one.pk, part + 1])


def _draw_list(request: PlatformRequest, found: Programme, *, refused: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    rows = [
        (one, PROPOSAL_STATES[ProposalState(one.state)], bool(open_seats_of(person, one)) or may_accept(person, one))
        for one in proposals_for(person, found)
    ]
    context = {"programme": found, "rows": rows, "proposes": may_propose(person, found), "refused": refused}
    return _draw(request, "list", context, status=status)


def draw_proposal(
    request: PlatformRequest,
    one: Proposal,
    *,
    review_form: ReviewForm | None = None,
    back_form: SendBackForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    person, wording = person_of(request), Wording(one.wording)
    seats, writes = open_seats_of(person, one), _may_write(request, one)
    faults = faults_of(one.content, wording) if writes else []
    in_review = one.state == ProposalState.IN_REVIEW
    context = {
        "programme": one.programme,
        "proposal": one,
        "state": PROPOSAL_STATES[ProposalState(one.state)],
        "told": told_card(one.content, wording, changed=changed_since_sent(one)),
        "is_both": wording is Wording.BOTH,
        "writes": writes,
        "may_withdraw": may_change_proposal(person, one) and one.state not in {"accepted", "withdrawn"},
        "faults": faults,
        "titles": list(enumerate(TITLES, start=1)),
        "reviews": [
            (SEATS[Seat(review.seat)], review, told(review.words))
            for review in one.reviews.select_related("organisation", "by")
        ],
        "asked": told(one.asked),
        "waits_for": [SEATS[seat] for seat in _not_yet(one)] if in_review else [],
        "nobody": [NOBODY[seat] for seat in seats_without_anybody(one)] if in_review else [],
        "review_form": (review_form or ReviewForm(seats=seats, initial={"seat": seats[0].value})) if seats else None,
        "back_form": (back_form or SendBackForm()) if may_accept(person, one) else None,
        "refused": refused,
    }
    return _draw(request, "proposal", context, status=status)


def _not_yet(one: Proposal) -> list[Seat]:
    given = set(one.reviews.filter(round=one.round).values_list("seat", flat=True))
    return [seat for seat in Seat if seat not in given]


def _draw(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    return draw(request, f"proposals/{template}", {**context, **({"done": said} if said else {})}, status=status)
