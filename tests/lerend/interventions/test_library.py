"""The catalogue that comes with the package is whole, in both languages, and can be read on the shop floor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from lerend.interventions.catalogue import Catalogue, Grade, Intervention, Kind
from lerend.interventions.expected import expected_effect
from lerend.interventions.packaged import packaged_catalogue, packaged_files
from lerend.interventions.reading import read_catalogue
from lerend.interventions.writing import write_catalogue
from lerend.model.structure import Source
from lerend.wording import LANGUAGES, Language, Text
from tests.lerend.interventions.units import MODEL
from tests.lerend.model.test_wording_of_items import reading_ease, sentences_of, words_of

CATALOGUE = packaged_catalogue()
ENTRIES = CATALOGUE.interventions

MOST_WORDS_A_SENTENCE = 20
MOST_LETTERS_A_WORD = 18
EXPECTED_WHITE = {"organisational_commitment", "supporting_technology", "transparency"}
"""Factors for which nobody ever proved a solution, as far as this catalogue knows."""

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def texts_in(value: object) -> Iterator[Text]:
    """Every text in both languages anywhere in a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def test_there_are_forty_one_entries_each_with_its_own_id() -> None:
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES) == 41


def test_three_entries_are_no_solution_by_themselves() -> None:
    others = {entry.id: entry.kind for entry in ENTRIES if entry.kind is not Kind.SOLUTION}
    assert others == {
        "intake_company": Kind.FIRST_STEP,
        "start_small_pilot": Kind.FIRST_STEP,
        "slim_diagnosis": Kind.DIAGNOSIS,
    }


def test_every_ranked_factor_without_a_proven_solution_is_known() -> None:
    ranked = {factor.id for factor in MODEL.factors if factor.ranked and factor.measured}
    proven = {factor for entry in ENTRIES if entry.is_proven for factor in entry.targets}
    assert ranked - proven == EXPECTED_WHITE


def test_every_text_is_written_in_both_languages() -> None:
    assert [text for text in texts_in(CATALOGUE) if not text.nl or not text.en] == []
    same = {text.nl for text in texts_in(CATALOGUE) if text.nl == text.en}
    assert same <= {"Change lab"}


def test_every_entry_says_what_it_is_in_two_sentences() -> None:
    for language in LANGUAGES:
        wrong = [
            entry.id
            for entry in ENTRIES
            if len(re.split(r"(?<=[.?!])\s+", entry.what.in_language(language))) not in {2, 3}
        ]
        assert wrong == []


@in_both_languages
def test_sentences_are_short(language: Language) -> None:
    sentences = [one for text in texts_in(CATALOGUE) for one in sentences_of(text.in_language(language))]
    assert [one for one in sentences if len(words_of(one)) > MOST_WORDS_A_SENTENCE] == []


@in_both_languages
def test_words_are_short(language: Language) -> None:
    words = {word for text in texts_in(CATALOGUE) for word in words_of(text.in_language(language))}
    assert {word for word in words if len(word) > MOST_LETTERS_A_WORD} == set()


@in_both_languages
def test_what_people_read_first_reads_easily(language: Language) -> None:
    texts = [text for entry in ENTRIES for text in (entry.what, entry.before, entry.during, entry.after, *entry.fails)]
    assert reading_ease(" ".join(text.in_language(language) for text in texts), language) >= 65


@in_both_languages
def test_scripts_read_very_easily(language: Language) -> None:
    scripts = [entry.script for entry in ENTRIES if entry.script]
    assert reading_ease(" ".join(text.in_language(language) for text in texts_in(tuple(scripts))), language) >= 70


def test_ten_entries_have_a_script_that_can_be_done_in_one_meeting() -> None:
    scripts = {entry.id: entry.script for entry in ENTRIES if entry.script}
    assert len(scripts) == 10
    for name, script in scripts.items():
        assert script.minutes <= 180, name
        assert len(script.steps) >= 5, name
        assert all(step.say for step in script.steps if step.minutes > 2), name
        assert script.material, name


def test_strong_grades_rest_on_somebody_s_measurement_with_a_source() -> None:
    for entry in ENTRIES:
        if entry.evidence.grade in {Grade.A, Grade.B}:
            assert any(effect.sources for effect in entry.effects), entry.id
        assert entry.sources or entry.effects, entry.id


def test_every_source_is_used_and_has_an_address() -> None:
    used = {one.id for entry in ENTRIES for one in CATALOGUE.sources_of(entry)}
    assert used == {one.id for one in CATALOGUE.references}


def test_no_figure_is_from_memory() -> None:
    assert {effect.mark for entry in ENTRIES for effect in entry.effects} == {Source.SEEN}


def test_every_entry_fails_somehow_and_costs_something() -> None:
    assert [entry.id for entry in ENTRIES if not entry.fails or not entry.cost.hours_to_run] == []


def test_every_circumstance_is_asked_for_by_some_entry() -> None:
    asked = {getattr(need, "circumstance", None) for entry in ENTRIES for need in entry.preconditions}
    assert {one.id for one in CATALOGUE.circumstances} == asked - {None}


def test_half_of_what_studies_found_is_expected() -> None:
    debrief = expected_effect(CATALOGUE.intervention("team_debrief"))
    assert debrief is not None
    assert debrief.value == pytest.approx(0.335)
    assert debrief.is_enough
    crafting = expected_effect(CATALOGUE.intervention("job_crafting"))
    assert crafting is not None
    assert crafting.low < 0 < 0.15 < crafting.value < crafting.high
    assert not crafting.is_enough


def test_nothing_is_expected_in_numbers_where_no_source_gives_any() -> None:
    assert expected_effect(CATALOGUE.intervention("job_enrichment")) is None
    assert expected_effect(CATALOGUE.intervention("shared_vision")) is None, "a correlation is no effect"
    assert expected_effect(CATALOGUE.intervention("cross_company_group")) is None, "turnover is no behaviour"


def test_files_are_short_enough_to_read_at_once() -> None:
    assert {name: len(text.splitlines()) for name, text in packaged_files() if len(text.splitlines()) > 400} == {}


def test_catalogue_written_as_one_file_reads_the_same() -> None:
    assert read_catalogue(write_catalogue(CATALOGUE), MODEL) == CATALOGUE


def test_a_version_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        packaged_catalogue(99)


def test_what_the_catalogue_holds_is_found_by_id() -> None:
    catalogue: Catalogue = CATALOGUE
    entry: Intervention = catalogue.intervention("team_debrief")
    assert entry.reference == "team_debrief@1"
    assert entry in catalogue.targeting("psychological_safety")
    with pytest.raises(KeyError):
        catalogue.intervention("nothing")
