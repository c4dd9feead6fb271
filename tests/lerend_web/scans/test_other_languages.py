"""Paper for people who read another language: one line each on how to start."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation

from lerend_web.answering.domain.signing import translation_file
from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.letter_and_poster import letter, poster
from lerend_web.scans.domain.other_languages import IN_POLISH, how_to_start
from lerend_web.scans.models import Wave
from tests.lerend_web.scans.dairy import PLANNED, Dairy
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

ENGLISH, POLISH = "The questions are in English too.", "Pytania są też po polsku."


@needs_pdftotext
def test_card_sheet_keeps_eight_cards_and_says_how_to_start_in_english_and_polish(wave: Wave, dairy: Dairy) -> None:
    with translation.override("nl"):
        text = text_of(print_cards(wave=wave, by=dairy.contact, at=PLANNED), layout=True)
    first = text.split("\f")[0]
    assert first.count(ENGLISH) == first.count(POLISH) == 8


@needs_pdftotext
@pytest.mark.parametrize("make", [letter, poster])
def test_letter_and_poster_say_it_too_and_stay_one_page(wave: Wave, make: Callable[[Wave], bytes]) -> None:
    with translation.override("nl"):
        paper = make(wave)
    text = text_of(paper)
    assert ENGLISH in text
    assert POLISH in text
    assert text_of(paper, layout=True).count("\f") == 1


def test_english_paper_does_not_repeat_itself_in_english(wave: Wave) -> None:
    with translation.override("en"):
        assert [line["language"] for line in how_to_start(wave)] == ["pl"]


def test_polish_is_promised_only_where_the_questions_have_it(wave: Wave) -> None:
    assert all(translation_file(reference, "pl").is_file() for reference in IN_POLISH)
    wave.instrument = "another@1"
    with translation.override("nl"):
        assert [line["language"] for line in how_to_start(wave)] == ["en"]
