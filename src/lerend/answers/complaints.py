"""Gathering what is wrong with cells, so that a thousand wrong cells become one clear list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.columns import limited
from lerend.answers.names import shortened
from lerend.answers.source import PROBLEMS_SHOWN, RowSource
from lerend.errors import Problem
from lerend.wording import Message, say, say_many

_EXAMPLES: Final = 3


@dataclass(slots=True)
class _Cells:
    """The unreadable cells of one column so far."""

    mend: Message
    first_line: int
    count: int = 0
    examples: list[str] = field(default_factory=list)


class Complaints:
    """What is wrong with the rows of one file so far."""

    def __init__(self, source: RowSource) -> None:
        self._source = source
        self._columns: dict[int, _Cells] = {}
        self._ragged: list[tuple[int, int]] = []
        self._ragged_count = 0

    def __bool__(self) -> bool:
        return bool(self._columns or self._ragged)

    def add_ragged(self, ragged: Sequence[tuple[int, int]]) -> None:
        self._ragged_count += len(ragged)
        self._ragged += ragged[: PROBLEMS_SHOWN + 1 - len(self._ragged)]

    def add_cells(
        self, column: int, texts: Sequence[str], lines: Sequence[int], rows: NDArray[np.intp], mend: Message
    ) -> None:
        """Cells of a column that are no answer: their positions in this piece of the file."""
        cells = self._columns.setdefault(column, _Cells(mend, lines[rows[0]]))
        cells.count += len(rows)
        for row in rows.tolist():
            if len(cells.examples) == _EXAMPLES:
                break
            if (text := shortened(texts[row])) not in cells.examples:
                cells.examples.append(text)

    def problems(self, file_name: str, *, last_line: int | None) -> list[Problem]:
        """One list, in the order of the columns; `last_line` is given when reading stopped before the end."""
        found = [self._about_row(line, cells) for line, cells in self._ragged]
        found += [self._about_cells(column, cells) for column, cells in sorted(self._columns.items())]
        shown = limited(found, file_name)
        if last_line is not None:
            what = say("The file was looked at up to line {line}.", line=last_line)
            shown.append(Problem(file_name, what, say("There may be more after it.")))
        return shown

    def _about_row(self, line: int, cells: int) -> Problem:
        width = len(self._source.header)
        what = say_many(
            "This row has {count} cell, and the header has {width}.",
            "This row has {count} cells, and the header has {width}.",
            cells,
            width=width,
        )
        mend = say(
            "Give each row as many cells as the header; put quotation marks around texts that hold the separator."
        )
        return Problem(self._source.where(line), what, mend)

    def _about_cells(self, column: int, cells: _Cells) -> Problem:
        name = shortened(self._source.header[column])
        quoted = tuple(f"“{example}”" for example in cells.examples)
        what = say_many(
            "Column {column} holds {count} cell that is no answer: {examples}.",
            "Column {column} holds {count} cells that are no answer, such as {examples}. This is the first.",
            cells.count,
            column=name,
            examples=quoted,
        )
        return Problem(self._source.where(cells.first_line, column), what, cells.mend)
