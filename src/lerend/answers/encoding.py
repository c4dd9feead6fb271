"""From bytes to lines of text, whatever wrote them: UTF-8, UTF-16 or Windows-1252, or two of them in one file.

A file is read as UTF-8; each byte that cannot be UTF-8 is read as Windows-1252, which is what spreadsheets in Western
Europe wrote for decades. So a file of either kind reads well, a file pasted together from both too, and what was done
is said. UTF-16 is known by its first two bytes.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from lerend.answers.source import wrong
from lerend.wording import Message, say

LONGEST_LINE: Final = 4_000_000
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_SAVE_AS: Final = say("Save it from your spreadsheet or survey program as “CSV UTF-8” and try again.")


def encoding_of(start: bytes) -> str:
    """The encoding by the first bytes of a file."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


class TextLines:
    """The lines of a file of text, with their ends, and what was noticed about its encoding."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._first_windows: int | None = None
        self._first_unicode: int | None = None

    def over(self, binary: io.BufferedReader) -> io.TextIOWrapper:
        """The file as text; closing it closes the binary file."""
        errors = "strict" if self._encoding == "utf-16" else "surrogateescape"
        return io.TextIOWrapper(binary, encoding=self._encoding, errors=errors, newline="")

    def lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """Lines one by one, each letter readable.

        Raises:
            AnswersAreWrong: zero bytes, a line without end, or broken UTF-16.
        """
        read = partial(text.readline, LONGEST_LINE + 1)
        number = 0
        try:
            while line := read():
                number += 1
                if "\0" in line:
                    raise self._no_text(number)
                if not line.isascii():
                    line = self._mended(line, number)
                if len(line) > LONGEST_LINE:
                    raise self._too_long(number)
                yield line
        except UnicodeDecodeError as error:
            raise self._no_text(number + 1) from error

    def _mended(self, line: str, number: int) -> str:
        mended = _ESCAPED.sub(_windows_sign, line)
        if mended == line:
            self._first_unicode = self._first_unicode or number
            return line
        self._first_windows = self._first_windows or number
        if not _ESCAPED.sub("", line).isascii():
            self._first_unicode = self._first_unicode or number
        return mended

    def notes(self) -> tuple[Message, ...]:
        """What was found out about the encoding, up to the line that was read last."""
        if self._first_windows is None:
            return ()
        if self._first_unicode is None:
            return (say("The file is not in UTF-8. It was read as Windows-1252: check names with accents."),)
        return (
            say(
                "The file mixes two encodings: line {unicode} is UTF-8, line {windows} is Windows-1252. "
                "Each letter was read by its own: check names with accents.",
                unicode=self._first_unicode,
                windows=self._first_windows,
            ),
        )

    def _no_text(self, line: int) -> Exception:
        what = say("This line holds bytes that are no text. The file is damaged, or it is no text file.")
        return wrong(f"{self._path.name}:{line}", what, _SAVE_AS)

    def _too_long(self, line: int) -> Exception:
        what = say("This line is longer than {count} signs.", count=LONGEST_LINE)
        return wrong(f"{self._path.name}:{line}", what, _SAVE_AS)


def _windows_sign(escaped: re.Match[str]) -> str:
    byte = bytes([ord(escaped[0]) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")
