"""The last part of a report: how to read it, what is not shown and why, and where the figures come from."""

from __future__ import annotations

from lerend.disclosure.floors import FLOOR_FOR_RANKING, floor_of
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Collected, Release
from lerend.report.dates import written_date
from lerend.report.method import trail_rows
from lerend.report.printed.every_page import ELSEWHERE, day_of, short_digest
from lerend.report.printed.typesetting import Plain
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, say


def reading_part(
    release: Release, model: OrganisationModel, instrument: Instrument, language: Language
) -> dict[str, Plain]:
    """Four short sections and the trail."""
    sections = (
        (say("What this report does not say"), (_NOT_SAID,)),
        (say("Scores and intervals"), (_SCORES,)),
        (say("Numbers and words"), (_WORDS,)),
        (say("Privacy"), privacy_of(release)),
    )
    return {
        "title": spoken(say("How to read this report"), language),
        "sections": [
            {"title": spoken(title, language), "words": " ".join(spoken(message, language) for message in said)}
            for title, said in sections
        ],
        "trail_title": spoken(say("Where the numbers come from"), language),
        "purpose": printable(model.purpose.in_language(language)),
        "trail": [list(row) for row in _trail(release, model, instrument, language)],
    }


_NOT_SAID = say(
    "We see what goes together, at one moment. That does not tell what causes what. Nobody is ranked here: no company, no "
    "team, no manager."
)
_SCORES = say(
    "A score is a mean on the scale of 1 to 5. Small groups are pulled a little towards the mean of all, because few "
    "answers say less. In 95 of 100 cases the true mean lies inside the interval."
)
_WORDS = say(
    "Scores are rounded to one decimal, the ends of intervals outwards. Numbers of people are given as a range, never "
    "exactly. Where nearly everybody answered the same, we say “very low” or “very high”: a number could tell what each "
    "person answered."
)


def privacy_of(release: Release) -> tuple[Message, ...]:
    """From how many people something is shown, and under whose promise the answers were given."""
    if not release.diagnosis.shareable:
        return (
            say("This report has no safe floor: groups from {k} people up are shown. Do not share it.", k=release.k),
        )
    floors = say(
        "Every number is about at least {k} people. Topics about a manager need at least {manager} people, and a ranking "
        "at least {ranking}. What is below that is not shown.",
        k=release.k,
        manager=floor_of(about_manager=True, k=release.k),
        ranking=max(FLOOR_FOR_RANKING, release.k),
    )
    if release.collected is Collected.ELSEWHERE:
        return (floors, ELSEWHERE, say("What was promised when they were collected still holds."))
    if not release.promise:
        return (floors,)
    promised = say(
        "This was promised before anybody answered. The promise carries the mark {digest}: compare it with the invitation.",
        digest=short_digest(release.promise),
    )
    return (floors, promised)


def _trail(
    release: Release, model: OrganisationModel, instrument: Instrument, language: Language
) -> list[tuple[str, str]]:
    """The release itself first: who has its file can check the digest."""
    own = (
        (say("Wave"), release.wave.name or release.wave.code),
        (say("Digest of the release"), release.digest or "\N{EN DASH}"),
        (say("Date"), written_date(day_of(release), language)),
    )
    rows = [(spoken(label, language), printable(value)) for label, value in own]
    return [*rows, *trail_rows(release.diagnosis, model, instrument, language)]
