"""One XLSX sheet with texts, for translators: file, place, Dutch, English."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lerend.errors import ModelIsWrong, Problem
from lerend.wording import Message, Text, say

COLUMNS: Final = ("file", "path", "nl", "en")
SHEET: Final = "texts"
MOST_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """A text in the sheet: of which file, at which place, and in which row (counted from 1) it stands."""

    file: str
    place: str
    text: Text
    number: int


def sheet_of(texts: Sequence[tuple[str, str, Text]]) -> bytes:
    """The bytes of an XLSX file with a row for each (file, place, text).

    Every cell is text: what starts with ``=`` is not run as a formula.
    """
    import xlsxwriter  # noqa: PLC0415 -- only needed for this one thing

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        heading, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate((18, 40, 70, 70)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, COLUMNS[column], heading)
        for row, (file, place, text) in enumerate(texts, start=1):
            for column, cell in enumerate((file, place, text.nl, text.en)):
                sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def rows_of(path: Path) -> tuple[Row, ...]:
    """The rows of a sheet that `sheet_of` made and that somebody worked in; empty rows are left out.

    Raises:
        ModelIsWrong: no XLSX file, a missing column, or empty cells, all with their row.
    """
    table = _table(path)
    columns = _columns(path, table)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(table[1:], start=2):
        file, place, dutch, english = (cells[column] for column in columns)
        if not any((file, place, dutch, english)):
            continue
        empty = [name for name, cell in zip(COLUMNS, (file, place, dutch, english), strict=True) if not cell]
        for name in empty:
            what = say("The cell in the column {column} is empty.", column=name)
            problems.append(Problem(f"{path.name}:{number}", what, say("Fill it in, or take the whole row out.")))
        rows.append(Row(file, place, Text(dutch, english), number))
    if problems:
        raise ModelIsWrong(problems)
    return tuple(rows)


def _columns(path: Path, table: Sequence[Sequence[str]]) -> list[int]:
    heading = [cell.casefold() for cell in table[0]] if table else []
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        mend = say("Put the column names {columns} back in the first row.", columns=COLUMNS)
        raise ModelIsWrong(
            [Problem(f"{path.name}:1", say("The column {column} is missing.", column=name), mend) for name in missing]
        )
    return [heading.index(name) for name in COLUMNS]


def _table(path: Path) -> list[list[str]]:
    import python_calamine  # noqa: PLC0415 -- only needed for this one thing

    if not path.is_file():
        raise _refused(path, say("There is no such file."), say("Check the name and the folder."))
    try:
        sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
        table = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)]
    except (python_calamine.CalamineError, OSError) as error:
        what = say("This file cannot be read as XLSX.")
        raise _refused(path, what, say("Open it in a spreadsheet and save it as XLSX.")) from error
    return table


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").strip()


def _refused(path: Path, what: Message, mend: Message) -> ModelIsWrong:
    return ModelIsWrong([Problem(path.name, what, mend)])
