"""A name is a name in every file: no program that opens one works it out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.report.files import kind_of
from lerend.report.files.inert import inert
from lerend.wording import Language, Text
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.report.files.made import HOSTILE, hostile, made, one_company
from tests.lerend.report.files.reading import deck, sav, sheets, unzipped

DANGER = "=+-@\t\r"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("slug", ["tables", "lavaan"])
def test_no_place_in_a_csv_file_starts_like_a_formula(slug: str, language: Language) -> None:
    for name, text in unzipped(made(slug, hostile(), language)).items():
        if not name.endswith(".csv"):
            continue
        for row in csv.reader(io.StringIO(text), delimiter=";" if language == "nl" and slug == "tables" else ","):
            for value in row:
                assert not value.startswith(tuple(DANGER)) or re.fullmatch(r"-\d+([.,]\d+)?", value), value


def test_the_name_itself_is_still_there() -> None:
    text = unzipped(made("tables", hostile()))["cells.csv"]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["organisation"] for row in rows} == {f"'{HOSTILE[0]}"}


def test_the_workbook_holds_no_formula_and_no_link() -> None:
    content = made("workbook", hostile())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    pages = "".join(text for name, text in inside.items() if name.startswith("xl/worksheets"))
    assert "<f>" not in pages
    assert "<hyperlink" not in pages.lower()
    assert not any("hyperlink" in text for name, text in inside.items() if name.endswith(".rels"))
    assert 'quotePrefix="1"' in inside["xl/styles.xml"]
    assert HOSTILE[0] in {row[1] for row in sheets(content)["Means"][1:]}


def test_a_topic_with_the_name_of_a_formula_is_inert_everywhere() -> None:
    factor = replace(MODEL.factors[0], name=Text(HOSTILE[0], HOSTILE[0]))
    model = replace(MODEL, factors=(factor, *MODEL.factors[1:]))
    release = one_company()

    def file(slug: str) -> bytes:
        return kind_of(slug).make(release, model=model, instrument=INSTRUMENT, language="en")

    rows = list(csv.DictReader(io.StringIO(unzipped(file("tables"))["findings.csv"])))
    assert f"'{HOSTILE[0]}" in {row["topic"] for row in rows}
    with zipfile.ZipFile(io.BytesIO(file("workbook"))) as archive:
        assert "<f>" not in "".join(archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n)
    assert "HYPERLINK" not in unzipped(file("lavaan"))["model.R"]
    slides = deck(file("slides")).slides
    links = [rel for slide in slides for rel in slide.part.rels.values() if "hyperlink" in rel.reltype]
    assert links == []


@pytest.mark.spss
def test_names_are_plain_values_in_spss() -> None:
    data, facts = sav(made("spss", hostile()))
    assert set(data["organisation"]) == {HOSTILE[0]}
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in facts.column_names)


@given(st.text(max_size=8))
def test_no_text_survives_as_a_formula(text: str) -> None:
    made_inert = inert(text)
    assert not made_inert.lstrip(" '\"").startswith(("=", "+", "-", "@")) or made_inert.startswith("'")
    assert made_inert in (text, f"'{text}")


@pytest.mark.parametrize("name", ["Nachtploeg", "'s-Hertogenbosch", "A-team", "3 ploegen", ""])
def test_usual_names_stay_as_they_are(name: str) -> None:
    assert inert(name) == name


def test_t19_a_plain_writer_would_let_a_formula_through() -> None:
    written = io.StringIO()
    csv.writer(written).writerow(HOSTILE)
    (row,) = csv.reader(io.StringIO(written.getvalue()))
    assert any(value.startswith(tuple(DANGER)) for value in row)
