"""A file as columns of text, and columns as numbers or groups: everything that methods read of a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lerend.errors import AnswersAreWrong, Problem
from lerend.wording import Message, say

MISSING = frozenset({"", "NA", "NaN", "nan", "."})
"""Texts that say that nothing is known."""
_SHOWN = 20


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which group each row belongs to.

    Attributes:
        names: the groups, in the order in which they first occur.
        codes: (rows,) place in `names`; -1 where the cell is empty.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Named columns of text, all equally long.

    Attributes:
        name: of the file, for what is said about it.
        columns: by their name in the file.
        digest: SHA-256 of the bytes of the file, empty for a table that was made otherwise.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    digest: str = ""

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def texts(self, column: str) -> Sequence[str]:
        """One column as it is written.

        Raises:
            AnswersAreWrong: there is no such column.
        """
        if column not in self.columns:
            names = tuple(list(self.columns)[:_SHOWN])
            raise self._wrong(
                say("There is no column “{column}”.", column=column), say("The first are: {names}.", names=names)
            )
        return self.columns[column]

    def numbers(self, columns: Sequence[str]) -> NDArray[np.float64]:
        """(rows, columns) values; NaN where a cell is empty or says NA.

        Raises:
            AnswersAreWrong: a column is not there, or holds text that is no number.
        """
        return np.column_stack([self._numbers(column) for column in columns]) if columns else np.empty((self.rows, 0))

    def number(self, column: str) -> NDArray[np.float64]:
        """(rows,) values of one column, as `numbers`."""
        return self.numbers([column])[:, 0]

    def groups(self, column: str) -> Groups:
        """A column as groups; raises as `texts`."""
        places: dict[str, int] = {}
        texts = self.texts(column)
        codes = [-1 if text in MISSING else places.setdefault(text, len(places)) for text in texts]
        return Groups(tuple(places), np.array(codes, dtype=np.int64))

    def _numbers(self, column: str) -> NDArray[np.float64]:
        texts = self.texts(column)
        try:
            values = np.array([math.nan if text in MISSING else float(text) for text in texts])
        except ValueError:
            raise self._no_number(column, texts) from None
        if np.isinf(values).any():
            raise self._wrong(
                say("Column “{column}” holds a value without end.", column=column), say("Leave the cell empty instead.")
            )
        return values

    def _no_number(self, column: str, texts: Sequence[str]) -> AnswersAreWrong:
        for row, text in enumerate(texts, start=2):
            try:
                float(text if text not in MISSING else "0")
            except ValueError:
                what = say("“{text}” in column “{column}”, row {row}, is no number.", text=text, column=column, row=row)
                return self._wrong(what, say("Write a number, or leave the cell empty."))
        raise AssertionError(column)

    def _wrong(self, what: Message, mend: Message) -> AnswersAreWrong:
        return AnswersAreWrong([Problem(self.name, what, mend)])


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """All columns of a CSV, XLSX or SPSS file.

    Raises:
        AnswersAreWrong: as `read_whole_file`.
    """
    from lerend.answers.whole_file import read_whole_file  # noqa: PLC0415 -- not needed for a table made otherwise

    file = read_whole_file(path, sheet=sheet)
    return Table(file.name, file.columns, file.digest)
