"""Strengths, bottlenecks in three bands, and the difference between management and employees, in finished words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from lerend.diagnosis.result import Band, Finding, Gap, Room, UnitDiagnosis, UnitLevel
from lerend.diagnosis.sentences import in_a_sentence
from lerend.model.structure import OrganisationModel
from lerend.report.charts.band_mark import band_mark
from lerend.report.charts.gap_picture import GapRow
from lerend.report.questions import questions_about
from lerend.report.rows import Row
from lerend.report.visible import finding_of
from lerend.report.words import BANDS, CHANCE, NOT_CHANCE, interval, number, printable, signed, spoken
from lerend.wording import Language, Message, Text, say

MOST_BOTTLENECKS = 3
QUITE_FIRM_FROM = 3
STRONGEST_TRIED = 10
"""The diagnosis tries no stronger influence than this many times the strongest topic."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A card about one factor, and the questions for the talk about it."""

    row: Row
    mark: Markup
    robustness: str
    spread: str
    gap: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandGroup:
    """All ranked factors in one band, in the order of the model: inside a band there is no order."""

    words: str
    mark: Markup
    names: tuple[str, ...]


def band_groups(rows: tuple[Row, ...], language: Language) -> list[BandGroup]:
    return [
        BandGroup(BANDS[band].in_language(language), band_mark(band), names)
        for band in Band
        if (names := tuple(row.name for row in rows if row.band is band))
    ]


def bottlenecks(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> list[Bottleneck]:
    """At most three cards, by band and then in the order of the model, so that nothing finer than a band shows."""
    chosen = set(unit.bottlenecks[:MOST_BOTTLENECKS])
    kept = [row for row in rows if row.scale in chosen and row.band is not None]
    ordered = sorted(kept, key=lambda row: list(Band).index(row.band or Band.UNLIKELY))
    return [_bottleneck(row, unit, model, language) for row in ordered]


def _bottleneck(row: Row, unit: UnitDiagnosis, model: OrganisationModel, language: Language) -> Bottleneck:
    finding = finding_of(unit, row.scale)
    gap = next((gap for gap in unit.gaps if gap.factor == row.scale), None)
    questions = questions_about(model.factor(row.scale), finding=finding, gap=gap, level=unit.level)
    spread = spread_sentence(finding, unit.level)
    return Bottleneck(
        row=row,
        mark=band_mark(row.band or Band.UNLIKELY),
        robustness=spoken(robustness_sentence(finding.room), language) if finding.room else "",
        spread=spoken(spread, language) if spread else "",
        gap=spoken(gap.sentence, language) if gap else "",
        questions=tuple(spoken(question, language) for question in questions),
    )


def to_begin_with(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> tuple[Text, ...]:
    """The one or two topics to talk about first, as they stand in a sentence: the surest that are written out."""
    return tuple(in_a_sentence(model.name_of(row.scale)) for row in rows_to_begin_with(unit, rows, model, language))


def rows_to_begin_with(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> tuple[Row, ...]:
    """The same as rows."""
    cards = bottlenecks(unit, rows, model, language)
    surest = [card for card in cards if card.row.band is Band.VERY_LIKELY] or cards
    return tuple(card.row for card in surest[:2])


def robustness_sentence(room: Room) -> Message:
    """How strong something that nobody asked about must be before this result falls."""
    times = room.leaves_with
    if times is None or not math.isfinite(times):
        return say(
            "Something that we did not ask about would have to weigh heavily to change this: it would have to explain "
            "{percent} percent of what is still unexplained.",
            percent=round(100 * room.robustness),
        )
    if times < 1:
        return say(
            "How firm is that? Not very: we did not ask about everything, and something weaker than our strongest topic "
            "could already take its place."
        )
    if times >= STRONGEST_TRIED:
        return say(
            "How firm is that? Very: something that we did not ask about would have to be more than ten times as strong "
            "as our strongest topic to take its place."
        )
    if times < QUITE_FIRM_FROM:
        return say(
            "How firm is that? Somewhat: something that we did not ask about would have to be {times} times as strong as "
            "our strongest topic to take its place.",
            times=times,
        )
    return say(
        "How firm is that? Fairly: something that we did not ask about would have to be {times} times as strong as our "
        "strongest topic to take its place.",
        times=times,
    )


def spread_sentence(finding: Finding, level: UnitLevel) -> Message | None:
    """How large a difference is that is probably not chance; the finding's own sentence says whether there is one."""
    if finding.spread is None or not finding.differs or level is UnitLevel.TEAM:
        return None
    if level is UnitLevel.PROGRAMME:
        return say("Companies usually lie {points} points from the mean.", points=finding.spread.value)
    return say("Teams usually lie {points} points from the mean.", points=finding.spread.value)


def gap_rows(unit: UnitDiagnosis, seen_by: str, model: OrganisationModel, language: Language) -> tuple[GapRow, ...]:
    return tuple(_gap_row(gap, model, language) for gap in unit.gaps if gap.seen_by == seen_by)


def _gap_row(gap: Gap, model: OrganisationModel, language: Language) -> GapRow:
    chance = CHANCE if gap.can_be_chance else NOT_CHANCE
    low, high = signed(gap.difference.low, language), signed(gap.difference.high, language)
    return GapRow(
        name=printable(model.name_of(gap.factor).in_language(language)),
        management=gap.management,
        employees=gap.employees,
        management_text=number(gap.management, language),
        employees_text=number(gap.employees.value, language),
        interval_text=interval(gap.employees, language),
        difference_text=signed(gap.difference.value, language),
        difference_interval_text=say("{low} to {high}", low=low, high=high).in_language(language),
        can_be_chance=gap.can_be_chance,
        chance_text=chance.in_language(language),
        sentence=spoken(gap.sentence, language),
    )
