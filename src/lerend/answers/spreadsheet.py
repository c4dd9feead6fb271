"""XLSX workbooks.

A workbook is a ZIP archive, and its reader holds a whole sheet as a rectangle. A small file can therefore ask for a
huge amount of memory, by compression or by two cells far apart; both are measured before the reader sees the file.
"""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice
from pathlib import Path
from typing import Final

import python_calamine

from lerend.answers.names import nearest
from lerend.answers.source import ColumnFacts, Piece, rows_at_a_time, wrong
from lerend.errors import AnswersAreWrong
from lerend.wording import Message, say

LARGEST_UNPACKED: Final = 500_000_000
"""Bytes of all parts of a workbook together."""
LARGEST_RECTANGLE: Final = 20_000_000
"""Cells of a sheet, empty ones included; the reader takes 32 bytes for each."""
_CELL: Final = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?>")
_REFERENCE: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_SAVE_AS_CSV: Final = say("Save the sheet with the answers as “CSV UTF-8” and use that file.")

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """One sheet of a workbook, its header read."""

    path: Path
    sheet: str
    other_sheets: tuple[str, ...]
    header: tuple[str, ...]
    rows: python_calamine.CalamineSheet
    first_row: int
    first_column: int
    format: str = "xlsx"

    def facts(self, column: int) -> ColumnFacts:  # noqa: ARG002 -- sheets say nothing about their columns
        return ColumnFacts()

    def notes(self) -> tuple[Message, ...]:
        if not self.other_sheets:
            return ()
        what = say("Read sheet {sheet}; not read: {others}.", sheet=self.sheet, others=self.other_sheets)
        return (what,)

    def where(self, line: int, column: int | None = None) -> str:
        letters = "" if column is None else _letters(column + self.first_column)
        return f"{self.path.name}, {self.sheet}!{letters}{line}"

    def pieces(self, columns: Sequence[int], *, at_most: int) -> Iterator[Piece]:
        height = max(self.rows.height, 1)
        at_a_time = rows_at_a_time(len(self.header), at_most)
        numbered = enumerate(_from_header(self.rows), start=self.first_row)
        next(numbered, None)
        while some := list(islice(numbered, at_a_time)):
            filled = [(line, row) for line, row in some if _is_filled(row)]
            yield Piece(
                lines=[line for line, _ in filled],
                columns=[[_as_text(row[column]) for _, row in filled] for column in columns],
                fraction=min((some[-1][0] - self.first_row + 1) / height, 1.0),
            )


def open_spreadsheet(path: Path, *, sheet: str | None) -> Spreadsheet:
    """Open a workbook after measuring it, and read the header of one sheet: the first with anything in it.

    Raises:
        AnswersAreWrong: no workbook, too large, protected, or without the named sheet.
    """
    _measure(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        name, rows = _chosen(path, book, sheet)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _no_workbook(path) from error
    start = rows.start or (0, 0)
    header = next(_from_header(rows), [])
    return Spreadsheet(
        path=path,
        sheet=name,
        other_sheets=tuple(other for other in book.sheet_names if other != name),
        header=tuple(_as_text(cell).strip() for cell in header),
        rows=rows,
        first_row=start[0] + 1,
        first_column=start[1],
    )


def _from_header(sheet: python_calamine.CalamineSheet) -> Iterator[list[Cell]]:
    """The rows from the first that holds anything."""
    return dropwhile(lambda row: not _is_filled(row), sheet.iter_rows())


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell != "" for cell in row)


def _chosen(
    path: Path, book: python_calamine.CalamineWorkbook, sheet: str | None
) -> tuple[str, python_calamine.CalamineSheet]:
    if sheet is not None:
        if sheet not in book.sheet_names:
            what = say("There is no sheet {sheet}.", sheet=sheet)
            names = nearest(sheet, book.sheet_names) or tuple(book.sheet_names[:10])
            raise wrong(path, what, say("Choose one of: {names}.", names=names))
        return sheet, book.get_sheet_by_name(sheet)
    sheets = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
    return next((pair for pair in sheets if pair[1].height), (book.sheet_names[0], book.get_sheet_by_index(0)))


def _measure(path: Path) -> None:
    """Refuse what would not fit the memory, before it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                limit = LARGEST_UNPACKED // 1_000_000
                raise wrong(path, say("Unpacked, the workbook is larger than {limit} MB.", limit=limit), _SAVE_AS_CSV)
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise _no_workbook(path)
            for part in parts:
                if b"sheetData" in (content := archive.read(part)):
                    _measure_sheet(path, content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _no_workbook(path) from error


def _measure_sheet(path: Path, xml: bytes) -> None:
    """Refuse a sheet whose filled cells lie so far apart that the rectangle around them fits no memory."""
    columns: set[bytes] = set()
    last_row = 0
    for found in _CELL.finditer(xml):
        cell = found[0]
        if cell.endswith(b"/>"):
            continue
        reference = _REFERENCE.search(cell)
        if reference is None:
            raise wrong(path, say("The cells of a sheet do not say where they stand."), _SAVE_AS_CSV)
        columns.add(reference[1])
        last_row = max(last_row, int(reference[2]))
    last_column = max(map(_number_of, columns), default=0)
    if last_row * last_column > LARGEST_RECTANGLE:
        corner = f"{_letters(last_column - 1)}{last_row}"
        what = say("A sheet reaches to cell {corner}: that is more than can be read.", corner=corner)
        raise wrong(path, what, say("Delete the empty rows and columns between the cells, or save as CSV."))


def _no_workbook(path: Path) -> AnswersAreWrong:
    return wrong(path, say("This is no XLSX workbook, or it is damaged or protected by a password."), _SAVE_AS_CSV)


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
