"""Addresses of proposals, scripts and workshops."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views import proposal_reviews, proposals, scripts, workshop_parts, workshops

_PROPOSAL = "programmes/<int:programme>/proposals/<int:proposal>"
_SCRIPT = "programmes/<int:programme>/scripts/<slug:entry>"
_WORKSHOP = "programmes/<int:programme>/workshops/<int:workshop>"

urlpatterns = [
    path("programmes/<int:programme>/proposals", proposals.proposals, name="proposals"),
    path("programmes/<int:programme>/proposals/new", proposals.proposal_new, name="proposal-new"),
    path("programmes/<int:programme>/proposals/better/<slug:entry>", proposals.proposal_better, name="proposal-better"),
    path(_PROPOSAL, proposals.proposal, name="proposal"),
    path(f"{_PROPOSAL}/parts/<int:part>", proposals.proposal_part, name="proposal-part"),
    path(f"{_PROPOSAL}/send", proposals.proposal_send, name="proposal-send"),
    path(f"{_PROPOSAL}/withdraw", proposals.proposal_withdraw, name="proposal-withdraw"),
    path(f"{_PROPOSAL}/review", proposal_reviews.proposal_review, name="proposal-review"),
    path(f"{_PROPOSAL}/accept", proposal_reviews.proposal_accept, name="proposal-accept"),
    path(f"{_PROPOSAL}/send-back", proposal_reviews.proposal_send_back, name="proposal-send-back"),
    path("programmes/<int:programme>/scripts", scripts.scripts, name="scripts"),
    path(_SCRIPT, scripts.script, name="script"),
    path(f"{_SCRIPT}/claim", scripts.script_claim, name="script-claim"),
    path(f"{_SCRIPT}/write", scripts.script_write, name="script-write"),
    path(f"{_SCRIPT}/give-back", scripts.script_give_back, name="script-give-back"),
    path(f"{_SCRIPT}/review", scripts.script_review, name="script-review"),
    path("programmes/<int:programme>/workshops", workshops.workshops, name="workshops"),
    path("programmes/<int:programme>/workshops/new", workshops.workshop_new, name="workshop-new"),
    path(_WORKSHOP, workshops.workshop, name="workshop"),
    path(f"{_WORKSHOP}/write", workshops.workshop_write, name="workshop-write"),
    path(f"{_WORKSHOP}/sessions", workshop_parts.workshop_session, name="workshop-session"),
    path(
        f"{_WORKSHOP}/sessions/<int:session>/cancel",
        workshop_parts.workshop_session_cancel,
        name="workshop-session-cancel",
    ),
    path(f"{_WORKSHOP}/tries", workshop_parts.workshop_try_out, name="workshop-try-out"),
    path(f"{_WORKSHOP}/remarks", workshop_parts.workshop_remark, name="workshop-remark"),
    path(f"{_WORKSHOP}/propose", workshop_parts.workshop_propose, name="workshop-propose"),
    path(f"{_WORKSHOP}/brief/<slug:factor>", workshop_parts.workshop_brief, name="workshop-brief"),
]
