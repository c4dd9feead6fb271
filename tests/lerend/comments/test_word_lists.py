"""A programme edits word lists: what it writes is read back as it is, and what is wrong is said line by line."""

from __future__ import annotations

import pytest

from lerend.comments.folding import placed_words
from lerend.comments.lists import WordList, WordLists, join_word_lists
from lerend.comments.sorting import WordListsAreWrong, packaged_word_lists, read_word_lists, write_word_lists
from lerend.model import load_model
from lerend.wording import LANGUAGES, Language

START = "kind: word-lists\nlanguage: nl\nmodel: lerend@1\nfactors:\n"


def problems_of(text: str) -> list[str]:
    with pytest.raises(WordListsAreWrong) as raised:
        read_word_lists(text, load_model("lerend"), name="own.yaml")
    return [problem.in_language("en") for problem in raised.value.problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_packaged_lists_have_words_for_everything_that_the_model_measures(language: Language) -> None:
    lists = packaged_word_lists(language)
    assert [scale for scale, _ in lists.scales] != []
    assert {scale for scale, _ in lists.scales} == set(load_model("lerend").scales)
    assert min(len(words.words) for _, words in lists.scales) >= 15
    assert len(lists.outside.words) >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read_back_as_it_was(language: Language) -> None:
    lists = packaged_word_lists(language)
    assert read_word_lists(write_word_lists(lists), load_model("lerend")) == lists


def test_word_that_begins_with_a_star_survives_being_written() -> None:
    lists = WordLists(("nl",), "lerend@1", (("workload", WordList(("*druk", "z'n drukke", "no"))),), WordList(()))
    assert read_word_lists(write_word_lists(lists), load_model("lerend")) == lists


def test_lists_of_two_languages_fit_in_no_file() -> None:
    both = join_word_lists(*(packaged_word_lists(language) for language in LANGUAGES))
    with pytest.raises(ValueError, match="one language"):
        write_word_lists(both)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("  workloud:\n    words: [druk]\n", "own.yaml:5: There is no factor or outcome called workloud"),
        ("  workloud:\n    words: [druk]\n", "Did you mean workload?"),
        ("  personal_characteristics:\n    words: [lui]\n", "own.yaml:5: The model does not measure personal_char"),
        (
            "  workload:\n    words: [druk, haast, Druk]\n",
            "own.yaml:6: Druk is there twice: also under workload, line 6.",
        ),
        (
            "  workload:\n    words: [druk]\n  mobility:\n    words: [ruilen, drúk]\n",
            "own.yaml:8: drúk is there twice: also under workload, line 6.",
        ),
        ("  workload:\n    words: [druk]\n    weak: [druk]\n", "own.yaml:7: druk is there twice"),
        ("  workload:\n    words: ['dr*']\n", "own.yaml:6: dr* would match far too much."),
        ("  workload:\n    words: ['d*k']\n", "own.yaml:6: d*k holds a sign that never matches."),
        ("  workload:\n    words: ['...druk']\n", "own.yaml:6: ...druk has no word at its start or its end."),
        ("  workload:\n    words: ['']\n", "own.yaml:6:"),
        ("  workload:\n    words: [druk, [haast]]\n", "own.yaml:6: This is not a word or a phrase."),
        (f"  workload:\n    words: [{'druk ' * 20}]\n", "own.yaml:6: This phrase is longer than 80 characters."),
        ("  workload:\n    words: druk\n", "own.yaml:6: words must be a list."),
        ("  workload: druk\n", "own.yaml:5: workload must be a group of keys with values."),
        ("  workload:\n    word: [druk]\n", "own.yaml:6: The key word is not known here. Did you mean words?"),
        ("  workload:\n    weak: [druk]\n", "own.yaml:5: workload has no words."),
        (
            "  workload:\n    words: [druk]\n  workload:\n    words: [haast]\n",
            "own.yaml:7: The key workload is there twice",
        ),
        ("  workload:\n    words: [*druk]\n", "own.yaml:6: Anchors (&) and aliases (*) are not used in these files."),
        ("  {}\n", "own.yaml:4: This file holds no word lists."),
    ],
)
def test_each_mistake_in_an_edited_list_is_named_with_its_line(lines: str, said: str) -> None:
    assert any(said in problem for problem in problems_of(START + lines)), problems_of(START + lines)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("language: nl\nmodel: lerend@1\n", "Write `kind: word-lists` on the first line."),
        ("kind: word-lists\nlanguage: pl\nmodel: lerend@1\n", "own.yaml:2: The file does not say which language"),
        (
            "kind: word-lists\nlanguage: nl\nmodel: lerend@2\n",
            "own.yaml:3: These lists are not for the model lerend@1.",
        ),
        ("kind: word-lists\nlanguage: nl\nmodel: lerend@1\nextra: 1\n", "own.yaml:4: The key extra is not known here."),
        ("- druk\n", "own.yaml:1: This file holds no word lists."),
        ("", "own.yaml: This file is empty."),
        ("kind: [\n", "cannot be read as YAML"),
    ],
)
def test_a_file_that_is_something_else_is_refused(start: str, said: str) -> None:
    text = start + ("factors:\n  workload:\n    words: [druk]\n" if start.startswith(("kind: w", "lang")) else "")
    assert any(said in problem for problem in problems_of(text)), problems_of(text)


def test_all_mistakes_are_named_at_once_in_the_order_of_the_lines_and_not_without_end() -> None:
    wrong = "".join(f"  none_{number}:\n    words: [a]\n" for number in range(80))
    found = problems_of(START + wrong)
    assert len(found) == 51
    assert found[0].startswith("own.yaml:5:")
    assert "There are more problems than these." in found[-1]


def test_phrase_inside_which_nothing_counts_may_serve_several_factors() -> None:
    both = (
        "  workload:\n    words: [druk]\n    not: [drukwerk]\n  mobility:\n    words: [ruilen]\n    not: [drukwerk]\n"
    )
    assert read_word_lists(START + both, load_model("lerend")).of("mobility").not_words == ("drukwerk",)


def test_words_keep_their_place_in_the_text() -> None:
    text = "M'n collega\N{RIGHT SINGLE QUOTATION MARK}s: Zoe\u0308 e-learning"
    assert [(word.word, text[word.start : word.end]) for word in placed_words(text)] == [
        ("mn", "M'n"),
        ("colegas", "collega\N{RIGHT SINGLE QUOTATION MARK}s"),
        ("zoe", "Zoe\u0308"),
        ("e", "e"),
        ("learning", "learning"),
    ]
