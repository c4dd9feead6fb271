"""Reading a comment: what a moderator decides about it, until the comments of the round are released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.comments.domain.people import can_have_comments, people_at_least
from lerend_web.comments.domain.subjects import model_of_wave
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment, ReleasedComments
from lerend_web.comments.rules import LONGEST, CommentsRefused, may_be_literal
from lerend_web.core.audit import record
from lerend_web.core.models import AuditEntry
from lerend_web.people.models import Person
from lerend_web.scans.models import FrozenComment, Wave
from lerend_web.scans.queries import lock

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a moderator says of a comment: `factor` is empty for what is in no model."""

    decision: Decision
    factor: str = ""
    also: tuple[str, ...] = ()
    paraphrase: str = ""


def decide_comment(
    *, comment: FrozenComment, verdict: Verdict, seen: datetime | None, by: Person, at: datetime
) -> ReadComment:
    """Write down what a moderator decided; again to decide anew.

    Args:
        seen: when the decision was made that the moderator saw; none for a comment that nobody had read.

    Raises:
        CommentsRefused: they are released, too few people answered, or somebody else decided in the meantime.
    """
    wave = comment.wave
    _must_be_possible(verdict, wave)
    with transaction.atomic():
        lock(wave)
        _must_not_be_released(wave)
        known = ReadComment.objects.filter(comment=comment).first()
        if (known.at if known else None) != seen:
            raise CommentsRefused(_("Somebody else decided about this comment in the meantime. Read it again first."))
        reading = known or ReadComment(comment=comment)
        reading.decision, reading.factor = verdict.decision, verdict.factor
        reading.also = [one for one in dict.fromkeys(verdict.also) if one != verdict.factor]
        reading.paraphrase = verdict.paraphrase.strip() if verdict.decision == Decision.PARAPHRASE else ""
        reading.by, reading.at = by, at
        reading.save()
        _note(wave, "comment.decided", by=by, at=at, decision=str(verdict.decision))
    return reading


def undo_decision(*, comment: FrozenComment, by: Person, at: datetime) -> None:
    """Put a comment back among those that nobody has read.

    Raises:
        CommentsRefused: they are released.
    """
    with transaction.atomic():
        lock(comment.wave)
        _must_not_be_released(comment.wave)
        if ReadComment.objects.filter(comment=comment).delete()[0]:
            _note(comment.wave, "comment.undone", by=by, at=at)


@transaction.atomic
def note_reading(wave: Wave, *, by: Person, at: datetime) -> None:
    """Write down who reads the comments of a round, once a day: the works council sees that in the log."""
    today = AuditEntry.objects.filter(code="comments.read", actor=by.pk, subject=wave.code, at__gt=at - _A_DAY)
    if not today.exists():
        record(
            by=by,
            at=at,
            code="comments.read",
            programme=wave.programme_id,
            organisation=wave.organisation_id,
            subject=wave.code,
        )


def _must_be_possible(verdict: Verdict, wave: Wave) -> None:
    if not can_have_comments(wave):
        raise CommentsRefused(_("Comments of this round are never shown."))
    if verdict.decision == Decision.PUBLISH and not may_be_literal(people_at_least(wave)):
        raise CommentsRefused(
            _("Too few people answered to show their own words. Write down what it means, or withhold.")
        )
    if verdict.decision == Decision.PARAPHRASE and not verdict.paraphrase.strip():
        raise CommentsRefused(_("Write down in your own words what it means."))
    if len(verdict.paraphrase) > LONGEST:
        raise CommentsRefused(_("Make it shorter: 500 characters at most."))
    known = {"", *model_of_wave(wave).scales}
    if not known.issuperset((verdict.factor, *verdict.also)):
        raise CommentsRefused(_("Choose a factor of this round."))


def _must_not_be_released(wave: Wave) -> None:
    if ReleasedComments.objects.filter(wave=wave).exists():
        raise CommentsRefused(_("The comments of this round are released. Nothing of it changes any more."))


def _note(wave: Wave, code: str, *, by: Person, at: datetime, decision: str = "") -> None:
    """Not in the history of the organisation: there it would tell how many comments there are, and how many were held."""
    record(by=by, at=at, code=code, programme=wave.programme_id, subject=wave.code, decision=decision)
