"""Who took part, what was left out and why, and how sure we are."""

from __future__ import annotations

from statistics import median

from lerend.answers.table import Reading
from lerend.diagnosis.result import Diagnosis, UnitDiagnosis, UnitLevel
from lerend.report.focus import Focus
from lerend.report.words import count_of_companies, half_width, number, people_text, spoken, whole
from lerend.wording import Language, Message, say, say_many


def facts(focus: Focus, language: Language) -> list[tuple[str, str]]:
    """Up to three large figures with the words under them."""
    found: list[tuple[str, Message]] = []
    unit = focus.unit
    if unit.people is not None:
        found.append((people_text(unit.people), say("people took part")))
    shown = sum(part.hidden is None for part in focus.parts)
    if shown and focus.parts_level is UnitLevel.COMPANY:
        found.append((count_of_companies(shown, language), say("companies with results of their own")))
    elif shown:
        found.append((whole(shown), say("teams with results of their own")))
    margin = usual_margin(unit)
    if margin is not None:
        found.append((f"± {number(margin, language)}", say("points: how precise a score usually is")))
    return [(figure, message.in_language(language)) for figure, message in found]


def usual_margin(unit: UnitDiagnosis) -> float | None:
    """Median over all shown scales of the longer half of the interval, in points."""
    margins = [half_width(finding.score) for finding in unit.findings if finding.score is not None]
    return median(margins) if margins else None


def sentences(diagnosis: Diagnosis, focus: Focus, language: Language) -> list[str]:
    """How the people of this report came to be counted, one fact a sentence."""
    said = [*_certainty(focus.unit), *_hidden_parts(focus, language), *_joined(focus.unit)]
    if diagnosis.target_is_stated:
        said.append(_stated_target(focus.unit))
    return [spoken(message, language) for message in said]


def _certainty(unit: UnitDiagnosis) -> list[Message]:
    margin = usual_margin(unit)
    if margin is None:
        return []
    return [
        say(
            "A score is an estimate. For most topics the real mean probably lies within {margin} points of it.",
            margin=margin,
        )
    ]


def _hidden_parts(focus: Focus, language: Language) -> list[Message]:
    hidden = sum(part.hidden is not None for part in focus.parts)
    if not hidden:
        return []
    if focus.parts_level is UnitLevel.COMPANY:
        count = count_of_companies(hidden, language)
        return [say("For {count} companies we show nothing of their own: too few people answered there.", count=count)]
    return [
        say_many(
            "For {count} team we show nothing of its own: too few people answered there.",
            "For {count} teams we show nothing of their own: too few people answered there.",
            hidden,
        )
    ]


def _joined(unit: UnitDiagnosis) -> list[Message]:
    if not unit.joined_with:
        return []
    return [
        say(
            "To protect people, the answers of {names} were added to these.",
            names=unit.joined_with,
        )
    ]


def _stated_target(unit: UnitDiagnosis) -> Message:
    targets = {finding.room.target for finding in unit.findings if finding.room is not None}
    if len(targets) != 1:
        return say("We know fewer than five companies. So what is attainable is a stated value for now.")
    return say(
        "We know fewer than five companies. So what is attainable is a stated value for now: {target}.",
        target=targets.pop(),
    )


def file_sentences(reading: Reading, language: Language) -> list[str]:
    """What the file held: rows and people, and the answers as shares, never as counts of who skipped.

    Behind the gate nothing is left of that.
    """
    if not reading.rows and not reading.people:
        return []
    said = [
        say("The file has {rows} rows. We used the answers of {people} people.", rows=whole(reading.rows), people=whole(reading.people)),
        *_answers(reading),
    ]  # fmt: skip
    if reading.not_asked:
        said.append(say("Not everybody got every question: that was planned, to keep the form short."))
    if reading.unreadable:
        said.append(
            say_many(
                "{count} answer could not be read and was left out.",
                "{count} answers could not be read and were left out.",
                reading.unreadable,
            )
        )
    return [spoken(message, language) for message in said]


def _answers(reading: Reading) -> list[Message]:
    asked = reading.answered + reading.skipped + reading.not_applicable
    if not asked:
        return []
    return [
        say(
            "Of every 100 questions asked, {answered} were answered, {skipped} were skipped, "
            "and {unfit} did not apply.",
            answered=round(100 * reading.answered / asked),
            skipped=round(100 * reading.skipped / asked),
            unfit=round(100 * reading.not_applicable / asked),
        )
    ]
