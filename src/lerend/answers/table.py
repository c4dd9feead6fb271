"""The table of answers as it travels: batches of people, one byte an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Path: TypeAlias = tuple[str, ...]

SKIPPED: Final = 0
"""Asked, not answered."""
NOT_APPLICABLE: Final = 254
"""Answered with *does not apply*: never scored."""
NOT_ASKED: Final = 255
"""Not on this person's form: missing by design."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the rows of a file; readings of batches add up. Nothing is dropped without a line here."""

    rows: int = 0
    people: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Rows that are not in the table, counted by reason code (see `reading.REASONS`)."""
    answered: int = 0
    skipped: int = 0
    not_applicable: int = 0
    not_asked: int = 0
    unreadable: int = 0
    """Answers left out because they are no code or label of the item (only when the caller allowed that)."""

    def __add__(self, other: Reading) -> Reading:
        reasons = sorted({*self.left_out, *other.left_out})
        return Reading(
            rows=self.rows + other.rows,
            people=self.people + other.people,
            left_out={r: self.left_out.get(r, 0) + other.left_out.get(r, 0) for r in reasons},
            answered=self.answered + other.answered,
            skipped=self.skipped + other.skipped,
            not_applicable=self.not_applicable + other.not_applicable,
            not_asked=self.not_asked + other.not_asked,
            unreadable=self.unreadable + other.unreadable,
        )


@dataclass(frozen=True, slots=True, eq=False)
class AnswerBatch:
    """Some people's answers.

    Attributes:
        items: ids of the columns.
        codes: (people, items) uint8; 1 to A from low to high (reversed items already turned), else SKIPPED,
            NOT_APPLICABLE or NOT_ASKED.
        paths: the distinct groups in this batch, from the outside in, such as ``("Company 3", "Team 2")``.
        group: (people,) int32, index into `paths`.
        leads: (people,) bool, who leads people; None when the file does not say.
        reading: what was read to get these rows.
    """

    items: tuple[str, ...]
    codes: NDArray[np.uint8]
    paths: tuple[Path, ...]
    group: NDArray[np.int32]
    leads: NDArray[np.bool_] | None = None
    reading: Reading = Reading()

    def select(self, chosen: NDArray[np.bool_]) -> AnswerBatch:
        """The batch with only the chosen people; the reading stays that of the whole."""
        leads = None if self.leads is None else self.leads[chosen]
        return AnswerBatch(self.items, self.codes[chosen], self.paths, self.group[chosen], leads, self.reading)


def joined(batches: Sequence[AnswerBatch]) -> AnswerBatch:
    """The batches of one file as one; who leads people is known where every batch knows it."""
    paths = tuple(sorted({path for batch in batches for path in batch.paths}))
    place = {path: row for row, path in enumerate(paths)}
    group = [np.array([place[path] for path in batch.paths], dtype=np.int32)[batch.group] for batch in batches]
    leads = [batch.leads for batch in batches if batch.leads is not None]
    return AnswerBatch(
        items=batches[0].items,
        codes=np.concatenate([batch.codes for batch in batches]),
        paths=paths,
        group=np.concatenate(group),
        leads=np.concatenate(leads) if len(leads) == len(batches) else None,
        reading=sum((batch.reading for batch in batches), Reading()),
    )
