"""Three pairs of eyes on a proposal: a peer of another company, a teacher, a researcher; then the coordinator accepts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend.interventions.difference import difference_of
from lerend_web.community.domain.groups import organisation_of
from lerend_web.interventions.domain.card import card_of, kept_catalogue
from lerend_web.interventions.domain.proposing import note_proposal
from lerend_web.interventions.domain.written import kept
from lerend_web.interventions.enums import ProposalState, Seat, Verdict, Wording
from lerend_web.interventions.models import OwnEntry, Proposal, Review
from lerend_web.interventions.queries import may_accept, open_seats_of
from lerend_web.interventions.rules import LONGEST_WORDS, InterventionRefused
from lerend_web.people.models import Person


@transaction.atomic
def review_proposal(
    *, proposal: Proposal, seat: Seat, verdict: Verdict, words: str, by: Person, at: datetime
) -> Review:
    """Approve, or ask for a change; the third approval of a round brings it to the coordinator.

    Raises:
        InterventionRefused: their own or of their company, no such part here, that seat is taken, they looked at it
            already in this round, or a change is asked for without words.
    """
    _lock(proposal)
    said = kept(words)[:LONGEST_WORDS]
    if seat not in open_seats_of(by, proposal):
        raise InterventionRefused(
            _("You cannot review this as that: it is your own, somebody did it already, or it is not sent.")
        )
    if verdict is Verdict.CHANGE and not said:
        raise InterventionRefused(_("Say which change you ask for."), "words")
    made = Review.objects.create(
        programme=proposal.programme,
        organisation=organisation_of(by, proposal.programme) if seat is Seat.PEER else None,
        proposal=proposal,
        round=proposal.round,
        seat=seat.value,
        verdict=verdict.value,
        words=said,
        by=by,
        at=at,
    )
    note_proposal(proposal, f"proposal.{'approved' if verdict is Verdict.APPROVE else 'change_asked'}", by=by, at=at)
    if verdict is Verdict.CHANGE:
        _back_to_author(proposal)
    elif proposal.reviews.filter(round=proposal.round, verdict=Verdict.APPROVE.value).count() == len(Seat):
        proposal.state = ProposalState.AGREED.value
        proposal.save()
    return made


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: Person, at: datetime) -> OwnEntry:
    """Put into the catalogue of the programme what all three agree on, as the next version of its entry.

    Raises:
        InterventionRefused: no coordinator here, or not all three agree.
    """
    _must_accept(proposal, by)
    wording = Wording(proposal.wording)
    before = OwnEntry.objects.filter(entry=proposal.entry).order_by("-version").first()
    version = before.version + 1 if before else 1
    source = card_of(proposal.content, wording, id=proposal.entry, version=version).source
    made = OwnEntry.objects.create(
        programme=proposal.programme,
        entry=proposal.entry,
        version=version,
        wording=wording.value,
        content=proposal.content,
        source=source,
        changed=_changed_parts(before.source, source) if before else [],
        accepted_by=by,
        accepted_at=at,
    )
    proposal.state = ProposalState.ACCEPTED.value
    proposal.save()
    note_proposal(proposal, "intervention.accepted", by=by, at=at)
    return made


@transaction.atomic
def send_back_proposal(*, proposal: Proposal, words: str, by: Person, at: datetime) -> None:
    """The coordinator asks for a change, with words; when it is sent anew all three look at it again.

    Raises:
        InterventionRefused: no coordinator here, not all three agree, or nothing is asked for.
    """
    _must_accept(proposal, by)
    proposal.asked = kept(words)[:LONGEST_WORDS]
    if not proposal.asked:
        raise InterventionRefused(_("Say which change you ask for."), "words")
    _back_to_author(proposal)
    note_proposal(proposal, "proposal.change_asked", by=by, at=at)


def _back_to_author(proposal: Proposal) -> None:
    proposal.state, proposal.sent = ProposalState.CHANGE_ASKED.value, proposal.content
    proposal.save()


def _lock(proposal: Proposal) -> None:
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())


def _must_accept(proposal: Proposal, by: Person) -> None:
    _lock(proposal)
    if not may_accept(by, proposal):
        raise InterventionRefused(_("The coordinator accepts a proposal, when all three who review it agree."))


def _changed_parts(before: str, after: str) -> list[str]:
    """Names of the parts that differ, in the order of `lerend.interventions.difference`."""
    changes = difference_of(kept_catalogue(before), kept_catalogue(after)).changed
    return [part for change in changes for part in change.parts]
