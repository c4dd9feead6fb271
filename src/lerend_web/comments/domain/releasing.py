"""Showing the comments of a round: late, all at once, and then for good."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lerend_web.comments.domain.people import can_have_comments, people_at_least
from lerend_web.comments.domain.subjects import Subject, subjects_of
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment, ReleasedComments
from lerend_web.comments.rules import CommentsRefused, earliest_release, is_late_enough, may_be_literal
from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.scans.domain.backup import backup_path, write_backup
from lerend_web.scans.enums import Collected
from lerend_web.scans.models import FrozenComment, FrozenWave, Wave
from lerend_web.scans.queries import lock
from lerend_web.scans.rules import Sentence


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as everybody sees it; `in_own_words` is false for what a moderator wrote down."""

    text: str
    in_own_words: bool


@dataclass(frozen=True, slots=True)
class Under:
    """The comments under one factor; none for what is in no model."""

    subject: Subject | None
    comments: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A comment as it is kept: `about` holds ids, none for what is in no model."""

    about: tuple[str, ...]
    in_own_words: bool
    text: str


def why_not_release(wave: Wave, *, at: datetime) -> tuple[Sentence, ...]:
    """Every reason why the comments of a closed wave cannot be shown now; empty when they can."""
    if not can_have_comments(wave):
        return (_("Comments of this round are never shown."),)
    if ReleasedComments.objects.filter(wave=wave).exists():
        return (_("The comments of this round are released. Nothing of it changes any more."),)
    reasons: list[Sentence] = []
    if FrozenComment.objects.filter(wave=wave, reading__isnull=True).exists():
        reasons.append(_("Not all comments are read yet."))
    if not is_late_enough(wave, at=at):
        day = lazy(date_format, str)(earliest_release(wave), "j F Y")
        reasons.append(format_lazy(_("They can be shown from {day}: two weeks after closing."), day=day))
    if not may_be_literal(people_at_least(wave)) and _readings(wave).filter(decision=Decision.PUBLISH).exists():
        reasons.append(_("Too few people answered to show their own words. Write down what they mean instead."))
    return tuple(reasons)


def release_comments(*, wave: Wave, by: Person, at: datetime) -> ReleasedComments:
    """Show everything that is not withheld, mixed once more; from here on nothing changes.

    Raises:
        CommentsRefused: it is too early, or not everything is read.
    """
    with transaction.atomic():
        lock(wave)
        reasons = why_not_release(wave, at=at)
        if reasons:
            raise CommentsRefused(reasons[0])
        content = _written(_rows(wave))
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
        released = ReleasedComments.objects.create(wave=wave, content=content, digest=digest, by=by, at=at)
        record(
            by=by, at=at, code="comments.released", programme=wave.programme_id, organisation=wave.organisation_id,
            subject=wave.code, digest=digest,
        )  # fmt: skip
        _forget_what_was_written(wave)
    return released


def _forget_what_was_written(wave: Wave) -> None:
    """What was withheld or said in other words is kept nowhere any more: not here, and not in the copy of closing."""
    FrozenComment.objects.filter(wave=wave).update(text="")
    if backup_path(wave).exists():
        frozen = FrozenWave.objects.select_related("wave__organisation", "wave__programme").get(wave=wave)
        write_backup(frozen)


def what_would_show(wave: Wave) -> tuple[Under, ...]:
    """What stands under each factor as it was decided so far, for the moderator to read once more before it is shown."""
    return _by_subject(_rows(wave), wave)


def released_of(wave: Wave) -> tuple[Under, ...] | None:
    """What is shown of a round, by factor in the order of the model; None as long as nothing is."""
    released = ReleasedComments.objects.filter(wave=wave).first()
    return None if released is None else _by_subject(_read(released.content), wave)


def released_about(wave: Wave, factor: str) -> tuple[Shown, ...]:
    """What is shown under one factor or outcome."""
    found = (under for under in released_of(wave) or () if under.subject is not None and under.subject.id == factor)
    return next((under.comments for under in found), ())


def why_none_yet(wave: Wave, *, at: datetime) -> Sentence:
    """Why nothing of a closed round is shown, and when it may be: the same sentence whether or not people wrote."""
    if not wave.takes_comments:
        return _("In this round there was no room for own words.")
    if wave.collected != Collected.HERE:
        return _("These answers were collected elsewhere. No own words came with them.")
    if not can_have_comments(wave):
        return _("Too few people answered to show what they wrote: it would be known who it was. It is never shown.")
    if not is_late_enough(wave, at=at):
        day = lazy(date_format, str)(earliest_release(wave), "j F Y")
        return format_lazy(
            _(
                "It is shown all at once, and not before {day}. A moderator who does not work here reads everything first."
            ),
            day=day,
        )
    if not FrozenComment.objects.filter(wave=wave).exists():
        return _("There is nothing to show.")
    return _("A moderator who does not work here is still reading. When all is read, it is shown here all at once.")


def _readings(wave: Wave) -> QuerySet[ReadComment]:
    return ReadComment.objects.filter(comment__wave=wave).select_related("comment")


def _rows(wave: Wave) -> list[_Row]:
    return [_row(one) for one in _readings(wave).exclude(decision=Decision.WITHHOLD)]


def _row(reading: ReadComment) -> _Row:
    is_own = reading.decision == Decision.PUBLISH
    about = tuple(one for one in (reading.factor, *reading.also) if one)
    return _Row(about, is_own, reading.comment.text if is_own else reading.paraphrase)


def _written(rows: list[_Row]) -> str:
    mixed = random.SystemRandom().sample(rows, len(rows))
    return json.dumps([asdict(row) for row in mixed], ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _read(content: str) -> list[_Row]:
    return [_Row(tuple(row["about"]), row["in_own_words"], row["text"]) for row in json.loads(content)]


def _by_subject(rows: list[_Row], wave: Wave) -> tuple[Under, ...]:
    subjects = [subject for layer in subjects_of(wave) for subject in layer.subjects]
    found = [Under(subject, _texts(row for row in rows if subject.id in row.about)) for subject in subjects]
    found.append(Under(None, _texts(row for row in rows if not row.about)))
    return tuple(under for under in found if under.comments)


def _texts(rows: Iterable[_Row]) -> tuple[Shown, ...]:
    """The same words are shown once: how often something was said is not shown."""
    return tuple(dict.fromkeys(Shown(row.text, row.in_own_words) for row in rows))
