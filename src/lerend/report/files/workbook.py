"""A release as a workbook: where it comes from, and a sheet per table. Text is written as text, never as a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Release
from lerend.report.files.columns import MOST_ROOM
from lerend.report.files.inert import is_risky
from lerend.report.files.measuring import all_tables
from lerend.report.files.origin import day_of, marks_of, origin_rows, stamp_of
from lerend.report.files.table import Column, Table, Value
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, say

_PLAIN_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_NAME: Final = 31
_LONGEST_FOOT: Final = 200


def workbook_of(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """The release as XLSX; the same release gives the same bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _PLAIN_TEXT)
    made = datetime.combine(day_of(release), time(), UTC).replace(tzinfo=None)
    book.set_properties({
        "title": f"{printable(release.wave.organisation)}: {printable(release.wave.name)}",
        "author": "lerend",
        "comments": stamp_of(release, language),
        "keywords": release.digest,
        "created": made,
    })  # fmt: skip
    sheets = _Sheets(book, language, stamp_of(release, language))
    tables = all_tables(release, model, instrument, language)
    sheets.about(_said(release, tables, language), origin_rows(release, model, instrument, language))
    for table in tables:
        sheets.table(table)
    book.close()
    return target.getvalue()


def _said(release: Release, tables: tuple[Table, ...], language: Language) -> list[str]:
    said = [
        say("Results of the learning scan: {name}", name=release.wave.organisation),
        *marks_of(release),
        say("We see what goes together, at one moment. That does not tell what causes what."),
        say("The rows stand in the order of the release and are no ranking. Please do not make one."),
        say("What is not shown stays hidden to protect people. That differs per topic."),
        say("‘{column}’ has three steps and never says more than that.", column=MOST_ROOM.label),
        *(say("Sheet ‘{sheet}’: {about}", sheet=table.title, about=table.about) for table in tables),
    ]
    return [spoken(message, language) for message in said]


class _Sheets:
    """One book that is being written, in one language."""

    def __init__(self, book: xlsxwriter.Workbook, language: Language, stamp: str) -> None:
        self._book = book
        self._language = language
        self._foot = "&L&8" + stamp.replace("&", "&&")[:_LONGEST_FOOT]
        top = {"valign": "top"}
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top})
        self._words = book.add_format({"text_wrap": True, **top})
        self._quoted = book.add_format({"text_wrap": True, "quote_prefix": True, **top})
        self._numbers = [book.add_format({"num_format": form, **top}) for form in ("0", "0.0", "0.00")]

    def about(self, lines: list[str], rows: list[tuple[str, str]]) -> None:
        sheet = self._sheet(say("About"))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 80)
        for place, line in enumerate(lines):
            sheet.merge_range(place, 0, place, 1, "", self._words)
            self._write(sheet, place, 0, line, self._head if place == 0 else None)
        for place, (what, value) in enumerate(rows, len(lines) + 1):
            self._write(sheet, place, 0, what)
            self._write(sheet, place, 1, value)

    def table(self, table: Table) -> None:
        sheet = self._sheet(table.title)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            self._write(sheet, 0, place, spoken(column.label, self._language), self._head)
            if column.note is not None:
                sheet.write_comment(0, place, spoken(column.note, self._language), {"author": "lerend"})
        for line, row in enumerate(table.rows, 1):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._write(sheet, line, place, column.in_words(value, self._language), self._style(column, value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)

    def _sheet(self, name: Message) -> Worksheet:
        sheet = self._book.add_worksheet(spoken(name, self._language)[:_LONGEST_NAME])
        sheet.set_footer(self._foot)
        return sheet

    def _style(self, column: Column, value: Value) -> Format | None:
        if isinstance(value, int | float):
            return self._numbers[0 if isinstance(value, int) else min(column.decimals, 2)]
        return None

    def _write(self, sheet: Worksheet, line: int, place: int, value: Value, style: Format | None = None) -> None:
        if isinstance(value, str):
            sheet.write_string(line, place, value, style or (self._quoted if is_risky(value) else self._words))
        elif value is not None:
            sheet.write_number(line, place, value, style)
