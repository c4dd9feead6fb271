"""A table (XLSX or CSV) with other words for a version: file, path, nl, en. Sheets of translators look the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from lerend.answers.detection import open_source
from lerend.answers.source import RowSource
from lerend.model.document import Document
from lerend.model.sheets import COLUMNS, Row, sheet_of
from lerend.model.translation import texts_of
from lerend.wording import Text
from lerend_web.instruments.domain.faults import Fault, FileIsWrong, refuse

MOST_ROWS: Final = 20_000


def table_of(document: Document, reference: str) -> bytes:
    """Every text of a version as XLSX, to be changed and handed in again."""
    return sheet_of([(reference, placed.place, placed.text) for placed in texts_of(document)])


def rows_of(content: bytes, *, file_name: str) -> tuple[Row, ...]:
    """The rows of a table in which somebody changed words; empty ones are left out.

    Raises:
        FileIsWrong: columns are missing, cells are empty, or there is no row; with every problem.
        AnswersAreWrong: it cannot be read as a table at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        path.write_bytes(content)
        source = open_source(path, sheet=None)
        columns = _columns(source, file_name)
        faults: list[Fault] = []
        rows = tuple(_rows(source, columns, faults))
    if not rows and not faults:
        raise refuse(file_name, _("No row holds a text."), _("Take the table of texts of a version, and change words."))
    if faults:
        raise FileIsWrong(faults)
    return rows


def row_faults(rows: Sequence[Row], document: Document, file_name: str) -> tuple[Fault, ...]:
    """Rows for texts that the version does not have, and rows that contradict each other."""
    known = {placed.place for placed in texts_of(document)}
    first: dict[str, Row] = {}
    faults = []
    for row in rows:
        earlier = first.setdefault(row.place, row)
        where = f"{file_name}:{row.number}"
        if row.place not in known:
            what = _("%(file)s has no text at %(path)s.") % {"file": row.file, "path": row.place[:80]}
            faults.append(Fault(where, what, _("Put the path back as it was, or take the row out.")))
        elif earlier.text != row.text:
            what = _("Row %(row)d has another text for %(path)s.") % {"row": earlier.number, "path": row.place[:80]}
            faults.append(Fault(where, what, _("Keep one of the two.")))
    return tuple(faults)


def _columns(source: RowSource, file_name: str) -> list[int]:
    heading = [cell.strip().casefold() for cell in source.header]
    mend = _("Put the column names file, path, nl and en back in the first row.")
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        what = _("The column %(column)s is missing.")
        raise FileIsWrong([Fault(file_name, what % {"column": column}, mend) for column in missing])
    return [heading.index(column) for column in COLUMNS]


def _rows(source: RowSource, columns: Sequence[int], faults: list[Fault]) -> Iterator[Row]:
    for piece in source.pieces(columns, at_most=MOST_ROWS):
        for line, width in piece.ragged:
            what = _("This row has %(width)d cells, the header has %(header)d.")
            filled = what % {"width": width, "header": len(source.header)}
            faults.append(
                Fault(source.where(line), filled, _("Put a text in quotes when it holds the sign between cells."))
            )
        for line, *cells in zip(piece.lines, *piece.columns, strict=True):
            kept = dict(zip(COLUMNS, (cell.replace("\r\n", "\n").strip() for cell in cells), strict=True))
            if any(kept.values()):
                faults += _empty_cells(kept, source.where(line))
                yield Row(kept["file"], kept["path"], Text(kept["nl"], kept["en"]), line)


def _empty_cells(cells: Mapping[str, str], where: str) -> list[Fault]:
    what, mend = _("The cell in the column %(column)s is empty."), _("Fill it in, or take the whole row out.")
    return [Fault(where, what % {"column": column}, mend) for column, text in cells.items() if not text]
