"""Sentences are plain, never claim a cause, and say when something can be chance."""

from __future__ import annotations

import re

import pytest

from lerend.diagnosis import sentences
from lerend.diagnosis.result import Band, Estimate, Room, UnitDiagnosis, UnitLevel
from lerend.wording import LANGUAGES, Language, Message, Text
from tests.lerend.diagnosis.made_up import MODEL, diagnosis

CAUSAL = {
    "en": re.compile(r"\b(because of|leads to|causes (?!what)|results in|improves|effect|due to)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(doordat|leidt tot|veroorzaakt|zorgt voor|effect|dankzij)\b", re.IGNORECASE),
}


def said(unit: UnitDiagnosis) -> list[Message]:
    own = [finding.sentence for finding in unit.findings if finding.sentence is not None]
    return [
        *unit.headline,
        *own,
        *(strength.sentence for strength in unit.strengths),
        *(gap.sentence for gap in unit.gaps),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_claims_a_cause_or_leaves_a_place_open(language: Language) -> None:
    found = diagnosis()
    for unit in (found.programme, *found.companies, *found.teams):
        for message in said(unit):
            words = message.in_language(language)
            assert not CAUSAL[language].search(words), words
            assert "{" not in words
            assert "  " not in words


def test_every_sentence_is_translated() -> None:
    found = diagnosis()
    for unit in (found.programme, found.companies[0], found.teams[0]):
        for message in said(unit):
            assert message.in_language("nl") != message.in_language("en"), message.template


def test_the_answer_is_at_most_five_sentences_long() -> None:
    found = diagnosis()
    for unit in (found.programme, *found.companies, *found.teams):
        assert unit.hidden is not None or 3 <= len(unit.headline) <= 5


def test_a_score_that_can_be_chance_says_so() -> None:
    factor = MODEL.factor("job_autonomy")
    close = sentences.about_factor(factor, Estimate(3.2, 2.9, 3.5), 3.3, can_be_chance=True)
    clear = sentences.about_factor(factor, Estimate(2.2, 2.0, 2.4), 3.3, can_be_chance=False)
    assert "chance" in close.in_language("en")
    assert "toeval" in close.in_language("nl")
    assert "lower" in clear.in_language("en")


def test_workload_is_neither_good_nor_bad() -> None:
    words = sentences.about_factor(MODEL.factor("workload"), Estimate(4.2, 4.0, 4.4), 3.3, can_be_chance=False)
    assert "Neither high nor low" in words.in_language("en")


def room_of(band: Band) -> Room:
    nothing = Estimate(0.5, 0.1, 0.9)
    return Room(4.0, nothing, nothing, nothing, 0.9, 0.5, (), band, 0.1)


def test_a_bottleneck_is_as_sure_as_its_band() -> None:
    name = Text("Samen terugkijken", "Looking back")
    sure = sentences.about_room(name, room_of(Band.VERY_LIKELY), 5, spread=None, differs=False, level=UnitLevel.TEAM)
    unsure = sentences.about_room(name, room_of(Band.POSSIBLY), 5, spread=None, differs=False, level=UnitLevel.TEAM)
    assert sure.in_language("en").startswith("Very likely looking back")
    assert "can't be sure" in unsure.in_language("en")


def test_a_gap_in_either_direction_invites_a_talk() -> None:
    name = Text("Steun", "Support")
    up = sentences.about_gap(name, Estimate(0.8, 0.3, 1.3), can_be_chance=False).in_language("en")
    down = sentences.about_gap(name, Estimate(-0.8, -1.3, -0.3), can_be_chance=False).in_language("en")
    assert up.startswith("Management sees support more positively")
    assert down.startswith("Employees see support more positively")
    assert "0.8" in up
    assert "0.8" in down
