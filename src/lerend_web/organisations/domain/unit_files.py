"""Reading a file of units: which column is which, and what each row says.

The readers of answers do the heavy part: encodings, delimiters, damaged and oversized workbooks.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lerend.answers.detection import open_source
from lerend.answers.names import squeezed
from lerend.answers.source import RowSource
from lerend.errors import AnswersAreWrong
from lerend.wording import Language
from lerend_web.organisations.rules import LONGEST_NAME, MOST_LEVELS, MOST_PEOPLE

LARGEST_FILE: Final = 5_000_000
"""Bytes; ten thousand units take less than one tenth of it."""
MOST_ROWS: Final = 20_000

_COLUMNS: Final = {
    "unit": {"unit", "team", "afdeling", "eenheid", "naam", "name", "department", "onderdeel", "teamnaam", "ploeg"},
    "parent": {"parent", "above", "partof", "valtonder", "hoortbij", "onderdeelvan", "hoofdafdeling", "bovenliggend"},
    "path": {"path", "pad"},
    "headcount": {
        *("headcount", "people", "employees", "numberofpeople", "numberofemployees", "aantal", "aantalmensen"),
        *("aantalmedewerkers", "medewerkers", "mensen", "personen", "aantalpersonen", "koppen", "bezetting"),
    },
}
_ARROW: Final = re.compile(r"\s*[>›»→]\s*")
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that is wrong in the file: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one row says.

    Attributes:
        above: names above it as far as the row says; one name may stand anywhere in the tree, a longer path starts at
            the top.
        is_whole_path: whether `above` starts at the top even if it is one name or none.
        headcount: None where the file does not say.
    """

    where: str
    name: str
    above: tuple[str, ...]
    is_whole_path: bool
    headcount: int | None


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file as read: the rows that make sense, what is wrong with the others, and what was noticed."""

    lines: tuple[UnitLine, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()


def read_units(content: bytes, *, file_name: str) -> UnitFile:
    """The units that a CSV or XLSX file lists, with headers in Dutch or English."""
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        what = _("The file is larger than %(limit)d MB.") % {"limit": limit}
        return _refused(file_name, what, _("Keep only the columns team, part of and number of people."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (_safe_name(file_name) or "units")
        path.write_bytes(content)
        try:
            return _read(open_source(path, sheet=None), file_name)
        except AnswersAreWrong as error:
            return UnitFile(problems=tuple(_translated(error)))


def _read(source: RowSource, file_name: str) -> UnitFile:
    columns = _columns_of(source.header)
    if "unit" not in columns and "path" not in columns:
        what = _("No column says what the teams are called. Found: %(found)s.") % {"found": _quoted(source.header)}
        return _refused(file_name, what, _("Call the columns: team, part of, number of people."))
    lines: list[UnitLine] = []
    problems: list[RowProblem] = []
    for where, cells in _rows(source, columns, problems):
        if len(lines) + len(problems) >= MOST_ROWS:
            what = _("The file has more than %(most)d rows.") % {"most": MOST_ROWS}
            return _refused(file_name, what, _("Leave out rows about single persons: one row is one team."))
        _add(where, cells, lines, problems)
    if not lines and not problems:
        return _refused(file_name, _("There is no row below the header."), _("Write one row for each team."))
    return UnitFile(tuple(lines), tuple(problems), _notes(source, columns))


def _rows(
    source: RowSource, columns: dict[str, int], problems: list[RowProblem]
) -> Iterator[tuple[str, dict[str, str]]]:
    wanted = list(columns.values())
    for piece in source.pieces(wanted, at_most=MOST_ROWS):
        for line, width in piece.ragged:
            what = _("This row has %(width)d cells, the header has %(header)d.")
            filled = what % {"width": width, "header": len(source.header)}
            problems.append(RowProblem(source.where(line), filled, _("Give each column of this row one cell.")))
        for line, *cells in zip(piece.lines, *piece.columns, strict=True):
            named = {key: _tidy(cell) for key, cell in zip(columns, cells, strict=True)}
            if any(named.values()):
                yield source.where(line), named


def _add(where: str, cells: dict[str, str], lines: list[UnitLine], problems: list[RowProblem]) -> None:
    name, above, is_whole = _place(cells)
    headcount = _headcount(cells.get("headcount", ""))
    if not name:
        problems.append(RowProblem(where, _("The team has no name."), _("Give it a name, or take the row out.")))
    elif _ARROW.search(cells.get("unit", "")):
        what = _("“%(cell)s” holds a sign that stands between the names of a path.") % {"cell": cells["unit"][:60]}
        mend = _("Is it a path? Call this column “path”. Is it one name? Write it without that sign.")
        problems.append(RowProblem(where, what, mend))
    elif any(len(part) > LONGEST_NAME for part in (name, *above)):
        what = _("A name is longer than %(most)d signs.") % {"most": LONGEST_NAME}
        problems.append(RowProblem(where, what, _("Make it shorter.")))
    elif len(above) >= MOST_LEVELS:
        what = _("The path has more than %(most)d levels.") % {"most": MOST_LEVELS}
        problems.append(RowProblem(where, what, _("Leave levels out that nobody needs an outcome for.")))
    elif headcount == "wrong":
        what = _("“%(cell)s” is no number of people.") % {"cell": cells["headcount"][:40]}
        problems.append(RowProblem(where, what, _("Write a whole number, such as 12.")))
    else:
        lines.append(UnitLine(where, name, above, is_whole, cast("int | None", headcount)))


def _place(cells: dict[str, str]) -> tuple[str, tuple[str, ...], bool]:
    """Name, what stands above it, and whether that starts at the top."""
    path = _parts(cells.get("path", ""))
    unit = _parts(cells.get("unit", ""))
    if path and unit and path[-1].casefold() != unit[-1].casefold():
        path = (*path, *unit)
    if path:
        return path[-1], path[:-1], True
    if not unit:
        return "", (), True
    parent = _parts(cells.get("parent", ""))
    above = (*parent, *unit[:-1])
    return unit[-1], above, len(above) != 1


def _headcount(cell: str) -> int | str | None:
    """A whole number; None where nothing stands; the word ``wrong`` for anything else."""
    if not cell:
        return None
    found = _WHOLE.fullmatch(cell)
    return int(found[1]) if found and len(found[1]) < 10 and int(found[1]) <= MOST_PEOPLE else "wrong"


def _columns_of(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, name in enumerate(header):
        for key, names in _COLUMNS.items():
            if squeezed(name) in names and key not in found:
                found[key] = column
    return found


def _notes(source: RowSource, columns: dict[str, int]) -> tuple[str, ...]:
    notes = [note.in_language(_language()) for note in source.notes()]
    if "headcount" not in columns:
        notes.append(_("No column says how many people there are. Numbers stay as they are; new teams start at 0."))
    return tuple(notes)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _ARROW.split(cell) if part)


def _tidy(cell: str) -> str:
    """One line without invisible signs; a formula stays the text that it is."""
    text = unicodedata.normalize("NFC", cell)
    seen = "".join("" if unicodedata.category(sign) == "Cf" else sign for sign in text)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in seen).split())


def _translated(error: AnswersAreWrong) -> Iterator[RowProblem]:
    language = _language()
    for problem in error.problems:
        yield RowProblem(problem.where, problem.what.in_language(language), problem.mend.in_language(language))


def _refused(where: str, what: str, mend: str) -> UnitFile:
    return UnitFile(problems=(RowProblem(where, what, mend),))


def _quoted(header: Sequence[str]) -> str:
    return ", ".join(name[:30] for name in header[:8]) or _("nothing")


def _safe_name(file_name: str) -> str:
    return "".join(sign for sign in Path(file_name).name if sign.isalnum() or sign in " ._-")[-60:].strip(". ")


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"
