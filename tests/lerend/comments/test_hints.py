"""Hints mark what may give somebody away, and leave the comment as it is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.comments.hints import HintKind, hints_in
from lerend.comments.judging import Share
from lerend.comments.patterns import passes_elfproef
from lerend.comments.telling import told
from lerend.wording import LANGUAGES, Language
from tests.lerend.comments.samples import JUDGING, MAKING, hint_samples, unmarked


def marked(text: str, language: Language = "nl") -> str:
    """The text with the marks in it, as in the samples."""
    for hint in reversed(hints_in(text, language=language)):
        text = f"{text[: hint.start]}[[{hint.kind}:{text[hint.start : hint.end]}]]{text[hint.end :]}"
    return text


@pytest.mark.parametrize(
    "expected",
    [
        "mail [[email:piet.p@zaak.example]] of [[email:piet apenstaartje zaak punt nl]] of [[email:jan(at)zaak.nl]]",
        "bel [[phone:06-12345678]], [[phone:06 12 34 56 78]], [[phone:+31 (0)6 12345678]] of [[phone:010 - 123 45 67]]",
        "bel [[phone:06.12.34.56.78]] of [[phone:0031612345678]]",
        "bel [[phone:nul zes een twee drie vier vijf zes zeven acht]] na vijven",
        "bel [[phone:nul zes 12 34 56 78]] even",
        "Nul zes? [[phone:Nul zes een twee drie vier vijf zes zeven acht]]!",
        "bsn [[bsn:111222333]], ook [[bsn:111.222.333]] en [[bsn:1112 22 333]]",
        "rekening [[iban:NL91 ABNA 0417 1643 00]] en dan",
        "rekening [[iban:nl91abna0417164300]], met een fout [[iban:NL92ABNA0417164300]]",
        "konto [[iban:PL61 1090 1014 0000 0712 1981 2874]] dla nas",
        "kijk op [[url:https://zaak.example/a?b=c]], [[url:www.zaak.example]] of [[url:zaak.nl/rooster]].",
        "op [[date:12 maart]], [[date:3-11-2023]], [[date:maandag 4 mei 2020]] en [[date:2024-05-01]]",
        "personeelsnummer [[number:40871]] en badge [[number:B-123]] en [[number:1234567]]",
        "[[function:ploegbaas van lijn 3]] en de [[function:nachtploegbaas]]",
        "[[function:leidinggevende van de oude hal]] ziet niks",
        "[[unique:ik ben de enige]] met een bril, en [[unique:als enige vrouw]] ook",
        "sinds mijn [[health:burn-out]] en [[health:rugklachten]]",
    ],
)
def test_what_gives_away_is_marked_where_it_stands(expected: str) -> None:
    text, _ = unmarked(expected)
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Order 12 van de 30, 480 stuks, 10.000 per dag, 250000 stuks, € 12500, in 2024, om 14:30",
        "Van de 20 machines doen er 3 het niet, 1 op 5 dus, 3/4 is stuk",
        "Klaar.De volgende ploeg ruimt op.En dan naar huis",
        "De enige reden om te blijven. Het enige wat helpt.",
        "Chronisch personeelstekort, de chef is doof voor klachten",
        "De chef helpt, de baas luistert, onze leidinggevende is prima",
        "nul komma nul",
    ],
)
def test_ordinary_figures_and_words_are_not_marked(text: str) -> None:
    assert marked(text) == text


@pytest.mark.parametrize(
    "expected",
    [
        "vraag het aan [[name:karin]]",
        "[[name:KARIN]] en [[name:Jan-Willem]] en [[name:Karins]] machine",
        "[[name:Bert]] doet het altijd",
        "[[name:Łukasz]], [[name:lukasz]], [[name:Ayşe]], [[name:Ayse]], [[name:Saïd]] en [[name:Małgorzata]]",
        "[[name:Youssef's]] idee",
        "het was [[name:Mark]] weer",
        "[[name:Mark]] zegt dat altijd",
        "[[name:Roos]] heeft het gezien",
        "meneer [[name:bas]] was boos",
        "collega [[name:roos]] zegt niks",
    ],
)
def test_first_names_are_marked_however_they_are_written(expected: str) -> None:
    text, _ = unmarked(expected)
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mark my words",
        "Zoals hij zei: Mark my words",
        "toen kwam weer dat Mark my words van hem",
        "hij riep steeds Mark my words",
        "de roos, roos geverfd",
        "Roos is een mooie kleur",
        "Wil je wat leren? Wil niemand helpen?",
        "IK WIL NIET DAT DAN DE MAX GEHAALD MOET",
        "Ik ben er dan, les krijgen wil ik best",
        "In May we were busy. Will this change? May be.",
        "Harm done. The will is there, grace too",
    ],
)
def test_word_that_only_looks_like_a_name_is_not_marked(text: str) -> None:
    assert [hint for hint in hints_in(text, language="nl") if hint.kind == HintKind.NAME] == []


def test_english_phrases_are_marked_in_english() -> None:
    expected = "[[unique:the only woman]] here, [[health:pregnant]], and the [[function:foreman of line 2]] knows"
    text, _ = unmarked(expected)
    assert marked(text, "en") == expected


def test_mark_of_an_address_is_one_mark_although_a_name_is_in_it() -> None:
    assert [hint.kind for hint in hints_in("karin@zaak.nl", language="nl")] == [HintKind.EMAIL]


def test_health_of_a_named_person_gives_both_marks() -> None:
    kinds = [hint.kind for hint in hints_in("Karin heeft diabetes", language="nl")]
    assert kinds == [HintKind.NAME, HintKind.HEALTH]


@pytest.mark.parametrize(
    ("digits", "passes"), [("111222333", True), ("123456782", True), ("123456789", False), ("000000000", False)]
)
def test_elfproef_tells_a_citizen_number_from_another(digits: str, passes: bool) -> None:
    assert passes_elfproef(digits) == passes


@given(st.integers(0, 9), st.integers(0, 8))
def test_elfproef_notices_any_one_wrong_digit(digit: int, place: int) -> None:
    right = "111222333"
    wrong = f"{right[:place]}{digit}{right[place + 1 :]}"
    assert passes_elfproef(wrong) == (wrong == right)


@given(st.text(max_size=500), st.sampled_from(LANGUAGES))
def test_marks_lie_within_any_text_in_order_and_hold_something(text: str, language: Language) -> None:
    hints = hints_in(text, language=language)
    assert list(hints) == sorted(hints, key=lambda hint: (hint.start, hint.end, hint.kind))
    assert all(0 <= hint.start < hint.end <= len(text) for hint in hints)


@pytest.mark.parametrize(("half", "least"), [(MAKING, 0.9), (JUDGING, 0.85)])
def test_samples_are_marked_as_a_person_would(half: str, least: float) -> None:
    some = [sample for sample in hint_samples() if sample.half == half]
    found = wanted = right = given_marks = 0
    for sample in some:
        given_here = hints_in(sample.text, language=sample.language)
        wanted, given_marks = wanted + len(sample.hints), given_marks + len(given_here)
        found += sum(any(one.kind == hint.kind and one.touches(hint) for one in given_here) for hint in sample.hints)
        right += sum(any(one.kind == hint.kind and one.touches(hint) for hint in sample.hints) for one in given_here)
    assert (Share(found, wanted).value or 0) >= least
    assert (Share(right, given_marks).value or 0) >= least


def test_there_are_fifty_samples_in_two_halves_and_some_later_ones() -> None:
    halves = Counter(sample.half for sample in hint_samples())
    assert halves == {MAKING: 25, JUDGING: 25, "later": 20}
    assert {hint.kind for sample in hint_samples() for hint in sample.hints} == set(HintKind)


def test_every_kind_of_mark_has_a_sentence_of_its_own() -> None:
    assert len({told(kind) for kind in HintKind}) == len(HintKind)
