"""SPSS files (.sav, .zsav), with the words behind their values and the values that they declare missing.

The library for them, pyreadstat, is an extra: it is heavy, and most people bring a CSV file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from lerend.answers.source import ColumnFacts, DeclaredMissing, Piece, wrong
from lerend.errors import AnswersAreWrong
from lerend.wording import Message, say

_CELLS_AT_A_TIME: Final = 2_000_000
"""More than elsewhere: the library starts from the beginning of the file for each piece."""


@dataclass(frozen=True, slots=True)
class Spss:
    """An SPSS file, its dictionary read."""

    path: Path
    header: tuple[str, ...]
    known_facts: Mapping[int, ColumnFacts]
    cases: int
    format: str = "sav"

    def facts(self, column: int) -> ColumnFacts:
        return self.known_facts.get(column, ColumnFacts())

    def notes(self) -> tuple[Message, ...]:
        return ()

    def where(self, line: int, column: int | None = None) -> str:  # noqa: ARG002 -- a case and its variable, which the sentence names
        return f"{self.path.name}:{line}"

    def pieces(self, columns: Sequence[int], *, at_most: int) -> Iterator[Piece]:
        names = [self.header[column] for column in columns]
        at_a_time = min(at_most, max(100, _CELLS_AT_A_TIME // max(len(names), 1)))
        for first in range(0, self.cases, at_a_time):
            data, _ = _read(self.path, columns=list(dict.fromkeys(names)), first=first, cases=at_a_time)
            n = min(at_a_time, self.cases - first)
            yield Piece(
                lines=range(first + 1, first + n + 1),
                columns=[_texts(data[name]) for name in names],
                fraction=(first + n) / self.cases,
            )


def open_spss(path: Path) -> Spss:
    """Read the dictionary of an SPSS file.

    Raises:
        AnswersAreWrong: pyreadstat is not installed, or the file is damaged.
    """
    _, facts = _read(path, facts_only=True)
    header = tuple(facts.column_names)
    cases = facts.number_rows
    if cases is None or cases < 0:
        cases = _counted(path, header)
    known = {
        index: ColumnFacts(_labels(facts.variable_value_labels.get(name, {})), _missing(facts.missing_ranges.get(name)))
        for index, name in enumerate(header)
        if name in facts.variable_value_labels or name in facts.missing_ranges
    }
    return Spss(path, header, known, cases)


def _read(
    path: Path, *, columns: list[str] | None = None, first: int = 0, cases: int = 0, facts_only: bool = False
) -> tuple[dict[str, Any], Any]:
    """Values by column, and the dictionary of the file; `cases` 0 means all of them."""
    try:
        import pyreadstat  # noqa: PLC0415 -- an extra, and slow to import
    except ImportError as error:
        what = say("To read SPSS files, an extra is needed that is not installed.")
        raise wrong(path, what, say("Install it with: pip install 'lerend[spss]'. Or save the file as CSV.")) from error
    try:
        return pyreadstat.read_sav(
            path,
            output_format="dict",
            user_missing=True,
            disable_datetime_conversion=True,
            metadataonly=facts_only,
            usecols=columns,
            row_offset=first,
            row_limit=cases,
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> AnswersAreWrong:
    what = say("This SPSS file is damaged and cannot be read.")
    return wrong(path, what, say("Save it again from SPSS, or save it as CSV."))


def _counted(path: Path, header: Sequence[str]) -> int:
    """Some programs write files that do not say how many cases they hold."""
    data, _ = _read(path, columns=list(header[:1]))
    return len(data[header[0]]) if header else 0


def _labels(labels: Mapping[object, str]) -> dict[str, str]:
    return {_text_of(value): label for value, label in labels.items()}


def _missing(ranges: Sequence[Mapping[str, Any]] | None) -> DeclaredMissing:
    texts = frozenset(str(part["lo"]) for part in ranges or () if isinstance(part["lo"], str))
    spans = tuple((float(p["lo"]), float(p["hi"])) for p in ranges or () if not isinstance(p["lo"], str))
    return DeclaredMissing(texts, spans)


def _texts(values: Any) -> list[str]:
    array = np.asarray(values)
    if array.dtype.kind != "f":
        return [_text_of(value) for value in array.tolist()]
    distinct, place = np.unique(array, return_inverse=True)
    texts = np.array([_text_of(value) for value in distinct.tolist()], dtype=object)
    return list(texts[place]) if len(texts) else []


def _text_of(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
