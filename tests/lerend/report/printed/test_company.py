"""The report of a company on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from lerend.diagnosis.result import UnitDiagnosis
from lerend.errors import ReleaseIsWrong
from lerend.release.value import Collected, Release
from lerend.report.printed import report_data, report_pdf
from lerend.wording import LANGUAGES, Language
from tests.lerend.report.printed.figures import allowed_decimals, allowed_wholes
from tests.lerend.report.printed.paper import (
    decimals_in,
    needs_pdftotext,
    pages_of,
    squeezed,
    text_of,
    texts_of_pages,
    wholes_in,
)
from tests.lerend.report.printed.releases import (
    INSTRUMENT,
    LONG,
    MARKUP,
    MODEL,
    company,
    hidden,
    programme,
    renamed,
    with_gaps,
    with_units,
    with_words_and_hidden,
)

MANY: dict[str, Callable[[], Release]] = {
    "company": company,
    "gaps": lambda: with_gaps(company(), "company_form", "leaders"),
    "words and hidden": lambda: with_words_and_hidden(company()),
    "long names": lambda: renamed(with_gaps(company(), "company_form"), (LONG,), organisation=LONG),
    "programme": programme,
}


def printed(release: Release, language: Language = "en") -> bytes:
    return report_pdf(release, model=MODEL, instrument=INSTRUMENT, language=language)


@cache
def printed_kind(kind: str, language: Language) -> bytes:
    return printed(MANY[kind](), language)


def unit_of(release: Release) -> UnitDiagnosis:
    companies = release.diagnosis.companies
    return companies[0] if len(companies) == 1 else release.diagnosis.programme


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MANY)
def test_report_is_an_accessible_pdf_of_at_most_eight_pages(kind: str, language: Language) -> None:
    paper = printed_kind(kind, language)
    assert b"pdfuaid:part>1<" in paper
    assert 5 <= pages_of(paper) <= 8


def test_same_release_gives_the_same_bytes() -> None:
    assert printed(company()) == printed(company())


@needs_pdftotext
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MANY)
def test_report_holds_the_five_sentences_and_every_topic(kind: str, language: Language) -> None:
    release = MANY[kind]()
    text = squeezed(text_of(printed_kind(kind, language)))
    for message in unit_of(release).headline:
        assert squeezed(message.in_language(language)) in text
    for scale in MODEL.scales:
        assert squeezed(MODEL.name_of(scale).in_language(language)) in text


@needs_pdftotext
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MANY)
def test_report_holds_no_figure_that_is_not_in_the_release(kind: str, language: Language) -> None:
    release = MANY[kind]()
    unit = unit_of(release)
    text = _without_marks(text_of(printed_kind(kind, language)), release)
    assert decimals_in(text) <= allowed_decimals(unit, MODEL)
    assert wholes_in(text) <= allowed_wholes(release, unit)
    assert len(decimals_in(text)) > 10


def _without_marks(text: str, release: Release) -> str:
    """The text without digests, codes and versions, which hold figures that measure nothing."""
    trail = release.trail
    short = [release.digest[:16].upper(), release.promise[:16].upper()]
    spaced = [" ".join(one[place : place + 4] for place in range(0, 16, 4)) for one in short]
    for mark in (*spaced, release.digest, trail.model_digest[:16], trail.inputs_digest[:16], trail.code_version):
        text = text.replace(mark, " ")
    return text


@needs_pdftotext
def test_every_page_carries_wave_digest_and_what_must_be_known_first() -> None:
    release = replace(company(), collected=Collected.ELSEWHERE)
    pages = texts_of_pages(printed(release))
    digest = squeezed(release.digest[:16])
    for page in pages:
        for said in ("Najaar 2026", digest, "Simulated data", "Collected elsewhere", "18 September 2026"):
            assert squeezed(said) in squeezed(page)


def test_real_answers_collected_here_carry_no_warning() -> None:
    release = company()
    real = replace(release, diagnosis=replace(release.diagnosis, simulated=False))
    assert report_data(real, model=MODEL, instrument=INSTRUMENT, language="en")["marks"] == []


@needs_pdftotext
def test_names_are_never_markup() -> None:
    release = renamed(company(), MARKUP, organisation=MARKUP[0])
    text = squeezed(text_of(printed(release)))
    assert squeezed(MARKUP[0]) in text
    other = renamed(company(), MARKUP, organisation=MARKUP[4])
    assert squeezed(MARKUP[4]) in squeezed(text_of(printed(other)))


@needs_pdftotext
def test_words_in_place_of_numbers_and_hidden_topics_are_told_plainly() -> None:
    text = squeezed(text_of(printed(with_words_and_hidden(company()))))
    assert squeezed("Nearly everybody here chose the lowest answers, so we give no number.") in text
    assert squeezed("This topic is about one manager. We show it from 10 answers.") in text


def test_gap_is_told_only_where_there_is_one() -> None:
    told = report_data(with_gaps(company(), "company_form"), model=MODEL, instrument=INSTRUMENT, language="en")
    silent = report_data(company(), model=MODEL, instrument=INSTRUMENT, language="en")
    assert len(told["room"]["gaps"][0]["rows"]) == 22  # type: ignore[index,call-overload,arg-type]  # plain values
    assert silent["room"]["gaps"] == []  # type: ignore[index,call-overload]  # plain values


@needs_pdftotext
def test_report_about_too_few_people_says_so_and_nothing_else() -> None:
    release = company()
    nobody = with_units(release, programme=hidden(release.diagnosis.programme), companies=(), teams=())
    text = text_of(printed(nobody))
    assert "We show nothing about a group this small." in text
    assert decimals_in(_without_marks(text, nobody)) == set()


def test_report_refuses_another_model() -> None:
    other = replace(MODEL, version=MODEL.version + 1)
    with pytest.raises(ReleaseIsWrong, match="lerend@1, not with lerend@2"):
        report_pdf(company(), model=other, instrument=INSTRUMENT, language="en")


def test_report_refuses_a_day_that_is_none() -> None:
    with pytest.raises(ReleaseIsWrong, match="2026-09-18"):
        printed(replace(company(), made_on="yesterday"))
