from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.answers.coding import UNREADABLE, AnswerWords, ColumnCoder
from lerend.answers.conventions import PLAIN
from lerend.answers.limesurvey import LIMESURVEY
from lerend.answers.source import ColumnFacts, DeclaredMissing
from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from lerend.wording import Text
from tests.lerend.answers.questionnaires import AGREEMENT

ZERO_TO_FOUR = replace(AGREEMENT, codes=("0", "1", "2", "3", "4"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4", 4),
        (" 4 ", 4),
        ("4.0", 4),
        ("4,0", 4),
        ("04", 4),
        ("+4", 4),
        ("Mee eens", 4),
        ("  mee   EENS ", 4),
        ("Agree", 4),
        ("strongly_agree", 5),
        ("Helemaal mee eens.", 5),
        ("5 - Helemaal mee eens", 5),
        ("5. Strongly agree", 5),
        ("5=strongly agree", 5),
        ("9", NOT_APPLICABLE),
        ("9.0", NOT_APPLICABLE),
        ("Geldt niet voor mij", NOT_APPLICABLE),
        ("n.v.t.", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("", SKIPPED),
        ("   ", SKIPPED),
        ("NA", SKIPPED),
        ("#NULL!", SKIPPED),
        ("6", UNREADABLE),
        ("0", UNREADABLE),
        ("-99", UNREADABLE),
        ("4.5", UNREADABLE),
        ("4 - Strongly agree", UNREADABLE),
        ("eens met Jan", UNREADABLE),
        ("A4", UNREADABLE),
        ("４", 4),
        ("9" * 5000, UNREADABLE),
    ],
)
def test_an_answer_is_known_by_code_number_or_label(text: str, code: int) -> None:
    assert AnswerWords(AGREEMENT, PLAIN).code_of(text) == code


def test_codes_of_the_scale_come_before_everything() -> None:
    words = AnswerWords(ZERO_TO_FOUR, PLAIN)
    assert [words.code_of(text) for text in ("0", "4", "4,0", "5")] == [1, 5, 5, UNREADABLE]


@pytest.mark.parametrize(
    ("text", "code"),
    [("A4", 4), ("AO04", 4), ("AO4", 4), ("a1", 1), ("A6", UNREADABLE), ("N/A", NOT_ASKED), ("Geen antwoord", SKIPPED)],
)
def test_limesurvey_codes_are_places_and_n_a_is_not_asked(text: str, code: int) -> None:
    assert AnswerWords(ZERO_TO_FOUR, LIMESURVEY).code_of(text) == code


def test_reading_by_place_is_remembered_so_that_it_can_be_said() -> None:
    words = AnswerWords(AGREEMENT, LIMESURVEY)
    assert words.code_of("4") == 4
    assert not words.by_place
    words.code_of("A4")
    assert words.by_place


def test_labels_without_letters_do_not_match_each_other() -> None:
    faces = replace(AGREEMENT, labels=tuple(Text(sign, sign) for sign in ("--", "-", "±", "+", "++")))
    words = AnswerWords(faces, PLAIN)
    assert [words.code_of(sign) for sign in ("--", "-", "±", "+", "++", "?")] == [1, 2, 3, 4, 5, UNREADABLE]


def coder(*, reversed_item: bool = False, facts: ColumnFacts | None = None) -> ColumnCoder:
    words = AnswerWords(AGREEMENT, PLAIN)
    return ColumnCoder(words, categories=5, reversed_item=reversed_item, facts=facts or ColumnFacts())


@given(st.lists(st.sampled_from(["1", "2", "3", "4", "5", "", "9", "x"])))
def test_a_reversed_item_turns_answers_only(texts: list[str]) -> None:
    straight, turned = coder().codes(texts), coder(reversed_item=True).codes(texts)
    assert list(turned) == [6 - code if 1 <= code <= 5 else code for code in straight]


def test_the_words_behind_a_value_say_more_than_the_value() -> None:
    facts = ColumnFacts(
        labels={"1": "Strongly agree", "5": "Strongly disagree", "3": "halfway", "8": "Geldt niet voor mij"}
    )
    assert list(coder(facts=facts).codes(["1", "5", "3", "8"])) == [5, 1, 3, NOT_APPLICABLE]


def test_values_that_the_file_declares_missing_are_skipped_unless_they_do_not_apply() -> None:
    facts = ColumnFacts(missing=DeclaredMissing(frozenset({"x"}), ((-99.0, -98.0), (9.0, 9.0), (5.0, 5.0))))
    assert list(coder(facts=facts).codes(["-99", "x", "9", "5", "4"])) == [SKIPPED, SKIPPED, NOT_APPLICABLE, SKIPPED, 4]


def test_a_column_of_endless_different_texts_does_not_fill_the_memory() -> None:
    column = coder()
    assert set(column.codes([f"text {number}" for number in range(30_000)])) == {UNREADABLE}
    assert len(column) <= 10_000
