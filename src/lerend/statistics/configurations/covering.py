"""All smallest sets of primes that together hold in every row with the outcome: every tied model, not one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from lerend.errors import LerendError, Problem
from lerend.wording import say

MOST_MODELS: Final = 2_000
_MOST_STEPS: Final = 500_000


class TooManyModels(LerendError):
    """So many solutions are tied that none of them says anything."""


def smallest_covers(rows_of: Mapping[int, int], rows: int) -> tuple[tuple[int, ...], ...]:
    """Every cover with the fewest primes, whatever the number of their literals; each ascending, all in order.

    Args:
        rows_of: of each prime the rows it holds in, as bits.
        rows: the rows to cover, as bits.

    Raises:
        TooManyModels: more than `MOST_MODELS` are tied, or the search has no end.
        ValueError: the primes do not cover the rows.
    """
    if not rows:
        return ()
    alike: dict[int, list[int]] = {}
    for prime, bits in rows_of.items():
        if bits & rows:
            alike.setdefault(bits & rows, []).append(prime)
    search = _Search(tuple(alike), rows)
    models: set[tuple[int, ...]] = set()
    for cover in search.smallest():
        for chosen in product(*(alike[bits] for bits in cover)):
            models.add(tuple(sorted(chosen)))
            if len(models) > MOST_MODELS:
                raise _too_many()
    return tuple(sorted(models))


class _Search:
    """Covers of a given size, tried from the least size that could do."""

    def __init__(self, sets: Sequence[int], rows: int) -> None:
        self.sets = sets
        self.rows = rows
        self.steps = 0
        self.holding = {row: [bits for bits in sets if bits & row] for row in _single(rows)}
        if not all(self.holding.values()):
            raise ValueError("the primes do not cover the rows")
        self.largest = max(bits.bit_count() for bits in sets)

    def smallest(self) -> set[frozenset[int]]:
        size = 1
        while True:
            found = set(self._covers(self.rows, size, frozenset()))
            if found:
                return found
            size += 1

    def _covers(self, left: int, size: int, chosen: frozenset[int]) -> Iterator[frozenset[int]]:
        if not left:
            yield chosen
            return
        if left.bit_count() > size * self.largest:
            return
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _too_many()
        hardest = min(_single(left), key=lambda row: len(self.holding[row]))
        for bits in self.holding[hardest]:
            yield from self._covers(left & ~bits, size - 1, chosen | {bits})


def _single(rows: int) -> list[int]:
    found = []
    while rows:
        found.append(rows & -rows)
        rows &= rows - 1
    return found


def _too_many() -> TooManyModels:
    what = say("Very many solutions are tied, so that none of them says anything.")
    return TooManyModels([Problem("solutions", what, say("Choose fewer conditions, or a higher consistency."))])
