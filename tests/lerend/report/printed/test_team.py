"""The sheet of a team: always one page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.release.value import Release
from lerend.report.printed import team_sheet_data, team_sheet_pdf
from lerend.wording import LANGUAGES, Language
from tests.lerend.report.printed.figures import allowed_decimals, allowed_wholes
from tests.lerend.report.printed.paper import decimals_in, needs_pdftotext, pages_of, squeezed, text_of, wholes_in
from tests.lerend.report.printed.releases import (
    INSTRUMENT,
    LONG,
    MARKUP,
    MODEL,
    company,
    hidden,
    renamed,
    team_paths,
    with_units,
)

LONGER = ("Kwaliteits" * 14, LONG, LONG + " en " + LONG)


def sheet(release: Release, path: tuple[str, ...], language: Language = "en") -> bytes:
    return team_sheet_pdf(release, path, model=MODEL, instrument=INSTRUMENT, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_team_has_one_accessible_page(language: Language) -> None:
    release = company()
    for path in team_paths(release)[:4]:
        paper = sheet(release, path, language)
        assert b"pdfuaid:part>1<" in paper
        assert pages_of(paper) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_still_make_one_page(language: Language) -> None:
    release = renamed(company(), LONGER, organisation=LONG)
    for path in team_paths(release)[:3]:
        assert pages_of(sheet(release, path, language)) == 1


def test_same_release_gives_the_same_bytes() -> None:
    path = team_paths(company())[0]
    assert sheet(company(), path) == sheet(company(), path)


@needs_pdftotext
@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_holds_its_sentences_and_no_figure_of_another_team(language: Language) -> None:
    release = company()
    team = release.diagnosis.teams[1]
    text = text_of(sheet(release, team.path, language))
    for message in team.headline:
        assert squeezed(message.in_language(language)) in squeezed(text)
    digest = release.digest[:16].upper()
    text = text.replace(" ".join(digest[place : place + 4] for place in range(0, 16, 4)), " ")
    text = text.replace(team.label, " ").replace(team.path[0], " ")
    assert decimals_in(text) <= allowed_decimals(team, MODEL)
    assert wholes_in(text) <= allowed_wholes(release, team)


@needs_pdftotext
@pytest.mark.parametrize("name", MARKUP)
def test_name_of_a_team_is_never_markup(name: str) -> None:
    release = renamed(company(), (name,))
    text = text_of(sheet(release, team_paths(release)[0]))
    assert squeezed(name) in squeezed(text)
    for sign in "#$*=":
        assert text.count(sign) >= name.count(sign)


def test_team_that_is_too_small_gets_the_sheet_of_its_company_and_one_sentence_why() -> None:
    release = company()
    whole = release.diagnosis.companies[0]
    data = team_sheet_data(release, (*whole.path, "Nachtploeg"), model=MODEL, instrument=INSTRUMENT, language="en")
    assert data["instead"] == (
        "There is no outcome of Nachtploeg alone, because too few people answered there. "
        f"So this sheet is about {whole.label}."
    )
    assert data["sentences"] == [message.in_language("en") for message in whole.headline]
    assert len(data["questions"]) == 3  # type: ignore[arg-type]  # plain values


def test_hidden_team_reads_the_same_as_one_that_is_not_in_the_release() -> None:
    release = company()
    first, *others = release.diagnosis.teams
    covered = with_units(release, teams=(hidden(first), *others))
    gone = with_units(release, teams=tuple(others))
    told = [
        team_sheet_data(one, first.path, model=MODEL, instrument=INSTRUMENT, language="en") for one in (covered, gone)
    ]
    assert told[0] | {"foot": ""} == told[1] | {"foot": ""}


def test_team_without_a_ranking_says_why_and_still_gets_three_questions() -> None:
    release = company()
    first, *others = release.diagnosis.teams
    unranked = replace(first, bottlenecks=(), why_not_ranked=others[0].headline[0])
    data = team_sheet_data(
        with_units(release, teams=(unranked, *others)), first.path, model=MODEL, instrument=INSTRUMENT, language="en"
    )
    assert data["why_not"]
    assert data["cards"] == []
    assert len(data["questions"]) == 3  # type: ignore[arg-type]  # plain values


@settings(max_examples=25, deadline=None)
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_can_be_printed(name: str) -> None:
    release = with_units(company(), programme=hidden(company().diagnosis.programme), companies=(), teams=())
    assert pages_of(sheet(release, ("Voorbeeld 01", name))) == 1
