from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
import xlsxwriter

from lerend.answers import spreadsheet
from lerend.answers.reading import open_answers
from lerend.answers.table import SKIPPED
from lerend.errors import AnswersAreWrong
from tests.lerend.answers.questionnaires import complaint, groups_of, questionnaire, read_all

Cell = str | float | bool | datetime.date | None
ROWS: Sequence[Sequence[Cell]] = [
    ["company", "team", "pfr1"],
    [7, "x", 4],
    [7.0, "=cmd()", "Mee eens"],
    ["A", "x", None],
]


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], *, at: tuple[int, int] = (0, 0)) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows, start=at[0]):
                for column, cell in enumerate(cells, start=at[1]):
                    sheet.write(row, column, cell)
    return path


def complaint_about(path: Path, **options: str) -> str:
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire("pfr1"), **options)
    return complaint(caught.value)


def test_numbers_and_labels_in_a_sheet_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": ROWS})
    answers = read_all(path, questionnaire("pfr1"))
    assert answers.codes.tolist() == [[4], [4]]
    assert groups_of(answers) == [("7", "x"), ("7", "=cmd()")]
    assert answers.reading.left_out == {"no_answers": 1}
    assert open_answers(path, instrument=questionnaire("pfr1")).format == "xlsx"


def test_the_ending_of_the_name_does_not_matter(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": ROWS}).rename(tmp_path / "answers.csv")
    assert len(read_all(path, questionnaire("pfr1")).codes) == 2


def test_the_first_sheet_with_anything_in_it_is_read_and_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Empty": [], "Data": ROWS, "More": [["x"]]})
    file = open_answers(path, instrument=questionnaire("pfr1"))
    assert file.notes[0].in_language("en") == "Read sheet Data; not read: Empty and More."


def test_a_sheet_can_be_chosen_and_a_wrong_name_gives_the_nearest(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Uitleg": [["a"]], "Antwoorden": ROWS})
    assert len(read_all(path, questionnaire("pfr1"), sheet="Antwoorden").codes) == 2
    assert "There is no sheet antworden. Choose one of: Antwoorden." in complaint_about(path, sheet="antworden")


def test_a_wrong_cell_is_named_as_the_spreadsheet_names_it(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["company", "team", "pfr1"],
        ["A", "B", 4],
        ["A", "B", datetime.date(2024, 5, 1)],
        ["A", "B", True],
    ]
    path = workbook(tmp_path / "answers.xlsx", {"Data": rows}, at=(3, 26))
    assert complaint_about(path).startswith("answers.xlsx, Data!AC6: Column pfr1 holds 2 cells that are no answer")


def test_a_formula_counts_as_its_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "answers.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["company", "team", "pfr1", "pfr2"])
        sheet.write_row(1, 0, ["A", "B"])
        sheet.write_formula(1, 2, "=1+2", None, 3)
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    answers = read_all(tmp_path / "answers.xlsx", questionnaire("pfr1", "pfr2"))
    assert answers.codes.tolist() == [[3, SKIPPED]]


def test_two_cells_far_apart_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": ROWS})
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "company")
        sheet.write(1_048_575, 16_383, "x")
    assert "A sheet reaches to cell XFD1048576: that is more than can be read." in complaint_about(path)


def test_formatted_cells_without_a_value_do_not_count(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "answers.xlsx") as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        sheet.write_blank(1_048_575, 16_383, None, bold)
    assert len(read_all(tmp_path / "answers.xlsx", questionnaire("pfr1")).codes) == 2


def test_a_sheet_that_unpacks_to_too_much_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": ROWS})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/bomb.bin", "w") as bomb:
        for _ in range(60):
            bomb.write(bytes(10_000_000))
    assert path.stat().st_size < 2_000_000
    with patch("python_calamine.CalamineWorkbook.from_path", side_effect=AssertionError) as opened:
        assert "Unpacked, the workbook is larger than 500 MB." in complaint_about(path)
    assert not opened.called


def test_an_archive_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "This is no XLSX workbook" in complaint_about(path)


def test_a_broken_workbook_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": ROWS})
    path.write_bytes(path.read_bytes()[:-300])
    assert "This is no XLSX workbook, or it is damaged" in complaint_about(path)


def test_a_workbook_with_broken_xml_says_so(tmp_path: Path) -> None:
    good, bad = workbook(tmp_path / "good.xlsx", {"Data": ROWS}), tmp_path / "answers.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content[: len(content) // 2] if "sheet1" in part else content)
    assert "This is no XLSX workbook, or it is damaged" in complaint_about(bad)


def test_a_workbook_without_anything_has_no_header(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", {"Data": []})
    assert "The file has no header" in complaint_about(path)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert spreadsheet._letters(column) == name
    assert spreadsheet._number_of(name.encode()) == column + 1
