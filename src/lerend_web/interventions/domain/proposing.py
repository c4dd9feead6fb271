"""Proposing an entry for the catalogue: begun, written part by part, sent to the three who review, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lerend_web.community.domain.groups import organisation_of
from lerend_web.core.audit import record
from lerend_web.interventions.domain.card import cleaned, faults_of
from lerend_web.interventions.enums import ProposalState, Wording
from lerend_web.interventions.models import OwnEntry, Proposal, Workshop
from lerend_web.interventions.queries import may_change_proposal, may_propose
from lerend_web.interventions.rules import InterventionRefused
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

OPEN = (ProposalState.DRAFT, ProposalState.CHANGE_ASKED)
"""States in which somebody may still write."""
_UNDER_WAY = tuple(one.value for one in (*OPEN, ProposalState.IN_REVIEW, ProposalState.AGREED))


@transaction.atomic
def begin_proposal(
    *,
    programme: Programme,
    wording: Wording,
    by: Person,
    at: datetime,
    content: Mapping[str, Any] | None = None,
    workshop: Workshop | None = None,
) -> Proposal:
    """A draft, on behalf of the company of who writes it; nobody else sees it.

    Args:
        content: what is filled in from the start, such as the text of a workshop.

    Raises:
        InterventionRefused: no part in this programme by which somebody proposes.
    """
    return _begin(programme, wording, by=by, at=at, content=content or {}, workshop=workshop)


@transaction.atomic
def begin_better_version(*, entry: OwnEntry, by: Person, at: datetime) -> Proposal:
    """A draft that starts from an accepted version.

    Raises:
        InterventionRefused: as for a new one, or somebody is at work on a better version already.
    """
    known = Proposal.objects.filter(entry=entry.entry, state__in=_UNDER_WAY)
    if known.exists():
        raise InterventionRefused(_("Somebody is writing a better version of this one already. Wait until it is done."))
    newest = OwnEntry.objects.filter(entry=entry.entry).order_by("-version").first() or entry
    wording = Wording(newest.wording)
    return _begin(entry.programme, wording, by=by, at=at, content=newest.content, entry=entry.entry)


@transaction.atomic
def save_part(*, proposal: Proposal, values: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep what was typed in one part of the form, whether or not it is all there.

    Raises:
        InterventionRefused: somebody else's, or it is being reviewed.
    """
    _must_be_open(proposal, by)
    proposal.content = {**proposal.content, **cleaned(values)}
    proposal.save()
    note_proposal(proposal, "proposal.written", by=by, at=at)


@transaction.atomic
def send_proposal(*, proposal: Proposal, by: Person, at: datetime) -> None:
    """To the three who review; all three look at it anew, and see what changed since the last time.

    Raises:
        InterventionRefused: somebody else's, being reviewed already, or not all there.
    """
    _must_be_open(proposal, by)
    if faults_of(proposal.content, Wording(proposal.wording)):
        raise InterventionRefused(_("Something is missing. Below stands what to fill in or mend before you send it."))
    proposal.entry = proposal.entry or _id_for(proposal)
    proposal.state, proposal.round, proposal.sent_at = ProposalState.IN_REVIEW.value, proposal.round + 1, at
    proposal.asked = ""
    proposal.save()
    note_proposal(proposal, "proposal.sent", by=by, at=at)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: Person, at: datetime) -> None:
    """Take it back: nobody reviews it any more. What was accepted stays.

    Raises:
        InterventionRefused: somebody else's, or in the catalogue already.
    """
    _must_be_theirs(proposal, by)
    if proposal.state == ProposalState.ACCEPTED:
        raise InterventionRefused(_("This is in the catalogue already. Propose a better version instead."))
    proposal.state = ProposalState.WITHDRAWN.value
    proposal.save()
    note_proposal(proposal, "proposal.withdrawn", by=by, at=at)


def changed_since_sent(proposal: Proposal) -> tuple[str, ...]:
    """Fields that differ from what the reviewers saw the last time; none for one that was sent once."""
    if not proposal.sent:
        return ()
    names = {*proposal.content, *proposal.sent}
    return tuple(sorted(name for name in names if proposal.content.get(name) != proposal.sent.get(name)))


def _begin(
    programme: Programme,
    wording: Wording,
    *,
    by: Person,
    at: datetime,
    content: Mapping[str, Any],
    workshop: Workshop | None = None,
    entry: str = "",
) -> Proposal:
    if not may_propose(by, programme):
        raise InterventionRefused(
            _("Contacts of companies, teachers and researchers of this programme propose entries.")
        )
    proposal = Proposal.objects.create(
        programme=programme,
        organisation=None if _has_part_above(by, programme) else organisation_of(by, programme),
        author=by,
        workshop=workshop,
        entry=entry,
        wording=wording.value,
        content=cleaned(content),
        made_at=at,
    )
    note_proposal(proposal, "proposal.begun", by=by, at=at)
    return proposal


def _has_part_above(person: Person, programme: Programme) -> bool:
    return person.programme_roles.filter(programme=programme, role__in=("teacher", "researcher")).exists()


def _id_for(proposal: Proposal) -> str:
    """Made of its name and its number, so that no two programmes have an entry of the same id."""
    return f"own-{slugify(proposal.name)[:40].strip('-')}-p{proposal.pk}".replace("--", "-")


def _must_be_theirs(proposal: Proposal, by: Person) -> None:
    """As it is now, and locked: a reviewer may be at it."""
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    if not may_change_proposal(by, proposal):
        raise InterventionRefused(_("This proposal is somebody else's."))


def _must_be_open(proposal: Proposal, by: Person) -> None:
    _must_be_theirs(proposal, by)
    if proposal.state not in {one.value for one in OPEN}:
        raise InterventionRefused(
            _("This proposal is not open for writing now. Wait for the reviews, or take it back.")
        )


def note_proposal(proposal: Proposal, code: str, *, by: Person, at: datetime) -> None:
    """What somebody did with a proposal, in the log."""
    record(
        by=by,
        at=at,
        code=code,
        programme=proposal.programme_id,
        organisation=proposal.organisation_id,
        subject=str(proposal.pk),
        name=proposal.name,
    )
