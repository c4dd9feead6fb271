"""Closed rounds with comments, and how a moderator decides about them."""

from __future__ import annotations

from datetime import datetime, timedelta

from lerend_web.comments.domain.deciding import Verdict, decide_comment
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment
from lerend_web.people.enums import ProgrammeRole
from lerend_web.scans.models import FrozenComment, Wave
from tests.lerend_web.actors import Place
from tests.lerend_web.released import some_outcome

BREAKS = "Bij ons praat niemand over fouten, je krijgt meteen op je kop."
COURSE = "Elke week een cursus, prachtig."
NAMED = "Karin van lijn 3 legt alles goed uit, bel haar op 06-12345678."
TEXTS = (BREAKS, COURSE, NAMED)
SAFETY = "psychological_safety"


def with_comments(where: Place, *texts: str) -> Wave:
    """A round of sixty people, closed on 11 June, with these comments."""
    wave = some_outcome(where.organisation, where.programme)
    FrozenComment.objects.bulk_create(FrozenComment(wave=wave, about="general", text=text) for text in texts or TEXTS)
    return wave


def after(wave: Wave, days: int) -> datetime:
    assert wave.closed_at is not None
    return wave.closed_at + timedelta(days=days)


def decide(
    where: Place, wave: Wave, text: str, decision: Decision, *, at: datetime | None = None, **said: object
) -> ReadComment:
    """The moderator decides about the comment with this text, a day after closing."""
    comment = FrozenComment.objects.get(wave=wave, text=text)
    known = ReadComment.objects.filter(comment=comment).first()
    return decide_comment(
        comment=comment,
        verdict=Verdict(decision, **({"factor": SAFETY} | said)),  # type: ignore[arg-type]  # tests change one field at a time
        seen=known.at if known else None,
        by=where.people[ProgrammeRole.MODERATOR],
        at=at or after(wave, 1),
    )


def decide_all(where: Place, wave: Wave) -> None:
    """One is shown, one in other words, one not at all."""
    decide(where, wave, BREAKS, Decision.PUBLISH)
    decide(where, wave, COURSE, Decision.WITHHOLD)
    decide(where, wave, NAMED, Decision.PARAPHRASE, paraphrase="Some people explain things well.")
