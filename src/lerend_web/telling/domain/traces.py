"""The trace of a round: what its contact writes, and what everybody then reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import lock
from lerend_web.scans.rules import day_of
from lerend_web.telling.enums import Part
from lerend_web.telling.models import ToldTrace, Trace
from lerend_web.telling.queries import told_versions
from lerend_web.telling.rules import LANGUAGES, LONGEST_PART, HeardBack, TellingRefused, heard_back, told_since


@dataclass(frozen=True, slots=True)
class Words:
    """What is told in each part, in Markdown; empty for a part about which there is nothing to tell yet."""

    language: str
    heard: str = ""
    chosen: str = ""
    not_chosen: str = ""
    done: str = ""
    came_of_it: str = ""

    def of(self, part: Part) -> str:
        text: str = getattr(self, part.value)
        return text

    @property
    def digest(self) -> str:
        """Tells whether these are the words that somebody looked at."""
        said = json.dumps([self.language, *(self.of(part) for part in Part)], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_LONG_ENOUGH]


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A part that has something to tell; `since` is the day from which these words stood there."""

    part: Part
    text: str
    since: date


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody reads about a round; without parts nothing is told (any more).

    Attributes:
        heard_back: None for a round that was collected elsewhere, of which nobody here promised a day.
        taken_back_on: the day on which what was told was taken back, while nothing stands there.
    """

    language: str
    parts: tuple[ToldPart, ...]
    heard_back: HeardBack | None
    taken_back_on: date | None


class _About(TypedDict):
    programme: int
    organisation: int
    subject: str


_LONG_ENOUGH: Final = 16


def draft_of(wave: Wave) -> Words | None:
    """What its contact wrote; None when nothing is written."""
    row = Trace.objects.filter(wave=wave).first()
    return None if row is None else Words(row.language, **{part.value: getattr(row, part.value) for part in Part})


@transaction.atomic
def write_trace(*, wave: Wave, words: Words, by: Person | None, at: datetime) -> None:
    """Keep a draft; nobody else sees it.

    Raises:
        TellingRefused: the round is not closed, or a part is too long.
    """
    _must_be_closed(wave)
    if words.language not in LANGUAGES:
        raise TellingRefused(_("Choose the language in which you write."), "language")
    for part in Part:
        if len(words.of(part)) > LONGEST_PART:
            raise TellingRefused(_("Make it shorter: at most 4,000 characters."), part.value)
    said = {part.value: words.of(part).strip() for part in Part}
    Trace.objects.update_or_create(wave=wave, defaults={**said, "language": words.language, "changed_at": at})
    record(by=by, at=at, code="trace.written", **_about(wave))


@transaction.atomic
def tell_trace(*, wave: Wave, seen: str, by: Person | None, at: datetime) -> ToldTrace:
    """Everybody who knows the address reads it from now on; an earlier version stays in the history.

    Args:
        seen: the digest of the words that whoever publishes had before them.

    Raises:
        TellingRefused: there is nothing to tell, or the words changed in between.
    """
    lock(wave)
    _must_be_closed(wave)
    words = draft_of(wave)
    if words is None or not words.heard:
        raise TellingRefused(_("Write at least what you heard. The other parts can come later."), Part.HEARD.value)
    if words.digest != seen:
        raise TellingRefused(_("The text was changed in between. Read it once more before you publish it."))
    number = ToldTrace.objects.filter(wave=wave).count() + 1
    content = {part.value: words.of(part) for part in Part}
    told = ToldTrace.objects.create(wave=wave, number=number, language=words.language, content=content, by=by, at=at)
    record(by=by, at=at, code="trace.told", **_about(wave), number=number)
    return told


@transaction.atomic
def take_back_trace(*, wave: Wave, by: Person, at: datetime) -> None:
    """Nobody reads it any more; the page says so, and when."""
    lock(wave)
    if ToldTrace.objects.filter(wave=wave, taken_back_at__isnull=True).update(taken_back_at=at):
        record(by=by, at=at, code="trace.taken_back", **_about(wave))


def told_of(wave: Wave, *, at: datetime) -> Told:
    """What everybody reads about a round at this moment."""
    zone = wave.programme.time_zone
    versions = list(told_versions(wave))
    dated = [(day_of(one.at, zone), one.content) for one in versions]
    since = told_since(dated)
    newest = versions[-1] if versions else None
    parts = tuple(ToldPart(part, newest.content[part.value], since[part]) for part in Part if newest and part in since)
    return Told(
        language=newest.language if newest else "nl",
        parts=parts,
        heard_back=_heard_back(wave, dated[0][0] if dated else None, today=day_of(at, zone)),
        taken_back_on=None if versions else _taken_back_on(wave, zone),
    )


def _heard_back(wave: Wave, told_on: date | None, *, today: date) -> HeardBack | None:
    if wave.heard_back_on is None or wave.collected != Collected.HERE:
        return None
    return heard_back(wave.heard_back_on, told_on, today=today)


def _taken_back_on(wave: Wave, zone: str) -> date | None:
    last = ToldTrace.objects.filter(wave=wave).order_by("-number").first()
    return None if last is None or last.taken_back_at is None else day_of(last.taken_back_at, zone)


def _must_be_closed(wave: Wave) -> None:
    if wave.state != WaveState.CLOSED:
        raise TellingRefused(_("The round is not closed yet. Until then nobody knows what people said."))


def _about(wave: Wave) -> _About:
    return {"programme": wave.programme_id, "organisation": wave.organisation_id, "subject": wave.code}
