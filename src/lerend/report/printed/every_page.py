"""What stands on every page, and which release and model a paper is drawn from."""

from __future__ import annotations

from datetime import date
from typing import Final

from lerend.errors import Problem, ReleaseIsWrong
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Collected, Release
from lerend.report.dates import written_date
from lerend.report.printed.typesetting import Plain
from lerend.report.warnings import warnings_of
from lerend.report.words import spoken
from lerend.wording import Language, Message, say

_ROOM_FOR_A_NAME: Final = 30
ELSEWHERE = say("Collected elsewhere: these answers do not fall under this platform's promise.")


def every_page(release: Release, title: str, language: Language) -> dict[str, Plain]:
    """Language, title, the marks above each page and the line under it."""
    return {
        "language": language,
        "title": title,
        "marks": marks_of(release, language),
        "foot": _foot(release, language),
        "page_words": _in(language, say("Page {page} of {pages}", page="{page}", pages="{pages}")),
    }


def marks_of(release: Release, language: Language) -> list[str]:
    """What must be known before any figure is read: simulated, not for sharing, collected elsewhere."""
    said = warnings_of(release.diagnosis)
    if release.collected is Collected.ELSEWHERE:
        said.append(ELSEWHERE)
    return [_in(language, message) for message in said]


def day_of(release: Release) -> date:
    """The day on which the release was made.

    Raises:
        ReleaseIsWrong: it says no day.
    """
    try:
        return date.fromisoformat(release.made_on)
    except ValueError as problem:
        what = say("“{words}” is no day.", words=release.made_on)
        raise ReleaseIsWrong([Problem("made_on", what, say("Write it as 2026-09-18."))]) from problem


def short_digest(digest: str) -> str:
    """The start of a digest in four groups of four, short enough to compare over the phone; a dash where there is none."""
    start = digest[:16].upper()
    return " ".join(start[place : place + 4] for place in range(0, len(start), 4)) or "\N{EN DASH}"


def shortened(name: str) -> str:
    """A name that leaves room on one line for what stands beside it."""
    return name if len(name) <= _ROOM_FOR_A_NAME else f"{name[: _ROOM_FOR_A_NAME - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def check_model(release: Release, model: OrganisationModel, instrument: Instrument) -> None:
    """Refuse another model or questionnaire than the release was made with: its names would not fit the figures.

    Raises:
        ReleaseIsWrong: says which one is needed.
    """
    asked = ((release.trail.model, model.reference), (release.trail.instrument, instrument.reference))
    problems = [
        Problem(
            release.wave.name or release.wave.code,
            say("The release was made with {needed}, not with {given}.", needed=needed, given=given),
            say("Take that version."),
        )
        for needed, given in asked
        if needed != given
    ]
    if problems:
        raise ReleaseIsWrong(problems)


def _foot(release: Release, language: Language) -> str:
    wave = release.wave
    named = ", ".join(shortened(name) for name in (wave.organisation, wave.name) if name)
    digest = _in(language, say("release {digest}", digest=short_digest(release.digest)))
    made = _in(language, say("Made on {date}", date=written_date(day_of(release), language)))
    return " \N{MIDDLE DOT} ".join(part for part in (named, digest, made) if part)


def _in(language: Language, message: Message) -> str:
    return spoken(message, language)
