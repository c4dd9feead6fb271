"""Files of text with a sign between the cells: CSV with comma or semicolon, tab-separated text.

Python's own csv reader does the work, line by line, so the memory does not grow with the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final

from lerend.answers.encoding import TextLines, encoding_of
from lerend.answers.source import ColumnFacts, Piece, rows_at_a_time, wrong
from lerend.errors import AnswersAreWrong
from lerend.wording import Message, say

_DELIMITERS: Final = ",;\t|"
_LINES_TO_JUDGE_BY: Final = 25
_SIGNS_TO_JUDGE_BY: Final = 2_000_000
_STATED: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Delimited:
    """A file of delimited text, its header read."""

    path: Path
    size: int
    delimiter: str
    header: tuple[str, ...]
    text: TextLines
    format: str = "csv"

    def facts(self, column: int) -> ColumnFacts:  # noqa: ARG002 -- text says nothing about its columns
        return ColumnFacts()

    def notes(self) -> tuple[Message, ...]:
        return self.text.notes()

    def where(self, line: int, column: int | None = None) -> str:  # noqa: ARG002 -- lines have no columns
        return f"{self.path.name}:{line}"

    def pieces(self, columns: Sequence[int], *, at_most: int) -> Iterator[Piece]:
        width = len(self.header)
        at_a_time = rows_at_a_time(width, at_most)
        pick = _picker(columns)
        with self.path.open("rb") as binary, self.text.over(binary) as text:
            rows = _rows(self.text.lines(text), self.delimiter, self.where)
            next(rows)
            while numbered := list(islice(rows, at_a_time)):
                ragged = [(line, len(row)) for line, row in numbered if len(row) != width and any(row[width:] or "x")]
                if ragged:
                    numbered = [both for both in numbered if len(both[1]) >= width and not any(both[1][width:])]
                yield Piece(
                    lines=[line for line, _ in numbered],
                    columns=pick([row for _, row in numbered]),
                    fraction=min(binary.tell() / self.size, 1.0),
                    ragged=ragged,
                )


def open_delimited(path: Path, *, size: int) -> Delimited:
    """Find out how a file of text is written, and read its header.

    Raises:
        AnswersAreWrong: the file is no text, or its quotation marks do not match.
    """
    with path.open("rb") as binary:
        text = TextLines(path, encoding_of(binary.peek(4)[:4]))
        with text.over(binary) as opened:
            start = _start_of(text.lines(opened))
    delimiter = _stated_delimiter(start) or _likely_delimiter(start)
    file = Delimited(path, size, delimiter, (), text)
    header = next(_rows(iter(start), delimiter, file.where), (1, []))[1]
    return Delimited(path, size, delimiter, tuple(name.strip() for name in header), text)


def _start_of(lines: Iterator[str]) -> list[str]:
    """Enough lines to judge by: a header cell may itself run over several lines."""
    start: list[str] = []
    signs = 0
    for line in lines:
        start.append(line)
        signs += len(line)
        if signs > _SIGNS_TO_JUDGE_BY or (len(start) >= _LINES_TO_JUDGE_BY * 4):
            break
    return start


def _stated_delimiter(start: Sequence[str]) -> str | None:
    """Spreadsheets may say it in a first line: ``sep=;``."""
    stated = _STATED.fullmatch(start[0]) if start else None
    return stated[1] if stated else None


def _likely_delimiter(start: Sequence[str]) -> str:
    """The sign that cuts the first lines into the same number of cells, and into the most."""
    return max(_DELIMITERS, key=lambda sign: _evenness(start, sign))


def _evenness(start: Sequence[str], delimiter: str) -> tuple[bool, float, int]:
    widths: list[int] = []
    try:
        for row in islice(csv.reader(iter(start), delimiter=delimiter), _LINES_TO_JUDGE_BY):
            widths += [len(row)] if row else []
    except csv.Error:
        return (False, 0.0, 0)
    if not widths:
        return (False, 0.0, 0)
    return (widths[0] > 1, round(widths.count(widths[0]) / len(widths), 1), widths[0])


def _rows(lines: Iterable[str], delimiter: str, where: Callable[[int], str]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line on which it begins; the first is the header."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            if row and not (begins == 1 and _STATED.fullmatch(delimiter.join(row))):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _quotes_are_wrong(where(begins)) from error


def _quotes_are_wrong(where: str) -> AnswersAreWrong:
    what = say("The quotation marks on this line do not match, so it is not clear where a cell ends.")
    return wrong(where, what, say("Close the quotation mark, and write a quotation mark within a text twice."))


def _picker(columns: Sequence[int]) -> Callable[[list[list[str]]], Sequence[Sequence[str]]]:
    """Rows in, the wanted columns out."""
    if not columns:
        return lambda _rows: []
    if len(columns) == 1:
        only = columns[0]
        return lambda rows: [[row[only] for row in rows]]
    pick = itemgetter(*columns)
    return lambda rows: list(zip(*map(pick, rows), strict=True)) or [() for _ in columns]
