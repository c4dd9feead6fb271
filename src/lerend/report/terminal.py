"""The diagnosis for a terminal: the answer in five sentences and one table; and a line that tells how far reading is."""

from __future__ import annotations

import textwrap
import time
from dataclasses import dataclass, field
from typing import Final, TextIO

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis
from lerend.model.structure import OrganisationModel
from lerend.report.focus import focus_on
from lerend.report.rows import Row, rows_of
from lerend.report.visible import visible
from lerend.report.warnings import warnings_of
from lerend.report.words import LEVELS, spoken, whole
from lerend.wording import Language, say

_LEAST_NAME: Final = 16
_SECONDS_BETWEEN: Final = 0.2


def terminal_table(
    diagnosis: Diagnosis, model: OrganisationModel, language: Language, width: int, *, unit: Path | None = None
) -> str:
    """What the report says, in lines of at most `width` signs (40 and up); ends without a line break.

    Raises:
        KeyError: when no unit has this path.
    """
    seen = visible(diagnosis)
    focus = focus_on(seen, unit)
    warnings = [f"! {spoken(message, language)}" for message in warnings_of(seen)]
    title = ": ".join(filter(None, (LEVELS[focus.unit.level].in_language(language), focus.unit.label)))
    said = [spoken(message, language) for message in focus.unit.headline]
    if focus.unit.hidden is not None:
        said = [spoken(focus.unit.hidden, language)]
    numbered = [line for place, sentence in enumerate(said, 1) for line in _numbered(place, sentence, width)]
    lines = [*warnings, title, "", *numbered]
    if focus.unit.hidden is None:
        lines += ["", *_table(rows_of(focus.unit, model, language), language, width)]
    return "\n".join(piece for line in lines for piece in _fitted(line, width))


def _numbered(place: int, sentence: str, width: int) -> list[str]:
    return textwrap.wrap(sentence, width, initial_indent=f"{place}. ", subsequent_indent="   ")


def _fitted(line: str, width: int) -> list[str]:
    return [line] if len(line) <= width else textwrap.wrap(line, width)


def _table(rows: tuple[Row, ...], language: Language, width: int) -> list[str]:
    heads = (say("Topic"), say("Score 1–5"), say("95 %"), say("Most room"), say("People"))
    cells = [tuple(head.in_language(language) for head in heads), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    widths[0] = max(min(widths[0], width - sum(widths[1:]) - 8), _LEAST_NAME)
    drawn = [line for row in cells for line in _lines(row, widths)]
    rule = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * min(sum(widths) + 8, width)
    heading = len(_lines(cells[0], widths))
    return [*drawn[:heading], rule, *drawn[heading:], *_legend(rows, language)]


def _cells(row: Row) -> tuple[str, ...]:
    if row.score is None:
        return row.name, "", row.instead, row.band_text if row.band else "", row.people
    mark = " ~" if row.can_be_chance else "  "
    return row.name, row.score_text, row.interval_text + mark, row.band_text, row.people


def _lines(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    """One row; a long name goes on below."""
    first, *more = textwrap.wrap(cells[0], widths[0]) or [""]
    parts = [
        first.ljust(widths[0]),
        cells[1].rjust(widths[1]),
        cells[2].ljust(widths[2]),
        cells[3].ljust(widths[3]),
        cells[4].rjust(widths[4]),
    ]
    return ["  ".join(parts).rstrip(), *(f"  {line}" for line in more)]


def _legend(rows: tuple[Row, ...], language: Language) -> list[str]:
    if not any(row.can_be_chance for row in rows):
        return []
    return ["", say("~ the difference with the own mean can be chance").in_language(language)]


@dataclass(slots=True)
class ProgressLine:
    """Tells on one line how many people were read; says nothing where nobody watches (a file, a pipe).

    Call it with the number of people so far and, where known, the share of the file (0 to 1); `close` wipes the line.
    """

    stream: TextIO
    language: Language
    _written: int = field(default=0, init=False)
    _last: float = field(default=0.0, init=False)

    def __call__(self, people: int, share: float | None = None) -> None:
        now = time.monotonic()
        if not self.stream.isatty() or now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        self._write(self._words(people, share))

    def close(self) -> None:
        if self._written:
            self._write("")
            self.stream.write("\r")
            self.stream.flush()
            self._written = 0

    def _words(self, people: int, share: float | None) -> str:
        if share is None:
            return spoken(say("{people} people read", people=whole(people)), self.language)
        percent = round(100 * min(share, 1.0))
        return spoken(say("{people} people read, {percent} %", people=whole(people), percent=percent), self.language)

    def _write(self, words: str) -> None:
        self.stream.write("\r" + words.ljust(self._written))
        self.stream.flush()
        self._written = len(words)
