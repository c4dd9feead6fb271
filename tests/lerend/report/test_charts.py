from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.diagnosis.result import Band
from lerend.report.charts.axis import Axis, bar
from lerend.report.charts.band_mark import band_mark
from lerend.report.charts.lettering import width_of, wrapped
from lerend.report.charts.svg import element, text
from lerend.report.focus import focus_on
from lerend.report.heat import HIDDEN, heat_map, step_of
from lerend.report.rows import Side, rows_of
from lerend.report.visible import visible

from .diagnoses import Shape, made_diagnosis
from .models import made_model


@given(st.text(), st.text())
def test_whatever_stands_in_a_picture_is_text_and_never_markup(words: str, value: str) -> None:
    markup = str(element("g", text(words, 1, 2, class_="name"), class_=value))
    assert markup.count("<") == 4
    assert "<script" not in markup


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_the_axis_keeps_order_and_stays_between_one_and_five(first: float, second: float) -> None:
    axis = Axis(100, 500)
    low, high = sorted((first, second))
    assert 100 <= axis.at(low) <= axis.at(high) <= 500


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=60), min_size=1, max_size=8))
def test_breaking_a_name_into_lines_loses_no_letter_and_fits(words: list[str]) -> None:
    lines = wrapped(" ".join(words), width=150, size=15)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width_of(line, 15) <= 150 * 1.35 for line in lines)


@pytest.mark.parametrize(("band", "blocks"), [(Band.UNLIKELY, 1), (Band.POSSIBLY, 2), (Band.VERY_LIKELY, 3)])
def test_a_band_is_one_two_or_three_blocks(band: Band, blocks: int) -> None:
    svg = ElementTree.fromstring(str(band_mark(band)))  # noqa: S314 -- our own markup
    assert [rect.get("class") for rect in svg].count("full") == blocks


def test_the_colours_of_the_overview_lie_on_a_fixed_scale() -> None:
    assert [step_of(score) for score in (1.0, 2.0, 2.99, 3.0, 3.9, 5.0)] == [
        "low3",
        "low2",
        "low1",
        "high1",
        "high2",
        "high3",
    ]


def test_the_overview_keeps_the_order_of_the_file_and_shows_at_most_twelve_topics() -> None:
    diagnosis = visible(made_diagnosis(Shape(companies=9)))
    heat = heat_map(focus_on(diagnosis, None), made_model(), "nl")
    assert heat is not None
    assert [label for label, _ in heat.rows] == [company.label for company in diagnosis.companies]
    assert len(heat.columns) == 12
    assert not heat.all_columns


def test_all_hidden_cells_of_the_overview_are_alike() -> None:
    diagnosis = visible(made_diagnosis(Shape(companies=9)))
    heat = heat_map(focus_on(diagnosis, None), made_model(), "nl")
    assert heat is not None
    hidden = [cell for _, cells in heat.rows for cell in cells if cell.step == "hidden"]
    assert len(hidden) >= 12
    assert set(hidden) == {HIDDEN}


def test_one_unit_alone_has_no_overview() -> None:
    diagnosis = visible(made_diagnosis(Shape(companies=1, teams=1)))
    assert heat_map(focus_on(diagnosis, None), made_model(), "nl") is None


def test_a_score_whose_difference_can_be_chance_is_an_open_point_on_a_striped_bar() -> None:
    axis = Axis(100, 500)
    rows = rows_of(made_diagnosis(Shape(companies=1, hidden_cells=False)).companies[0], made_model(), "en")
    for row in rows:
        drawn = str(bar(row, axis, 20, stripes="s"))
        plain = row.side is not Side.NEUTRAL
        assert (" open" in drawn) == ("url(#s)" in drawn) == (row.can_be_chance and plain)
    assert {row.can_be_chance for row in rows} == {True, False}
