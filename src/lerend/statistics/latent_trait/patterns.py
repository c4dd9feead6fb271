"""Answers as distinct patterns with how many people gave each: all that the likelihood needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

NOT_ANSWERED: Final = -1
_AT_A_TIME: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Distinct rows of answers; categories that nobody chose are left out, the rest moves up.

    Attributes:
        items: ids of the k columns.
        chosen: for each item the codes that occur, from low to high.
        answers: (P, k) place of each answer among `chosen`; -1 where there is none.
        people: (P,) how many gave this pattern.
        of_row: (rows,) which pattern each row is; -1 for a row without any answer.
    """

    items: tuple[str, ...]
    chosen: tuple[tuple[int, ...], ...]
    answers: NDArray[np.int16]
    people: Values
    of_row: NDArray[np.intp]

    @property
    def total(self) -> float:
        """How many people there are."""
        return float(self.people.sum())

    @property
    def complete(self) -> bool:
        """Whether everybody answered every item."""
        return bool((self.answers != NOT_ANSWERED).all())

    @property
    def starts(self) -> NDArray[np.intp]:
        """(k + 1,) where the answers of each item begin among the M answers to all items."""
        return np.cumsum([0, *map(len, self.chosen)])

    def counts(self) -> list[Values]:
        """How many people gave each answer, for each item."""
        known = self.answers != NOT_ANSWERED
        return [
            _summed(self.answers[known[:, item], item], self.people[known[:, item]], len(codes))
            for item, codes in enumerate(self.chosen)
        ]

    def blocks(self) -> Iterator[tuple[slice, Values]]:
        """A part of the patterns at a time, as (p, M) ones where an answer was given and zeros elsewhere."""
        starts = self.starts
        for begin in range(0, len(self.answers), _AT_A_TIME):
            part = slice(begin, begin + _AT_A_TIME)
            answers = self.answers[part]
            given = np.zeros((len(answers), starts[-1]))
            row, item = np.nonzero(answers != NOT_ANSWERED)
            given[row, starts[item] + answers[row, item]] = 1.0
            yield part, given


def patterns_of(
    codes: NDArray[np.uint8],
    items: Sequence[str],
    people: Values | None = None,
    *,
    chosen: Sequence[tuple[int, ...]] | None = None,
) -> Patterns:
    """Collapse rows to distinct patterns.

    Args:
        codes: (rows, k) answers from 1; 0 where there is none. Rows without any answer count for nothing.
        people: (rows,) how many people each row stands for, where rows are patterns already; one each if not given.
        chosen: codes that there are for each item; those that occur, if not given.
    """
    weight = np.ones(len(codes)) if people is None else np.asarray(people, dtype=np.float64)
    kept = (codes > 0).any(axis=1) & (weight > 0)
    if chosen is None:
        chosen = [tuple(int(code) for code in np.unique(column) if code) for column in codes[kept].T]
    distinct, place = np.unique(codes[kept], axis=0, return_inverse=True)
    answers = np.full(distinct.shape, NOT_ANSWERED, dtype=np.int16)
    for item, known in enumerate(chosen):
        found = distinct[:, item] > 0
        answers[found, item] = np.searchsorted(known, distinct[found, item])
    of_row = np.full(len(codes), -1, dtype=np.intp)
    of_row[kept] = place.ravel()
    summed = _summed(of_row[kept], weight[kept], len(distinct))
    return Patterns(tuple(items), tuple(chosen), answers, summed, of_row)


def _summed(place: NDArray[np.signedinteger], people: Values, places: int) -> Values:
    return np.bincount(place, people, minlength=places).astype(np.float64)
