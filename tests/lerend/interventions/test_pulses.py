"""The short questions of pulses: whole in both languages, easy to read, about each solution and factor, and answerable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lerend.errors import ModelIsWrong
from lerend.interventions.catalogue import Kind
from lerend.interventions.packaged import packaged_catalogue, packaged_pulses
from lerend.interventions.pulses import (
    DONE,
    HELPED,
    SCALES,
    USED,
    PulseQuestions,
    pulse_document,
    read_pulses,
)
from lerend.model.document import document_of
from lerend.model.reading import opened
from lerend.wording import LANGUAGES, Language, Text
from tests.lerend.interventions.units import MODEL

LIBRARY = packaged_pulses()
EVERY = (LIBRARY.general, *LIBRARY.interventions, *LIBRARY.factors)
MOST_WORDS = 18
TURNED = re.compile(r"\b(niet|geen|nooit|not|no|never)\b(?! alleen| only)")
"""A word that makes people agree with something that is not so."""
NAME = Text("Terugkijken", "Looking back")
SMALL = """\
kind: pulses
version: 1
general:
  done: {nl: Gedaan., en: Done.}
  helped: {nl: Hielp., en: Helped.}
  used: {nl: Gebruikt., en: Used.}
interventions:
  - about: talk
    done: {nl: Praten., en: Talked.}
    helped: {nl: Praten hielp., en: Talking helped.}
factors:
  - about: calm
    done: {nl: Rust., en: Calm.}
    helped: {nl: Rust hielp., en: Calm helped.}
    used: {nl: Rust gebruikt., en: Calm used.}
    about_manager: true
"""

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def test_every_solution_of_the_catalogue_and_every_measured_factor_has_its_own_questions() -> None:
    solutions = {entry.id for entry in packaged_catalogue().interventions if entry.kind is Kind.SOLUTION}
    assert {one.about for one in LIBRARY.interventions} == solutions
    assert {one.about for one in LIBRARY.factors} == {factor.id for factor in MODEL.factors if factor.measured}


def test_no_two_ask_the_same_about_whether_it_is_done() -> None:
    for language in LANGUAGES:
        asked = [one.done.in_language(language) for one in EVERY]
        assert len(set(asked)) == len(asked)


@in_both_languages
def test_a_question_is_one_short_sentence_without_a_doubt_about_what_is_asked(language: Language) -> None:
    for questions in EVERY:
        for text in (one.in_language(language) for one in questions.texts):
            assert text.count(".") == 1, text
            assert text.endswith("."), text
            assert len(text.split()) <= MOST_WORDS, text
            assert not TURNED.search(text), text


@in_both_languages
def test_whether_it_is_done_is_asked_of_a_time_that_people_remember(language: Language) -> None:
    first = {"nl": "In de afgelopen ", "en": "In the past "}[language]
    assert all(one.done.in_language(language).startswith(first) for one in EVERY)


def test_who_judges_the_own_manager_is_shown_from_ten_answers() -> None:
    """A question that names the manager is marked, and none that does not."""
    for one in EVERY:
        names = any(word in text.en for text in one.texts for word in ("my manager", "needs talk"))
        assert names == one.about_manager, one.about
    marked = {factor.id for factor in MODEL.factors if factor.about_manager}
    assert {one.about for one in LIBRARY.factors if one.about_manager} == marked


def test_the_intervention_goes_before_the_factor_and_the_factor_before_all() -> None:
    small = read_pulses(SMALL)
    talk = small.about(intervention="talk", factor="calm")
    assert (talk.about, talk.used) == ("talk", small.general.used)
    calm = small.about(intervention="unknown", factor="calm")
    assert (calm.about, calm.used.en, calm.about_manager) == ("calm", "Calm used.", True)
    assert small.about(factor="unknown") is small.about() is small.general


@pytest.mark.parametrize("questions", EVERY, ids=lambda one: one.about or "general")
def test_the_questions_make_a_questionnaire_that_people_can_answer(questions: PulseQuestions) -> None:
    file = opened(Path("pulse"), document_of(pulse_document(questions, id="pulse", name=NAME).encode(), "pulse"))
    assert file.model is not None
    assert file.instrument is not None
    assert [(item.measures, item.text) for item in file.instrument.items] == list(
        zip(SCALES, questions.texts, strict=True)
    )
    assert {factor.id: factor.about_manager for factor in file.model.factors} == dict.fromkeys(
        (DONE, HELPED), questions.about_manager
    )
    assert [outcome.id for outcome in file.model.outcomes] == [USED]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("kind: pulses", "kind: model", "does not say that it holds questions of pulses"),
        ("version: 1", "version: zero", "version"),
        ("  used: {nl: Gebruikt., en: Used.}\n", "", "used"),
        ("about: calm", "about: Not An Id", "about"),
        (", en: Talked.", "", "en"),
        ("    about_manager: true", "    about_manager: perhaps", "about_manager"),
        ("    helped: {nl: Rust hielp., en: Calm helped.}", "    helpd: {nl: a, en: b}", "helpd"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_the_place(before: str, after: str, said: str) -> None:
    assert before in SMALL
    with pytest.raises(ModelIsWrong, match=said) as refused:
        read_pulses(SMALL.replace(before, after))
    assert all(problem.where and problem.mend for problem in refused.value.problems)


def test_an_id_that_is_used_twice_is_refused() -> None:
    entry = "  - about: talk\n    done: {nl: a, en: b}\n    helped: {nl: c, en: d}\n"
    with pytest.raises(ModelIsWrong, match="used twice"):
        read_pulses(SMALL.replace("factors:", f"{entry}factors:"))


def test_a_questionnaire_that_our_pages_cannot_ask_is_refused() -> None:
    with pytest.raises(ModelIsWrong):
        pulse_document(LIBRARY.general, id="Not An Id", name=NAME)


def test_a_version_that_does_not_come_with_the_package_is_no_guess() -> None:
    with pytest.raises(KeyError):
        packaged_pulses(99)
