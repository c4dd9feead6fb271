"""What every kind of file looks like to the rest: a header, and then pieces of the wanted columns as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from lerend.errors import AnswersAreWrong, Problem
from lerend.wording import Message

CELLS_AT_A_TIME: Final = 30_000
"""Cells held as text at the same time: bounds the memory, and few enough for the processor's cache (three times faster)."""
PROBLEMS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file.

    Attributes:
        lines: where each row begins: the line of a text file, the row of a sheet, the number of a case.
        columns: one sequence of texts for each column that was asked for, each as long as `lines`.
        fraction: how much of the file has been read, 0 to 1.
        ragged: line and number of cells of the rows that were left out because they are longer or shorter than the
            header.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    fraction: float
    ragged: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class DeclaredMissing:
    """Values that a file itself declares to be missing (SPSS): single texts and ranges of numbers."""

    texts: frozenset[str] = frozenset()
    ranges: tuple[tuple[float, float], ...] = ()

    def __contains__(self, text: str) -> bool:
        if text in self.texts:
            return True
        try:
            number = float(text)
        except ValueError:
            return False
        return any(low <= number <= high for low, high in self.ranges)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the file says about one of its columns: the words behind its values, and which values are missing."""

    labels: Mapping[str, str] = field(default_factory=dict)
    missing: DeclaredMissing = DeclaredMissing()


class RowSource(Protocol):
    """A file of answers, whatever its format."""

    @property
    def format(self) -> str:
        """``csv``, ``xlsx`` or ``sav``."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""

    def facts(self, column: int) -> ColumnFacts:
        """What the file says about a column."""

    def pieces(self, columns: Sequence[int], *, at_most: int) -> Iterator[Piece]:
        """The rows below the header, those columns only, at most so many at a time. Can be called again."""

    def where(self, line: int, column: int | None = None) -> str:
        """A place in the file, in words that need no translation."""

    def notes(self) -> tuple[Message, ...]:
        """What is to be said about the file so far."""


Progress = Callable[[float], None]


def wrong(where: Path | str, what: Message, mend: Message) -> AnswersAreWrong:
    """The error for a file in which one thing is wrong."""
    return AnswersAreWrong([Problem(where.name if isinstance(where, Path) else where, what, mend)])


def rows_at_a_time(width: int, at_most: int) -> int:
    """How many rows of so many columns to hold as text."""
    return min(at_most, max(16, min(4096, CELLS_AT_A_TIME // max(width, 1))))
