"""The living catalogue: a judged pilot proposes what its approach is worth now, and a researcher signs it or says why not.

The rules are fixed and written down (docs/methods/grading.md). What was signed or refused stays, with every reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.evidence.grading.literature import Grade
from lerend.evidence.grading.proposing import GradeProposal, propose
from lerend.interventions.catalogue import Intervention
from lerend.release.plain import plain
from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.pilots.domain.finished import (
    Judged,
    entry_called,
    entry_id,
    judged_pilots,
    prior_of,
)
from lerend_web.pilots.domain.grade_history import change_of, grade_of, standing_after, standing_before
from lerend_web.pilots.domain.in_both import kept
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import GradeChange, Pilot
from lerend_web.pilots.rules import SIGNERS, PilotRefused
from lerend_web.scans.rules import day_of

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal, and what it rests on: the grade that was signed last, and each pilot with the digest of its effect."""

    proposal: GradeProposal
    basis: tuple[str, ...]


@transaction.atomic
def propose_grade(*, pilot: Pilot, at: datetime, by: Person | None = None) -> GradeChange:
    """Keep what a judged pilot proposes; a proposal of it that nobody signed or refused is made anew.

    Raises:
        PilotRefused: there is no verdict, no effect, or no entry of the catalogue behind it; or it was decided already.
    """
    if by is not None:
        _must_sign(by, pilot.programme_id)
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    if (reason := why_not_propose(pilot)) is not None:
        raise PilotRefused(reason)
    change = change_of(pilot) or GradeChange(programme=pilot.programme, pilot=pilot)
    if change.state != GradeState.PROPOSED:
        raise PilotRefused(_("This was decided already. The history shows it."))
    found = proposal_of(pilot, at)
    proposal = found.proposal
    change.intervention, change.proposed_at = entry_id(pilot.intervention), at
    change.before = {"standing": plain(proposal.before)}
    change.after = {
        "standing": plain(proposal.after),
        "contradiction": proposal.contradiction.value if proposal.contradiction else "",
        "rules": proposal.rules,
        "basis": list(found.basis),
    }
    change.reasons = kept(proposal.reasons)
    change.save()
    _note(change, "grade.proposed", by=by, at=at)
    return change


@transaction.atomic
def sign_grade(*, change: GradeChange, by: Person | None, at: datetime) -> None:
    """From now on the catalogue of the programme shows it.

    Raises:
        PilotRefused: no researcher of the programme, decided already, or something changed since it was proposed.
    """
    _lock_open(change, by)
    if is_stale(change):
        raise PilotRefused(
            _("Something changed since this was proposed. Let it be worked out anew, and read it again.")
        )
    change.state, change.by, change.decided_at = GradeState.SIGNED.value, by, at
    change.save()
    _note(change, "grade.signed", by=by, at=at)


@transaction.atomic
def refuse_grade(*, change: GradeChange, why: str, by: Person | None, at: datetime) -> None:
    """The grade stays as it was. The pilot goes on to count in the effect: what it found is no reason to leave it out.

    Raises:
        PilotRefused: no researcher of the programme, decided already, or no reason.
    """
    _lock_open(change, by)
    reason = " ".join(why.split())
    if not reason:
        raise PilotRefused(_("Say why not, so that everybody can follow it."), "why")
    change.state, change.by, change.decided_at = GradeState.REFUSED.value, by, at
    change.why_not = reason[:LONGEST_REASON]
    change.save()
    _note(change, "grade.refused", by=by, at=at)


def why_not_propose(pilot: Pilot) -> Promise | None:
    """What stands between a pilot and its proposal, as a sentence; None where nothing does."""
    if not hasattr(pilot, "verdict"):
        return _("The catalogue learns from this pilot once its verdict is signed.")
    entry = entry_called(pilot.programme, entry_id(pilot.intervention)) if pilot.intervention else None
    if entry is None:
        return _("No entry of the catalogue is behind this pilot. Propose one first, so that others can use it.")
    if pilot.pk not in {one.pilot.pk for one in judged_pilots(pilot.programme, entry)}:
        return _("Nothing could be computed from what was measured, so there is nothing to learn from it.")
    return None


def proposal_of(pilot: Pilot, at: datetime) -> Found:
    """What a judged pilot proposes after those that were judged before it.

    Raises:
        LookupError: there is no entry or no effect behind it.
    """
    entry, grade, judged = _rests_on(pilot)
    proposal = propose(
        judged[-1].finished,
        [one.finished for one in judged[:-1]],
        grade=grade,
        prior=prior_of(entry),
        today=day_of(at, pilot.programme.time_zone),
    )
    return Found(proposal, _basis(grade, judged))


def is_stale(change: GradeChange) -> bool:
    """Whether an open proposal would be another one now: another grade was signed, or another pilot judged before it."""
    if change.pilot is None:
        return False
    try:
        _entry, grade, judged = _rests_on(change.pilot)
    except LookupError:
        return True
    return _basis(grade, judged) != tuple(change.after["basis"])


def _rests_on(pilot: Pilot) -> tuple[Intervention, Grade, tuple[Judged, ...]]:
    """The entry, the grade that was signed last, and the pilots up to this one, in the order of their verdicts."""
    entry = entry_called(pilot.programme, entry_id(pilot.intervention))
    if entry is None:
        raise LookupError(pilot.intervention)
    judged = judged_pilots(pilot.programme, entry)
    place = next((place for place, one in enumerate(judged) if one.pilot.pk == pilot.pk), None)
    if place is None:
        raise LookupError(pilot.key)
    return entry, grade_of(pilot.programme, entry), judged[: place + 1]


def _basis(grade: Grade, pilots: tuple[Judged, ...]) -> tuple[str, ...]:
    return (grade.value, *(f"{one.pilot.key} {one.stored.digest}" for one in pilots))


def _lock_open(change: GradeChange, by: Person | None) -> None:
    _must_sign(by, change.programme_id)
    change.refresh_from_db(from_queryset=GradeChange.objects.select_for_update())
    if change.state != GradeState.PROPOSED:
        raise PilotRefused(_("This was decided already. The history shows it."))


def _must_sign(by: Person | None, programme: int) -> None:
    roles = [role.value for role in SIGNERS]
    if by is not None and not by.programme_roles.filter(programme=programme, role__in=roles).exists():
        raise PilotRefused(_("A researcher of the programme decides on this."))


def _note(change: GradeChange, code: str, *, by: Person | None, at: datetime) -> None:
    record(
        by=by,
        at=at,
        code=code,
        programme=change.programme_id,
        subject=change.pilot.key if change.pilot else "",
        name=change.intervention,
        before=standing_before(change).grade.value,
        after=standing_after(change).grade.value,
    )
