"""Strengths, bottlenecks, gaps and questions as plain values for the templates."""

from __future__ import annotations

from lerend.diagnosis.result import Band, UnitDiagnosis
from lerend.model.structure import OrganisationModel
from lerend.report.charts.gap_picture import GapRow
from lerend.report.printed.typesetting import Plain
from lerend.report.priorities import Bottleneck, gap_rows
from lerend.report.rows import Row
from lerend.report.words import BANDS, printable, spoken
from lerend.wording import Language, Message, say

BLOCKS = {Band.UNLIKELY: 1, Band.POSSIBLY: 2, Band.VERY_LIKELY: 3}
"""How many of the three blocks of a mark are filled."""
GENERAL_QUESTIONS = (
    say("What do you recognise in this outcome? What surprises you?"),
    say("With which topic do you want to start? Why that one?"),
    say("Which small step can we try within four weeks? Who helps?"),
)
_SEEN_BY: tuple[tuple[str, Message], ...] = (
    ("company_form", say("The company form beside what employees answered")),
    ("leaders", say("The answers of managers beside those of employees")),
)


def strengths_of(unit: UnitDiagnosis, rows: tuple[Row, ...], language: Language) -> list[dict[str, Plain]]:
    """At most three."""
    found = {row.scale: row for row in rows}
    return [
        {
            "name": found[strength.factor].name,
            "sentence": spoken(strength.sentence, language),
            "score": score_sentence(found[strength.factor], language),
        }
        for strength in unit.strengths[:3]
    ]


def score_sentence(row: Row, language: Language) -> str:
    """The score with its interval, or why there is none."""
    if row.score is None:
        return row.why_hidden
    words = say(
        "We see {score} on the scale of 1 to 5 (probably {interval}).", score=row.score_text, interval=row.interval_text
    )
    return spoken(words, language)


def bands_of(rows: tuple[Row, ...], language: Language) -> list[dict[str, Plain]]:
    """All ranked topics in their band; inside a band in the order of the model."""
    return [
        {"blocks": BLOCKS[band], "words": spoken(BANDS[band], language), "names": names}
        for band in Band
        if (names := [row.name for row in rows if row.band is band])
    ]


def card_of(bottleneck: Bottleneck, language: Language) -> dict[str, Plain]:
    """Everything that is said about one bottleneck; most important first."""
    row = bottleneck.row
    chance = say("The difference with the own mean can be chance.") if row.can_be_chance else None
    score = [score_sentence(row, language), spoken(chance, language) if chance else "", bottleneck.spread]
    return {
        "name": row.name,
        "blocks": BLOCKS[row.band or Band.UNLIKELY],
        "sure": row.band_text,
        "sentence": row.sentence if row.score is not None else "",
        "score": " ".join(part for part in score if part),
        "gap": bottleneck.gap,
        "robustness": bottleneck.robustness,
    }


def topics_of_the_talk(cards: list[Bottleneck], language: Language) -> list[dict[str, Plain]]:
    """Three questions per bottleneck; three general ones where nothing is listed."""
    if not cards:
        questions = [spoken(question, language) for question in GENERAL_QUESTIONS]
        return [{"name": "", "definition": "", "questions": questions}]
    return [{"name": c.row.name, "definition": c.row.definition, "questions": list(c.questions)} for c in cards]


def three_questions(cards: list[Bottleneck], language: Language) -> list[str]:
    """What a team has time for: the first question about each bottleneck, then the other ones about the first of them."""
    if not cards:
        return [spoken(question, language) for question in GENERAL_QUESTIONS]
    first = [card.questions[0] for card in cards]
    return [*first, *cards[0].questions[1:]][:3]


def gaps_of(unit: UnitDiagnosis, model: OrganisationModel, language: Language) -> list[dict[str, Plain]]:
    """Per way of asking management: the rows of its table, those that are probably not chance told as sentences too."""
    found = ((heading, gap_rows(unit, seen_by, model, language)) for seen_by, heading in _SEEN_BY)
    return [_gaps(heading, rows, language) for heading, rows in found if rows]


def _gaps(heading: Message, rows: tuple[GapRow, ...], language: Language) -> dict[str, Plain]:
    heads = (say("Topic"), say("Management"), say("Employees"), say("Difference"), say("Chance?"))
    return {
        "heading": spoken(heading, language),
        "heads": [spoken(head, language) for head in heads],
        "told": [row.sentence for row in rows if not row.can_be_chance][:3],
        "rows": [_gap(row) for row in rows],
    }


def _gap(row: GapRow) -> dict[str, Plain]:
    return {
        "name": printable(row.name),
        "management": row.management,
        "employees": row.employees.value,
        "low": row.employees.low,
        "high": row.employees.high,
        "chance": row.can_be_chance,
        "cells": [
            row.management_text,
            f"{row.employees_text} ({row.interval_text})",
            f"{row.difference_text} ({row.difference_interval_text})",
            row.chance_text,
        ],
    }
