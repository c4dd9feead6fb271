"""The tree as a workbook that can be filled in and taken in again."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import tree_rows


def workbook_of(organisation: Organisation) -> bytes:
    """An XLSX file with one row for each unit; with no units yet, three made-up ones as an example.

    Every name is written as text, so that no name can become a formula.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Teams"))
        bold = book.add_format({"bold": True})
        for column, (title, width) in enumerate([(_("Path"), 50), (_("Headcount"), 14)]):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for row, (path, headcount) in enumerate(_lines(organisation), start=1):
            sheet.write_string(row, 0, path)
            sheet.write_number(row, 1, headcount)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _lines(organisation: Organisation) -> list[tuple[str, int]]:
    rows = tree_rows(Unit.objects.filter(organisation=organisation))
    if rows:
        return [(row.where, row.unit.headcount) for row in rows]
    return [(_("Production > Team A"), 12), (_("Production > Team B"), 11), (_("Office"), 9)]
