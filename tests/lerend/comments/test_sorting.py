"""Comments are sorted under the factor that their words speak of, and left to a human where they do not say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.comments.finding import finder_of
from lerend.comments.folding import words_of
from lerend.comments.judging import NOTHING, judge
from lerend.comments.lists import WordList, WordLists, join_word_lists
from lerend.comments.sorting import Sorted, packaged_word_lists, sort_comment, sort_comments
from lerend.model import load_model
from tests.lerend.comments.samples import JUDGING, MAKING, Sample, samples

LISTS = WordLists(
    ("nl",),
    "lerend@1",
    (
        ("workload", WordList(("druk", "werkdruk", "overwerk*"), ("moe",), ("drukwerk", "ook al is het druk"))),
        ("education_training", WordList(("cursus", "*opleiding", "legt ... uit", "naar school"), ("leren",))),
        ("job_autonomy", WordList(("zelf beslissen",), ("zelf",))),
    ),
    WordList(("koffie",), ("kantine",)),
)
ONE = Sorted("workload", (), sure=True)


def found(text: str) -> set[str]:
    return {found.listed.scale for found in finder_of(LISTS).found_in(words_of(text)) if found.listed.weight}


@pytest.mark.parametrize(
    "text", ["DRUK druk en altijd moe", "te veel overwerken, elke week te druk", "de wérkdruk is te hoog, ik ben moe"]
)
def test_comment_goes_under_the_factor_whose_words_it_holds(text: str) -> None:
    assert sort_comment(text, LISTS) == ONE


def test_one_word_alone_is_a_guess() -> None:
    assert sort_comment("het is hier altijd druk", LISTS) == Sorted("workload", (), sure=False)


def test_star_stands_for_the_rest_of_a_word_and_a_word_without_one_is_whole() -> None:
    assert found("vakopleiding") == {"education_training"}
    assert found("opleidingen") == set()
    assert found("indruk") == set()


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("hij legt het ons goed uit", True),
        ("hij legt uit", True),
        ("hij legt een twee drie vier vijf uit", False),
        ("uit de la die hij legt", False),
    ],
)
def test_dots_stand_for_at_most_four_words(text: str, is_there: bool) -> None:
    assert (found(text) == {"education_training"}) == is_there


@pytest.mark.parametrize("text", ["cursus", "Curssus?", "CURSUS!!", "een cúrsus."])
def test_capitals_accents_and_doubled_consonants_make_no_difference(text: str) -> None:
    assert found(text) == {"education_training"}


def test_nothing_counts_inside_a_phrase_that_is_about_something_else() -> None:
    assert sort_comment("wij maken drukwerk voor kranten", LISTS).factor is None
    assert sort_comment("mijn baas geeft me een cursus ook al is het druk", LISTS).factor == "education_training"


def test_two_factors_with_as_many_words_are_left_to_a_human() -> None:
    result = sort_comment("geen cursus want het is druk", LISTS)
    assert result == Sorted(None, ("education_training", "workload"), sure=False)


def test_longer_phrase_weighs_more_than_a_single_word_and_the_other_factor_is_named() -> None:
    assert sort_comment("als het druk is mag je zelf beslissen", LISTS) == Sorted(
        "job_autonomy", ("workload",), sure=True
    )


def test_weak_word_alone_gives_a_guess_and_no_more() -> None:
    assert sort_comment("ik wil zo graag leren", LISTS) == Sorted("education_training", (), sure=False)


def test_saying_a_word_often_does_not_make_it_weigh_more() -> None:
    assert not sort_comment("cursus, cursus, cursus, cursus", LISTS).sure


def test_comment_about_what_is_in_no_model_is_sorted_as_such() -> None:
    assert sort_comment("de koffie in de kantine is niet te drinken", LISTS) == Sorted(None, (), sure=True)


@pytest.mark.parametrize(("text", "sure"), [("prima", True), (".", True), ("", True), ("ik vind er wat van", False)])
def test_comment_without_known_words_is_unsure_unless_it_is_hardly_one(text: str, sure: bool) -> None:
    assert sort_comment(text, LISTS) == Sorted(None, (), sure=sure)


def test_sarcasm_keeps_its_subject() -> None:
    lists = packaged_word_lists("nl")
    assert sort_comment("Fijn hoor, alweer overwerk op zaterdag, heerlijk.", lists).factor == "workload"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_sorted_without_failing_and_always_the_same_way(text: str) -> None:
    lists = packaged_word_lists("nl")
    result = sort_comment(text, lists)
    assert result == sort_comment(text, lists)
    scales = load_model("lerend").scales
    assert result.factor is None or result.factor in scales
    assert result.factor not in result.others
    assert set(result.others) <= set(scales)


@given(st.sampled_from(samples()))
def test_shouting_changes_nothing(sample: Sample) -> None:
    lists = packaged_word_lists(sample.language)
    assert sort_comment(sample.text.upper(), lists) == sort_comment(sample.text, lists)


def test_both_languages_can_be_sorted_with_one_list() -> None:
    both = join_word_lists(packaged_word_lists("nl"), packaged_word_lists("en"))
    texts = ["De werkdruk is hoog, te veel werk", "The workload is high, too much work"]
    assert sort_comments(texts, both) == (ONE, ONE)
    assert both.languages == ("nl", "en")


@pytest.mark.parametrize(("half", "precision", "recall"), [(MAKING, 0.95, 0.85), (JUDGING, 0.9, 0.6)])
def test_packaged_lists_do_on_the_samples_what_the_documents_say(half: str, precision: float, recall: float) -> None:
    some = [sample for sample in samples() if sample.half == half]
    both = join_word_lists(packaged_word_lists("nl"), packaged_word_lists("en"))
    overall = judge([sample.label for sample in some], sort_comments((sample.text for sample in some), both)).overall
    assert overall.precision.value is not None
    assert overall.recall.value is not None
    assert overall.precision.value >= precision
    assert overall.recall.value >= recall


def test_samples_are_three_hundred_in_two_halves_with_labels_of_the_model() -> None:
    every = samples()
    known = {*load_model("lerend").scales, NOTHING}
    assert len({sample.id for sample in every}) == len({sample.text for sample in every}) == 300
    assert sum(sample.half == JUDGING for sample in every) == 150
    assert {sample.label.factor for sample in every} == known
    assert {scale for sample in every for scale in sample.label.also} <= known
