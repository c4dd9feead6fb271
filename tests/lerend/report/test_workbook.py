from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from lerend.report import write_workbook
from lerend.wording import Language

from .diagnoses import Shape, made_diagnosis
from .models import made_model


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Read me", "Programme", "Companies", "Teams", "Quality"]),
        ("nl", ["Lees mij", "Programma", "Bedrijven", "Teams", "Kwaliteit"]),
    ],
)
def test_the_workbook_has_its_five_sheets(tmp_path: Path, language: Language, names: list[str]) -> None:
    write_workbook(made_diagnosis(), made_model(), language, tmp_path / "out.xlsx")
    assert list(sheets(tmp_path / "out.xlsx")) == names


@pytest.mark.parametrize("label", ["=cmd()", "+1", "-1", "@SUM(A1)", "https://example.org", "12", "=1+1"])
def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, label: str) -> None:
    base = made_diagnosis(Shape(companies=1, teams=1))
    company = replace(base.companies[0], label=label)
    team = replace(base.teams[0], path=(label, "Team 1"))
    write_workbook(replace(base, companies=(company,), teams=(team,)), made_model(), "en", tmp_path / "out.xlsx")
    found = sheets(tmp_path / "out.xlsx")
    assert found["Companies"][1][0] == label
    assert found["Teams"][1][:2] == [label, "Team 1"]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets"))
    assert "<f>" not in inside
    assert "hyperlink" not in inside


def test_scores_are_numbers_and_chances_are_words(tmp_path: Path) -> None:
    diagnosis = made_diagnosis(Shape(companies=1))
    write_workbook(diagnosis, made_model(), "en", tmp_path / "out.xlsx")
    head, *rows = sheets(tmp_path / "out.xlsx")["Companies"]
    score, band = head.index("Score 1–5"), head.index("Most room")
    finding = diagnosis.companies[0].findings[0]
    assert finding.score is not None
    assert rows[0][score] == round(finding.score.value, 2)
    assert {row[band] for row in rows} <= {"very likely", "possibly", "unlikely", "not ranked", ""}


def test_a_hidden_team_has_words_and_no_number(tmp_path: Path) -> None:
    write_workbook(made_diagnosis(Shape(companies=2)), made_model(), "en", tmp_path / "out.xlsx")
    head, *rows = sheets(tmp_path / "out.xlsx")["Teams"]
    hidden = [row for row in rows if row[1] == "Team 3"]
    assert hidden
    assert all(row[head.index("Score 1–5")] == "not shown" for row in hidden)
    assert not any(isinstance(value, int | float) for row in hidden for value in row)


def test_the_read_me_says_where_the_numbers_come_from_and_warns(tmp_path: Path) -> None:
    write_workbook(made_diagnosis(Shape(shareable=False)), made_model(), "en", tmp_path / "out.xlsx")
    words = " ".join(str(row[0]) for row in sheets(tmp_path / "out.xlsx")["Read me"])
    for said in ("Simulated data", "Not for sharing", "made@1", "no ranking", "does not tell what causes what"):
        assert said in words


def test_the_same_diagnosis_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(made_diagnosis(), made_model(), "nl", tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="out"):
        write_workbook(made_diagnosis(), made_model(), "nl", tmp_path / "missing" / "out.xlsx")
