from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from lerend.diagnosis.result import Band, Diagnosis, Finding
from lerend.model.structure import OrganisationModel
from lerend.report import render_html
from lerend.report.rows import rows_of
from lerend.report.visible import visible
from lerend.wording import Language, Text, say

from .diagnoses import Shape, made_diagnosis
from .models import made_instrument, made_model

DEFAULT = Shape()
VOID = {"meta", "br", "link", "rect", "circle", "path", "line", "input"}
NASTY = "<script>alert(1)</script>"


class Checker(HTMLParser):
    """Every element that opens closes, in order; ids are unique; remembers what was met."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.met: list[str] = []
        self.refers: list[str] = []
        self.inline_styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append(tag)
        self._remember(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append(tag)
        self._remember(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def _remember(self, attributes: dict[str, str | None]) -> None:
        self.ids += [attributes["id"] or ""] if "id" in attributes else []
        for name in ("aria-labelledby", "aria-describedby"):
            self.refers += (attributes.get(name) or "").split()
        self.inline_styles += "style" in attributes


def checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert not checker.open
    return checker


def page(
    shape: Shape | Diagnosis = DEFAULT,
    *,
    language: Language = "en",
    unit: tuple[str, ...] | None = None,
    model: OrganisationModel | None = None,
) -> str:
    diagnosis = made_diagnosis(shape) if isinstance(shape, Shape) else shape
    return render_html(
        diagnosis,
        model=model or made_model(),
        instrument=made_instrument(),
        language=language,
        unit=unit,
        made_on="18 September 2026",
    )


STATES: dict[str, tuple[Shape, tuple[str, ...] | None]] = {
    "programme": (Shape(companies=8), None),
    "first wave": (Shape(companies=3, first_wave=True), None),
    "one company": (Shape(companies=1, teams=9), None),
    "company in a programme": (Shape(companies=8), ("Bedrijf 2",)),
    "team": (Shape(companies=3), ("Bedrijf 2", "Team 1")),
    "hidden team": (Shape(companies=3), ("Bedrijf 2", "Team 3")),
    "not for sharing": (Shape(companies=3, shareable=False), None),
    "very many companies": (Shape(companies=70, teams=0), None),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_state_is_well_formed_and_stands_alone(state: str, language: Language) -> None:
    shape, unit = STATES[state]
    html = page(shape, language=language, unit=unit)
    met = checked(html)
    assert len(met.ids) == len(set(met.ids))
    assert set(met.refers) <= set(met.ids)
    assert met.inline_styles == 0
    assert met.met.count("style") == 1
    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(met.met)
    assert not re.search(r"https?://|url\((?!#)|@import", html)
    assert f'<html lang="{language}">' in html


def test_the_parts_stand_in_their_order() -> None:
    html = page(Shape(companies=1, teams=5))
    parts = ["answer", "participation", "picture", "strengths", "room", "gap", "overview", "talk", "reading"]
    places = [html.index(f'id="{part}"') for part in parts]
    assert places == sorted(places)


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag in checked(page(Shape(companies=1, teams=5))).met if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_diagnosis_gives_the_same_bytes() -> None:
    assert page(Shape(companies=4)) == page(Shape(companies=4))


def test_what_comes_from_a_file_is_never_markup() -> None:
    base = made_diagnosis(Shape(companies=3))
    first, *others = base.companies
    nasty = replace(first, label=NASTY, joined_with=(NASTY,), headline=(say("{x}", x=NASTY),))
    diagnosis = replace(
        base,
        companies=(nasty, *others),
        programme=replace(base.programme, label=NASTY),
        notes=(say("{x}", x=NASTY),),
        trail=replace(base.trail, by=(NASTY,)),
        reading=replace(base.reading, left_out={NASTY: 2}),
    )
    for unit in (None, first.path):
        html = page(diagnosis, unit=unit)
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_names_in_a_model_are_never_markup() -> None:
    model = made_model()
    factors = tuple(replace(factor, name=Text(NASTY, NASTY), definition=Text(NASTY, NASTY)) for factor in model.factors)
    assert "<script" not in page(Shape(companies=1), model=replace(model, factors=factors, name=Text(NASTY, NASTY)))


def test_every_number_of_the_picture_stands_in_the_table_below_it() -> None:
    diagnosis = visible(made_diagnosis(Shape(companies=1)))
    html = page(Shape(companies=1))
    picture, table = html.split("</figure>", 1)
    for row in rows_of(diagnosis.companies[0], made_model(), "en"):
        if row.score is not None:
            assert row.name in table
            assert f">{row.interval_text}<" in picture
            assert f'<td class="figure">{row.score_text}</td><td class="figure">{row.interval_text}</td>' in table


def test_every_difference_of_the_gap_picture_stands_in_its_table() -> None:
    html = page(Shape(companies=1))
    gaps = html[html.index('id="gap"') :]
    drawn = re.findall(r'class="score"[^>]*>([^<]+)<', gaps.split("</figure>")[0])
    told = re.findall(r'<td class="figure">([+−]?[0-9.]+)</td><td class="figure">[^<]+ to ', gaps)
    assert drawn == told + told
    assert len(told) > 3


def test_the_chance_of_a_factor_is_only_told_in_three_words() -> None:
    base = made_diagnosis(Shape(companies=1))
    pages = set()
    for chance in (0.31, 0.73531):
        unit = base.companies[0]
        findings = tuple(_with_chance(finding, chance) for finding in unit.findings)
        pages.add(page(replace(base, companies=(replace(unit, findings=findings),))))
    assert len(pages) == 1


def _with_chance(finding: Finding, chance: float) -> Finding:
    if finding.room is None:
        return finding
    outcomes = (("learning", chance), ("innovating", chance / 2))
    room = replace(finding.room, top_five=chance, top_three=chance / 3, by_outcome=outcomes, band=Band.POSSIBLY)
    return replace(finding, room=room)


def test_inside_a_band_the_order_is_that_of_the_model() -> None:
    base = made_diagnosis(Shape(companies=1, hidden_cells=False))
    unit = base.companies[0]
    turned = replace(unit, bottlenecks=tuple(reversed(unit.bottlenecks[:3])))
    first, second = (
        page(replace(base, companies=(replace(one, bottlenecks=one.bottlenecks[:3]),))) for one in (unit, turned)
    )
    assert first == second


def test_simulated_data_and_missing_floors_are_said_at_the_top_and_on_every_printed_page() -> None:
    html = page(Shape(simulated=True, shareable=False))
    assert html.index("Simulated data") < html.index("<body>") < html.index('class="warning"') < html.index("<main")
    assert '@top-left { content: "Simulated data: these people and companies do not exist. · Not for sharing' in html
    assert html.count('class="warning"') == 2
    assert 'class="warning"' not in page(Shape(simulated=False))


def test_a_hidden_unit_says_why_and_points_upward() -> None:
    html = page(Shape(companies=3), unit=("Bedrijf 2", "Team 3"))
    assert "Fewer than five people answered here" in html
    assert "Look at the report of the larger group" in html
    assert "<svg" not in html


def test_a_company_report_holds_nothing_about_other_companies() -> None:
    html = page(Shape(companies=8), unit=("Bedrijf 2",))
    assert not re.search(r"Bedrijf [^2]", html)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError):
        page(Shape(companies=2), unit=("Nobody",))


def test_a_programme_never_counts_one_or_two_companies() -> None:
    html = page(Shape(companies=8))
    assert "For a few companies we show nothing of their own" in html


def test_a_factor_where_more_is_not_better_gets_no_colour_and_no_place() -> None:
    rows = {row.scale: row for row in rows_of(made_diagnosis().programme, made_model(), "en")}
    assert rows["workload"].side == "neutral"
    assert rows["workload"].band_text == "not ranked"
    assert "neither much nor little is best" in page()


def test_dutch_pages_use_a_decimal_comma_in_the_pictures() -> None:
    html = page(language="nl")
    assert re.search(r'class="score"[^>]*>\d,\d<', html)
    assert not re.search(r'class="score"[^>]*>\d\.\d<', html)
