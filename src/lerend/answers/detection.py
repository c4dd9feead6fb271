"""Which kind of file it is: by its first bytes, for endings lie."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lerend.answers import limesurvey, xlsform
from lerend.answers.conventions import PLAIN, Convention
from lerend.answers.source import RowSource, wrong
from lerend.wording import Message, say

_ZIP: Final = b"PK\x03\x04"
_SPSS: Final = (b"$FL2", b"$FL3")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_NO_ANSWERS: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"GIF8",
    b"PK\x05\x06",
    b"SQLite",
    b'{"',
    b"[{",
    b"<?xml",
    b"<!",
    b"<html",
)
_SAVE_AS: Final = say("Save the answers as “CSV UTF-8”, as XLSX or as SPSS file (.sav), and try again.")


def open_source(path: Path, *, sheet: str | None) -> RowSource:
    """Open a file of answers as what it is.

    Raises:
        AnswersAreWrong: nothing there, a folder, not readable, empty, or of a kind that cannot be read.
    """
    size = _size_of(path)
    start = _first_bytes(path)
    if start.startswith(_ZIP):
        from lerend.answers.spreadsheet import open_spreadsheet  # noqa: PLC0415 -- its library is needed for XLSX only

        return open_spreadsheet(path, sheet=sheet)
    if start.startswith(_SPSS):
        from lerend.answers.spss import open_spss  # noqa: PLC0415 -- its library is an extra

        return open_spss(path)
    if start.startswith(_OLD_OFFICE):
        what = say("This is an old Excel file (.xls), or a workbook that is protected by a password.")
        raise wrong(path, what, say("Save it as XLSX without a password and try again."))
    if start.lstrip().startswith(_NO_ANSWERS):
        raise wrong(path, say("This kind of file cannot be read."), _SAVE_AS)
    from lerend.answers.delimited import open_delimited  # noqa: PLC0415 -- for symmetry with its siblings

    return open_delimited(path, size=size)


def convention_of(header: Sequence[str]) -> Convention:
    """The habits of the survey program whose columns are there."""
    if limesurvey.recognises(header):
        return limesurvey.LIMESURVEY
    return xlsform.XLSFORM if xlsform.recognises(header) else PLAIN


def _size_of(path: Path) -> int:
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise wrong(path, _cannot_be_opened(error), say("Check the name of the file.")) from error
    if stat.S_ISDIR(found.st_mode):
        raise wrong(path, say("This is a folder."), say("Give the file in it that holds the answers."))
    if not stat.S_ISREG(found.st_mode):
        raise wrong(path, say("This is no file."), say("Write the answers to a file first."))
    if found.st_size == 0:
        raise wrong(path, say("The file is empty."), say("Export the answers again."))
    return found.st_size


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as binary:
            return binary.read(64)
    except OSError as error:
        raise wrong(path, _cannot_be_opened(error), say("Check that you may read it.")) from error


def _cannot_be_opened(error: Exception) -> Message:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return say("The file cannot be opened ({reason}).", reason=reason)
