"""Opening a file of answers, whatever its format, and reading it in batches.

`open_answers` looks at the header and matches it to an instrument; `AnswerFile.batches` reads the rows. All formats
share one path: a source of rows as text (`source`), columns matched to items (`columns`), texts to codes (`coding`),
missing by design told from skipped (`forms`), people gathered into batches (`people`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lerend.answers.columns import Plan, plan_of
from lerend.answers.conventions import Convention
from lerend.answers.detection import convention_of, open_source
from lerend.answers.people import Coder, Rows, batch_of
from lerend.answers.reasons import REASONS
from lerend.answers.source import Progress, RowSource, wrong
from lerend.answers.table import AnswerBatch
from lerend.errors import AnswersAreWrong
from lerend.model.structure import Instrument
from lerend.wording import Message, say

__all__ = ["REASONS", "AnswerFile", "open_answers"]


@dataclass(slots=True, eq=False)
class AnswerFile:
    """A file of answers whose header has been matched; the rows are read by `batches`.

    Attributes:
        format: ``csv``, ``xlsx`` or ``sav``, or with the survey program that made it: ``limesurvey csv``,
            ``xlsform xlsx``.
        size: of the file, in bytes.
        items: ids of the items that the file has a column for.
    """

    path: Path
    format: str
    size: int
    items: tuple[str, ...]
    _source: RowSource
    _plan: Plan
    _instrument: Instrument
    _convention: Convention
    _leader: str | None
    _leave_out_unreadable: bool
    _batch_people: int
    _found: tuple[Message, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, as the file has them."""
        return tuple(self._source.header)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What there is to say about the file; complete once `batches` has come to its end."""
        return (*self._source.notes(), *self._plan.notes, *self._found)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, read in pieces."""
        with self.path.open("rb") as binary:
            return hashlib.file_digest(binary, "sha256").hexdigest()

    def batches(self, progress: Progress | None = None) -> Iterator[AnswerBatch]:
        """The people in the file, at most `batch_people` at a time; memory does not grow with the file.

        Args:
            progress: called with the fraction that has been read (0 to 1) after each piece of the file.

        Raises:
            AnswersAreWrong: cells that are no answer, rows longer or shorter than the header (both after at most one
                batch, with all that was found until then), or no row with any answer.
        """
        coder = Coder(self._source, self._plan, self._instrument, self._convention, self._leader)
        rows = people = 0
        for parts in self._in_batches(coder, progress):
            batch = batch_of(parts, coder.items, with_leads=self._plan.leaders is not None)
            rows += batch.reading.rows
            people += batch.reading.people
            yield batch
        self._found = coder.notes()
        if not people:
            raise self._nobody(rows)

    def _in_batches(self, coder: Coder, progress: Progress | None) -> Iterator[list[Rows]]:
        parts: list[Rows] = []
        held = 0
        for piece in self._source.pieces(self._plan.wanted, at_most=self._batch_people):
            rows = coder.rows(piece)
            if progress is not None:
                progress(piece.fraction)
            if held and held + len(rows.codes) > self._batch_people:
                last_line = piece.lines[-1] if piece.fraction < 1 and len(piece.lines) else None
                self._complain(coder, last_line)
                yield parts
                parts, held = [], 0
            parts.append(rows)
            held += len(rows.codes)
        self._complain(coder, None)
        if parts:
            yield parts

    def _complain(self, coder: Coder, last_line: int | None) -> None:
        if coder.complaints and not self._leave_out_unreadable:
            raise AnswersAreWrong(coder.complaints.problems(self.path.name, last_line=last_line))

    def _nobody(self, rows: int) -> AnswersAreWrong:
        if rows == 0:
            what = say("The file has a header and no rows.")
        else:
            what = say("None of the {rows} rows holds an answer that can be read.", rows=rows)
        return wrong(self.path, what, say("Check that this is the file with the answers, and export it again."))


def open_answers(
    path: Path | str,
    *,
    instrument: Instrument,
    by: tuple[str, ...] = ("company", "team"),
    leaders: tuple[str, str] | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    leave_out_unreadable: bool = False,
    batch_people: int = 50_000,
) -> AnswerFile:
    """Open a file of answers and match its columns to an instrument.

    Args:
        path: CSV (comma, semicolon or tab), XLSX or SPSS; also as exported by LimeSurvey, KoboToolbox or ODK.
        by: the columns that hold the groups, from the outside in.
        leaders: the column that tells who leads people, and the value that means yes.
        mapping: item or group id → column, for names that do not match by themselves.
        sheet: of a workbook; the first one with anything in it unless said.
        leave_out_unreadable: leave out, and count, what is otherwise an error: cells that are no answer, and rows that
            are longer or shorter than the header.
        batch_people: the most people in a batch.

    Raises:
        AnswersAreWrong: with everything that is wrong with the file and its header.
    """
    if batch_people < 1:
        raise ValueError("batch_people must be at least 1")
    path = Path(path)
    source = open_source(path, sheet=sheet)
    if not any(source.header):
        raise wrong(path, say("The file has no header with the names of the columns."), say("Export it again."))
    convention = convention_of(source.header)
    plan = plan_of(
        source.header,
        file_name=path.name,
        instrument=instrument,
        by=by,
        leaders=leaders[0] if leaders else None,
        mapping=mapping or {},
        convention=convention,
    )
    return AnswerFile(
        path=path,
        format=f"{convention.name} {source.format}".strip(),
        size=path.stat().st_size,
        items=tuple(item.id for item, column in zip(instrument.items, plan.items, strict=True) if column is not None),
        _source=source,
        _plan=plan,
        _instrument=instrument,
        _convention=convention,
        _leader=leaders[1] if leaders else None,
        _leave_out_unreadable=leave_out_unreadable,
        _batch_people=batch_people,
    )
