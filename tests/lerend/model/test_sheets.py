from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lerend.errors import ModelIsWrong
from lerend.model.sheets import COLUMNS, rows_of, sheet_of
from lerend.wording import Text
from tests.lerend.model.test_translation import words


def written(path: Path, rows: list[list[str | float | bool]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(ModelIsWrong) as caught:
        rows_of(path)
    return [problem.in_language("en") for problem in caught.value.problems]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(words, words), max_size=10))
def test_any_text_goes_through_a_sheet_unchanged(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheet_of([("f", f"p/{n}", Text(*pair)) for n, pair in enumerate(texts)]))
    assert [(row.place, row.text, row.number) for row in rows_of(path)] == [
        (f"p/{n}", Text(*pair), n + 2) for n, pair in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "text", ["=cmd()", "+1", "@SUM(A1)", "https://example.org", "_x0041_", "<script>", "007", "1e5"]
)
def test_text_stays_text_whatever_a_spreadsheet_would_make_of_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheet_of([("f", "p", Text(text, text))]))
    assert rows_of(path)[0].text == Text(text, text)
    with ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_columns_may_stand_in_another_order_with_others_between_and_empty_rows(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.xlsx",
        [["EN", "remark", "path", "file", " nl "], ["e", "?", "p", "f", 3.0], [], ["b", "", "q", "f", "a"]],
    )
    assert [(row.place, row.text, row.number) for row in rows_of(path)] == [
        ("p", Text("3", "e"), 2),
        ("q", Text("a", "b"), 4),
    ]


def test_every_empty_cell_is_named_with_its_row(tmp_path: Path) -> None:
    path = written(tmp_path / "t.xlsx", [list(COLUMNS), ["f", "p", "", "e"], ["f", "q", "n", "e"], ["f", "", "n", " "]])
    assert refusal(path) == [
        "t.xlsx:2: The cell in the column nl is empty. Fill it in, or take the whole row out.",
        "t.xlsx:4: The cell in the column path is empty. Fill it in, or take the whole row out.",
        "t.xlsx:4: The cell in the column en is empty. Fill it in, or take the whole row out.",
    ]


def test_every_missing_column_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "t.xlsx", [["file", "place", "en"], ["f", "p", "e"]])
    assert [said.split(" Put")[0] for said in refusal(path)] == [
        "t.xlsx:1: The column path is missing.",
        "t.xlsx:1: The column nl is missing.",
    ]
    assert len(refusal(written(tmp_path / "empty.xlsx", []))) == 4


def test_what_is_no_spreadsheet_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_text("not a zip file")
    assert "cannot be read as XLSX" in refusal(tmp_path / "t.xlsx")[0]
    assert "There is no such file" in refusal(tmp_path / "none.xlsx")[0]
    assert "There is no such file" in refusal(tmp_path)[0]
