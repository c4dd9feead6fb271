"""Where a file comes from: what every one of them says, so that a sheet or a slide that goes astray can be traced."""

from __future__ import annotations

from datetime import date
from typing import Final

from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Collected, Release
from lerend.report.dates import written_date
from lerend.report.warnings import warnings_of
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, say

DIVIDER: Final = " \N{MIDDLE DOT} "


def day_of(release: Release) -> date:
    return date.fromisoformat(release.made_on)


def marks_of(release: Release) -> tuple[Message, ...]:
    """What must stand plainly on every file: simulated, not for sharing, collected elsewhere."""
    elsewhere = say("These answers were collected elsewhere, not under this promise.")
    return (*warnings_of(release.diagnosis), *((elsewhere,) if release.collected is Collected.ELSEWHERE else ()))


def short_marks_of(release: Release) -> tuple[Message, ...]:
    """The same in a few words each, for the foot of a page."""
    found = [say("simulated")] if release.diagnosis.simulated else []
    if not release.diagnosis.shareable:
        found.append(say("not for sharing"))
    if release.collected is Collected.ELSEWHERE:
        found.append(say("collected elsewhere, not under this promise"))
    return tuple(found)


def stamp_of(release: Release, language: Language) -> str:
    """One line for the foot of every page: marks, the start of the digest, the day, and last, as it may be cut, whose round."""
    marks = [spoken(mark, language) for mark in short_marks_of(release)]
    digest = spoken(say("release {digest}", digest=release.digest[:16]), language)
    parts = [*marks, digest, written_date(day_of(release), language)]
    return DIVIDER.join([*parts, printable(release.wave.organisation), printable(release.wave.name)])


def origin_rows(
    release: Release, model: OrganisationModel, instrument: Instrument, language: Language
) -> list[tuple[str, str]]:
    """(what, value): everything that somebody needs to find the release again and to get the same figures."""
    trail, wave = release.trail, release.wave
    here = say("here, under the promise that belongs to it")
    elsewhere = say("elsewhere, not under this promise")
    yes, no = say("yes"), say("no")
    rows: list[tuple[Message, str | Message]] = [
        (say("Organisation"), wave.organisation),
        (say("Round"), f"{wave.name} ({wave.code})"),
        (say("Made on"), written_date(day_of(release), language)),
        (say("Digest of the release"), release.digest),
        (say("Simulated"), yes if release.diagnosis.simulated else no),
        (say("Answers were collected"), here if release.collected is Collected.HERE else elsewhere),
        (say("Digest of the promise"), release.promise or "\N{EN DASH}"),
        (say("Smallest group (k)"), str(release.k)),
        (say("Organisation model"), f"{model.name.in_language(language)} ({trail.model})"),
        (say("Digest of the model"), trail.model_digest),
        (say("Questionnaire"), f"{instrument.name.in_language(language)} ({trail.instrument})"),
        (say("Digest of the answers"), trail.inputs_digest),
        (say("Version of lerend"), trail.code_version),
        (say("Seed and number of draws"), f"{trail.seed} / {trail.draws}"),
        (say("Judged together with earlier releases"), ", ".join(release.earlier) or "\N{EN DASH}"),
    ]
    return [(spoken(what, language), _said(value, language)) for what, value in rows]


def _said(value: str | Message, language: Language) -> str:
    return spoken(value, language) if isinstance(value, Message) else printable(value)
