"""A made-up person's answers as the form that they would send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from lerend_web.demo.domain.world import questions
from lerend_web.urn.domain.sheet import NOT_APPLICABLE as DOES_NOT_APPLY
from lerend_web.urn.domain.sheet import RATHER_NOT_SAY, Sheet

_OTHER_ANSWERS: Final = {SKIPPED: RATHER_NOT_SAY, NOT_APPLICABLE: DOES_NOT_APPLY}


def filled_in(codes: Sequence[int], *, form: str, background: Mapping[str, str]) -> Sheet:
    """The sheet of one person.

    Args:
        codes: one an item of the questionnaire, as in `AnswerBatch`.
        form: which form they had.
        background: what they say about themselves.
    """
    answers = {
        item: _OTHER_ANSWERS[code] if code in _OTHER_ANSWERS else known[code - 1]
        for (item, known), code in zip(_answer_codes(), codes, strict=True)
        if code != NOT_ASKED
    }
    return Sheet(form=form, language="nl", answers=answers, background=dict(background), comments={})


@lru_cache(maxsize=1)
def _answer_codes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Per item its id and what its answers are called, from low to high."""
    _model, instrument = questions()
    return tuple((item.id, instrument.answer_scale_of(item).codes) for item in instrument.items)
