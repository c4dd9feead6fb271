"""From pieces of a file to batches of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lerend.answers.coding import UNREADABLE, AnswerWords, ColumnCoder
from lerend.answers.columns import Plan, instrument_names
from lerend.answers.complaints import Complaints
from lerend.answers.conventions import Convention
from lerend.answers.forms import UNKNOWN, form_numbers, mark_not_asked, membership
from lerend.answers.names import plain
from lerend.answers.reasons import NO_ANSWERS, NOTHING_READABLE, WRONG_LENGTH
from lerend.answers.source import Piece, RowSource
from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED, AnswerBatch, Path, Reading
from lerend.model.structure import Instrument
from lerend.wording import Message, say, say_many

_PATHS_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The coded rows of one piece; group paths still one by one."""

    codes: NDArray[np.uint8]
    paths: list[Path]
    leads: NDArray[np.bool_] | None
    reading: Reading


@dataclass(slots=True)
class _Groups:
    """Group names as they are shown: without outer spaces, otherwise kept literally."""

    labels: list[dict[str, str]]
    known: dict[tuple[str, ...], Path] = field(default_factory=dict)

    def path(self, cells: tuple[str, ...]) -> Path:
        path = self.known.get(cells)
        if path is None:
            named = (labels.get(cell, cell) for labels, cell in zip(self.labels, cells, strict=True))
            path = tuple(" ".join(name.split()) for name in named)
            if len(self.known) < _PATHS_REMEMBERED:
                self.known[cells] = path
        return path


class Coder:
    """Codes pieces of one file by its plan, and remembers what there is to say about them."""

    def __init__(
        self, source: RowSource, plan: Plan, instrument: Instrument, convention: Convention, leader: str | None
    ) -> None:
        self.complaints = Complaints(source)
        self.items = instrument_names(instrument)
        self._plan = plan
        self._source = source
        self._place = {column: place for place, column in enumerate(plan.wanted)}
        self._leader = None if leader is None else plain(leader)
        self._groups = _Groups([dict(source.facts(column).labels) for column in plan.groups])
        self._member = membership(instrument)
        self._absent = np.array([column is None for column in plan.items], dtype=np.bool_)
        self._form_numbers = form_numbers(instrument)
        self._words = {scale.id: AnswerWords(scale, convention) for scale in instrument.answer_scales}
        self._coders, self._mends = self._make_coders(instrument)
        self._without_group: Counter[int] = Counter()
        self._leaders_found = 0

    def _make_coders(self, instrument: Instrument) -> tuple[list[ColumnCoder | None], list[Message]]:
        coders: list[ColumnCoder | None] = []
        mends: list[Message] = []
        for item, column in zip(instrument.items, self._plan.items, strict=True):
            scale = instrument.answer_scale_of(item)
            mends.append(say("Allowed are: {codes}, or the labels of the answers.", codes=scale.codes))
            coders.append(
                None
                if column is None
                else ColumnCoder(
                    self._words[scale.id],
                    categories=len(scale.labels),
                    reversed_item=item.reversed,
                    facts=self._source.facts(column),
                )
            )
        return coders, mends

    def rows(self, piece: Piece) -> Rows:
        """The people in a piece; rows without any answer are left out and counted."""
        self.complaints.add_ragged(piece.ragged)
        codes = self._coded(piece)
        mark_not_asked(codes, member=self._member, absent=self._absent, form=self._forms(piece))
        unreadable = codes == UNREADABLE
        codes[unreadable] = SKIPPED
        keep = ((codes != SKIPPED) & (codes != NOT_ASKED)).any(axis=1)
        no_sense = ~keep & unreadable.any(axis=1)
        left_out = {
            NO_ANSWERS: int((~keep).sum() - no_sense.sum()),
            NOTHING_READABLE: int(no_sense.sum()),
            WRONG_LENGTH: len(piece.ragged),
        }
        leads = self._leads(piece)
        kept = np.flatnonzero(keep).tolist()
        paths = self._paths(piece)
        if len(kept) < len(paths):
            codes, unreadable, paths = codes[keep], unreadable[keep], [paths[row] for row in kept]
            leads = None if leads is None else leads[keep]
        self._count(paths, leads)
        rows = len(piece.lines) + len(piece.ragged)
        return Rows(codes, paths, leads, _reading_of(codes, rows, left_out, int(unreadable.sum())))

    def _coded(self, piece: Piece) -> NDArray[np.uint8]:
        """(people, items), laid out by item, as the cells come."""
        n = len(piece.lines)
        columns = [None if column is None else piece.columns[self._place[column]] for column in self._plan.items]
        coded = b"".join(
            bytes(n) if texts is None or coder is None else coder.codes(texts)
            for texts, coder in zip(columns, self._coders, strict=True)
        )
        codes = np.frombuffer(bytearray(coded), dtype=np.uint8).reshape(len(self.items), n).T
        unreadable = codes == UNREADABLE
        for place in np.flatnonzero(unreadable.any(axis=0)).tolist():
            column, texts = self._plan.items[place], columns[place]
            if column is not None and texts is not None:
                rows = np.flatnonzero(unreadable[:, place])
                self.complaints.add_cells(column, texts, piece.lines, rows, self._mends[place])
        return codes

    def _forms(self, piece: Piece) -> NDArray[np.int64] | None:
        column = self._plan.form
        if column is None:
            return None
        texts = piece.columns[self._place[column]]
        forms = np.array([self._form_numbers.get(plain(text), UNKNOWN - 1) for text in texts], dtype=np.int64)
        wrong = np.flatnonzero(forms < UNKNOWN)
        if len(wrong):
            allowed = tuple(name for name, number in self._form_numbers.items() if name and number >= 0)
            mend = say("Allowed are: {forms}. Or rename the column, if it is about something else.", forms=allowed)
            self.complaints.add_cells(column, texts, piece.lines, wrong, mend)
        return np.maximum(forms, UNKNOWN)

    def _paths(self, piece: Piece) -> list[Path]:
        if not self._plan.groups:
            return [()] * len(piece.lines)
        columns = [piece.columns[self._place[column]] for column in self._plan.groups]
        return list(map(self._groups.path, zip(*columns, strict=True)))

    def _leads(self, piece: Piece) -> NDArray[np.bool_] | None:
        column = self._plan.leaders
        if column is None or self._leader is None:
            return None
        labels = self._source.facts(column).labels
        texts = piece.columns[self._place[column]]
        says = {text: self._leader in {plain(text), plain(labels.get(text, ""))} for text in set(texts)}
        return np.array([says[text] for text in texts], dtype=np.bool_)

    def _count(self, paths: Sequence[Path], leads: NDArray[np.bool_] | None) -> None:
        for path, people in Counter(paths).items():
            for place, name in enumerate(path):
                self._without_group[place] += people if not name else 0
        self._leaders_found += 0 if leads is None else int(leads.sum())

    def notes(self) -> tuple[Message, ...]:
        """What was found on the way: people without a group, nobody who leads, answers read by their place."""
        notes = []
        for place, people in sorted(self._without_group.items()):
            if people:
                column = self._source.header[self._plan.groups[place]]
                notes.append(
                    say_many(
                        "{count} person has an empty cell in column {column}.",
                        "{count} people have an empty cell in column {column}.",
                        people,
                        column=column,
                    )
                )
        if self._leader is not None and self._plan.leaders is not None and not self._leaders_found:
            column = self._source.header[self._plan.leaders]
            notes.append(say("Nobody has {value} in column {column}.", value=self._leader, column=column))
        if any(words.by_place for words in self._words.values()):
            notes.append(say("Answer codes such as A1 were read from low to high: check that A1 is the lowest answer."))
        return tuple(notes)


def _reading_of(codes: NDArray[np.uint8], rows: int, left_out: dict[str, int], unreadable: int) -> Reading:
    not_applicable = int(np.count_nonzero(codes == NOT_APPLICABLE))
    not_asked = int(np.count_nonzero(codes == NOT_ASKED))
    nothing = int(np.count_nonzero(codes == SKIPPED))
    return Reading(
        rows=rows,
        people=len(codes),
        left_out={reason: count for reason, count in left_out.items() if count},
        answered=codes.size - not_applicable - not_asked - nothing,
        skipped=nothing - unreadable,
        not_applicable=not_applicable,
        not_asked=not_asked,
        unreadable=unreadable,
    )


def batch_of(parts: Sequence[Rows], items: tuple[str, ...], *, with_leads: bool) -> AnswerBatch:
    """One batch from the rows of several pieces."""
    numbers: dict[Path, int] = {}
    groups = [numbers.setdefault(path, len(numbers)) for path in _all_paths(parts)]
    codes = [part.codes for part in parts]
    leads = [part.leads for part in parts if part.leads is not None]
    empty = np.empty((0, len(items)), dtype=np.uint8)
    return AnswerBatch(
        items=items,
        codes=np.concatenate([empty, *codes]),
        paths=tuple(numbers),
        group=np.array(groups, dtype=np.int32),
        leads=np.concatenate([np.empty(0, dtype=np.bool_), *leads]) if with_leads else None,
        reading=sum((part.reading for part in parts), Reading()),
    )


def _all_paths(parts: Sequence[Rows]) -> Iterator[Path]:
    for part in parts:
        yield from part.paths
