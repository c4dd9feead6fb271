"""Dossier, letter and poster: what they must say, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.dossier import CANNOT, works_council_dossier
from lerend_web.scans.domain.expected_sheets import expectations
from lerend_web.scans.domain.letter_and_poster import letter, poster
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import read_aloud
from tests.lerend_web.scans.dairy import PLANNED, Dairy, new_dairy, plan
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = [pytest.mark.django_db(databases=["default", "urn"]), needs_pdftotext]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_dossier_holds_every_question(wave: Wave, language: str) -> None:
    with translation.override(language):
        text = squeezed(text_of(works_council_dossier(wave)))
    instrument = instrument_of(wave.instrument)
    for item in instrument.items:
        assert squeezed(item.text.in_language("nl" if language == "nl" else "en")) in text
    for question in instrument.background:
        assert squeezed(question.text.in_language("nl" if language == "nl" else "en")) in text


def test_dossier_says_what_the_system_cannot_do_and_who_gets_a_sheet(wave: Wave) -> None:
    with translation.override("en"):
        text = squeezed(text_of(works_council_dossier(wave)))
        for sentence in CANNOT:
            assert squeezed(str(sentence)) in text
    for said in ("own sheet", "together with", "Made up", "50 %", "70 %", "90 %", "researcher, works council"):
        assert squeezed(said) in text


def test_dossier_shows_the_exact_promise_once_it_is_sealed(wave: Wave, dairy: Dairy) -> None:
    with translation.override("en"):
        assert "lerend/promise" not in text_of(works_council_dossier(wave))
        print_cards(wave=wave, by=dairy.contact, at=PLANNED)
        text = text_of(works_council_dossier(wave))
    assert read_aloud(wave.promise_digest) in text
    assert "lerend/promise" in text


def test_dossier_can_be_made_of_the_first_rough_plan(db: None) -> None:
    dairy = new_dairy({"All": 5})
    with translation.override("en"):
        text = text_of(works_council_dossier(plan(dairy, heard_back_on=None, works_council_consent_on=None)))
    assert "nothing would be shown" in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("make", [letter, poster])
def test_letter_and_poster_carry_the_digest_and_fit_on_one_page(
    wave: Wave, dairy: Dairy, make: object, language: str
) -> None:
    assert callable(make)
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    with translation.override(language):
        paper = make(wave)
    text = text_of(paper)
    assert read_aloud(wave.promise_digest) in text
    assert "Example Dairy" in text
    assert text_of(paper, layout=True).count("\f") == 1


@given(
    invited=st.lists(st.integers(7, 60), min_size=1, max_size=8),
    percent=st.sampled_from([50, 70, 90]),
    k=st.integers(5, 10),
)
def test_group_gets_a_sheet_alone_only_with_enough_answers(invited: list[int], percent: int, k: int) -> None:
    groups = [(f"team {number}", people) for number, people in enumerate(invited)]
    found = expectations(groups, k=k, percent=percent)
    for label, people in groups:
        if found[label].alone:
            assert people * percent // 100 >= k
        for other in found[label].joined_with:
            assert label in found[other].joined_with


def squeezed(text: str) -> str:
    """Letters and digits only: how a PDF breaks lines and writes quotes says nothing."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
