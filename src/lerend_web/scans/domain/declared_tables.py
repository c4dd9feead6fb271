"""Tables by background question: declared in the promise, computed once at closing, and kept only if the gate takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch
from lerend.diagnosis.freezing_tables import FrozenTables, freeze_tables
from lerend.diagnosis.gated import forms_of, gated
from lerend.model.structure import Instrument, Question
from lerend.release.plain import plain, read
from lerend.statistics.frozen import FrozenStatistics
from lerend_web.urn.domain.sheet import Sheet

NOT_SAID = "not_said"
"""The option of whoever would rather not say; they are in no category."""


def declared_questions(instrument: Instrument) -> tuple[Question, ...]:
    """The menu: the background questions with options, each by itself, never two together."""
    return tuple(question for question in instrument.background if question.options)


def chosen_by(sheets: Sequence[tuple[str, Sheet]], instrument: Instrument) -> dict[Question, list[str]]:
    """Per declared question what each person chose, in the order of the sheets; empty for nothing."""
    return {
        question: [_said(sheet.background.get(question.id, "")) for _group, sheet in sheets]
        for question in declared_questions(instrument)
    }


def frozen_tables(
    batch: AnswerBatch,
    frozen: FrozenStatistics,
    chosen: Mapping[Question, Sequence[str]],
    *,
    instrument: Instrument,
    who: NDArray[np.bool_],
) -> dict[str, Any]:
    """The tables that may be kept, as JSON holds them; empty where there are none.

    Args:
        batch: who answered something.
        frozen: the sums of the same people.
        chosen: of everybody, also who answered nothing.
        who: which of everybody are in `batch`.
    """
    kept = {question: np.array(options, dtype=object)[who].tolist() for question, options in chosen.items()}
    asked = {question: options for question, options in kept.items() if any(options)}
    if not asked:
        return {}
    found = freeze_tables(batch, gated(frozen, parts=forms_of(instrument)), asked, k=frozen.k)
    content: dict[str, Any] = plain(found) if found.rows else {}
    return content


def tables_in(content: Mapping[str, Any]) -> FrozenTables | None:
    """The value that was kept."""
    if not content:
        return None
    found: FrozenTables = read(FrozenTables, content)
    return found


def _said(option: str) -> str:
    return "" if option == NOT_SAID else option
