"""A table of figures as a value: the workbook, the CSV files and the codebook are all drawn from the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lerend.report.words import spoken
from lerend.wording import Language, Message

Value: TypeAlias = str | int | float | None
"""What stands in one place; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Column:
    """One variable.

    Attributes:
        id: its name for programs; never changes with the language.
        label: its name for people.
        width: in letters, for a workbook.
        values: what each code means, where it holds codes.
        unit: of its numbers.
        note: what else a reader must know.
        decimals: of its numbers on screen.
    """

    id: str
    label: Message
    width: int = 12
    values: tuple[tuple[str, Message], ...] = ()
    unit: Message | None = None
    note: Message | None = None
    decimals: int = 1

    def in_words(self, value: Value, language: Language) -> Value:
        """The value as people read it: the words of a code, anything else as it is."""
        words = next((words for code, words in self.values if code == value), None)
        return value if words is None else spoken(words, language)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.

    Attributes:
        id: name of its file.
        title: name of its sheet.
        about: what one row is.
    """

    id: str
    title: Message
    about: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def records(self) -> list[dict[str, Value]]:
        """The rows with the ids of the columns."""
        return [dict(zip((column.id for column in self.columns), row, strict=True)) for row in self.rows]
