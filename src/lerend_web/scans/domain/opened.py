"""Opened boxes as values: in memory only, mixed, and from here on without a serial."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED, AnswerBatch, Path, Reading
from lerend.model.structure import Instrument, Item
from lerend_web.urn.domain.sheet import NOT_APPLICABLE as DOES_NOT_APPLY
from lerend_web.urn.domain.sheet import RATHER_NOT_SAY, Sheet, SheetIsWrong, unpacked
from lerend_web.urn.sealing import CannotOpen, unseal

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Opened:
    """What came out of the boxes.

    Attributes:
        sheets: key group and sheet, mixed.
        damaged: boxes that these keys do not open.
        unreadable: boxes that opened but hold no sheet of this instrument.
    """

    sheets: tuple[tuple[str, Sheet], ...]
    damaged: int
    unreadable: int

    @property
    def comments(self) -> tuple[tuple[str, str], ...]:
        """What each remark is about, and the remark; mixed on their own."""
        return _mixed([(about, text) for _group, sheet in self.sheets for about, text in sheet.comments.items()])


def opened(boxes: Sequence[tuple[str, bytes]], *, holder: bytes, server: bytes, instrument: Instrument) -> Opened:
    """Open every box with both private keys, and check each sheet against the instrument again."""
    found: list[tuple[str, Sheet]] = []
    damaged = unreadable = 0
    for key_group, box in boxes:
        try:
            found.append((key_group, unpacked(unseal(box, holder=holder, server=server), instrument)))
        except CannotOpen:
            damaged += 1
        except SheetIsWrong:
            unreadable += 1
    return Opened(_mixed(found), damaged, unreadable)


def batch_of(sheets: Sequence[tuple[str, Sheet]], *, instrument: Instrument, paths: Mapping[str, Path]) -> AnswerBatch:
    """The answers as one table.

    Args:
        sheets: key group and sheet.
        instrument: its items are the columns; items outside somebody's form count as not asked.
        paths: organisation and label of each key group.
    """
    codes = np.full((len(sheets), len(instrument.items)), NOT_ASKED, dtype=np.uint8)
    places = {item.id: column for column, item in enumerate(instrument.items)}
    categories = {item.id: _codes_of(item, instrument) for item in instrument.items}
    forms = {form.id: form.items for form in instrument.forms}
    for row, (_group, sheet) in enumerate(sheets):
        for item in forms[sheet.form]:
            codes[row, places[item]] = categories[item][sheet.answers.get(item, RATHER_NOT_SAY)]
    distinct = tuple(sorted(set(paths.values())))
    group = np.array([distinct.index(paths[key_group]) for key_group, _sheet in sheets], dtype=np.int32)
    return AnswerBatch(tuple(places), codes, distinct, group, reading=_reading(codes))


def _codes_of(item: Item, instrument: Instrument) -> dict[str, int]:
    """From what a sheet says to the code in the table."""
    codes = instrument.answer_scale_of(item).codes
    ordered = reversed(codes) if item.reversed else codes
    return {
        RATHER_NOT_SAY: SKIPPED,
        DOES_NOT_APPLY: NOT_APPLICABLE,
        **{code: category for category, code in enumerate(ordered, start=1)},
    }


def _reading(codes: NDArray[np.uint8]) -> Reading:
    not_asked, skipped = int((codes == NOT_ASKED).sum()), int((codes == SKIPPED).sum())
    not_applicable = int((codes == NOT_APPLICABLE).sum())
    return Reading(
        rows=len(codes),
        people=len(codes),
        answered=codes.size - not_asked - skipped - not_applicable,
        skipped=skipped,
        not_applicable=not_applicable,
        not_asked=not_asked,
    )


def _mixed(values: Sequence[_Value]) -> tuple[_Value, ...]:
    return tuple(random.SystemRandom().sample(values, len(values)))
