"""Missing by design told from skipped.

A cell without an answer is *not asked* when its column is not in the file, or when the person met a form that lacks the
item; else it is *skipped*. Which form a person met is what the column ``form`` says. Where a file has none, it is taken
to be the smallest form that holds all items which the person answered. Nobody's answers change by this, only the count
of skipped items; somebody who stopped early may be counted with a shorter form than was shown. When no form holds all
the answered items, every empty cell counts as skipped.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.names import plain
from lerend.answers.table import NOT_ASKED, SKIPPED
from lerend.model.structure import Instrument

UNKNOWN: Final = -1


def membership(instrument: Instrument) -> NDArray[np.bool_]:
    """(forms, items): which form holds which item; without forms, one form that holds all."""
    if not instrument.forms:
        return np.ones((1, len(instrument.items)), dtype=np.bool_)
    return np.array([[item.id in set(form.items) for item in instrument.items] for form in instrument.forms])


def form_numbers(instrument: Instrument) -> dict[str, int]:
    """The number of a form by its id and its names, without capitals; empty stands for unknown."""
    numbers = {"": UNKNOWN}
    for number, form in enumerate(instrument.forms):
        numbers |= dict.fromkeys(map(plain, (form.name.nl, form.name.en)), number)
    return numbers | {plain(form.id): number for number, form in enumerate(instrument.forms)}


def mark_not_asked(
    codes: NDArray[np.uint8],
    *,
    member: NDArray[np.bool_],
    absent: NDArray[np.bool_],
    form: NDArray[np.int64] | None,
) -> None:
    """Turn SKIPPED into NOT_ASKED where the item was not asked, in place.

    Args:
        codes: (people, items).
        member: (forms, items), which form holds which item.
        absent: (items,), whether the file has no column for the item.
        form: (people,) the form that each person met, UNKNOWN where the file does not say; None when it never does.
    """
    codes[:, absent] = NOT_ASKED
    if member.all():
        return
    rows = np.flatnonzero((codes == SKIPPED).any(axis=1))
    if not len(rows):
        return
    some = codes[rows]
    met = _smallest_fitting(some, member)
    if form is not None:
        met = np.where(form[rows] == UNKNOWN, met, form[rows])
    lacking = ~member[met] & (met != UNKNOWN)[:, np.newaxis]
    some[(some == SKIPPED) & lacking] = NOT_ASKED
    codes[rows] = some


def _smallest_fitting(codes: NDArray[np.uint8], member: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(people,): the smallest form with all answered items, the first of equals; UNKNOWN where there is none."""
    answered = ((codes != SKIPPED) & (codes != NOT_ASKED)).astype(np.float32)
    order = np.argsort(member.sum(axis=1), kind="stable")
    fits = answered @ (~member[order]).T.astype(np.float32) == 0
    met: NDArray[np.int64] = order[fits.argmax(axis=1)]
    met[~fits.any(axis=1)] = UNKNOWN
    return met
