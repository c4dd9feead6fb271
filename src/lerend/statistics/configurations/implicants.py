"""All combinations of present, absent and either, over the rows of a truth table: tables that are made once a size.

With m conditions there are 2^m rows and 3^m combinations (implicants): 6,561 for eight conditions, so that primes are found
by looking at all of them at once (Quine 1952, McCluskey 1956, on bit sets).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.configurations.calibrating import Values

Flags = NDArray[np.bool_]
ABSENT: Final = 0
PRESENT: Final = 1
EITHER: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The combinations of m conditions; the first condition is the highest bit of a row, as in printed truth tables.

    Attributes:
        literals: (3^m, m) `ABSENT`, `PRESENT` or `EITHER`.
        covers: (3^m, 2^m) whether a combination holds in a row.
        words: (3^m, words) the same in bits.
        wider: (3^m, m) the combination with one condition let go; itself where that was let go already.
        rows: (2^m, m) the rows, 0 or 1.
    """

    literals: NDArray[np.int8]
    covers: Flags
    words: NDArray[np.uint64]
    wider: NDArray[np.int64]
    rows: NDArray[np.int8]

    @property
    def conditions(self) -> int:
        return int(self.rows.shape[1])


@cache
def space_of(conditions: int) -> Space:
    """The combinations of so many conditions."""
    power = 3 ** np.arange(conditions - 1, -1, -1)
    literals = ((np.arange(3**conditions)[:, None] // power) % 3).astype(np.int8)
    rows = ((np.arange(2**conditions)[:, None] >> np.arange(conditions - 1, -1, -1)) & 1).astype(np.int8)
    covers = np.ones((len(literals), len(rows)), dtype=np.bool_)
    for place in range(conditions):
        mine = literals[:, place, None]
        covers &= (mine == EITHER) | (mine == rows[:, place])
    wider = np.arange(len(literals))[:, None] + (EITHER - literals) * power
    words = in_bits(covers)
    for array in (literals, rows, covers, wider, words):
        array.setflags(write=False)  # the same tables are handed out again
    return Space(literals, covers, words, wider, rows)


def in_bits(flags: Flags) -> NDArray[np.uint64]:
    """(…, rows) flags as (…, words) of 64 bits."""
    octets = np.packbits(flags, axis=-1)
    lacking = -octets.shape[-1] % 8
    padded = np.concatenate([octets, np.zeros((*octets.shape[:-1], lacking), dtype=np.uint8)], axis=-1)
    return padded.view(np.uint64)


def primes(space: Space, forbidden: Flags, wanted: Flags) -> Flags:
    """(…, 3^m) the combinations that hold in no forbidden row, in some wanted row, and cannot be made wider.

    Args:
        forbidden, wanted: (…, 2^m); any number of truth tables at once.
    """
    allowed = ~_touching(space, forbidden)
    prime = allowed & _touching(space, wanted)
    own = np.arange(len(space.literals))
    for place in range(space.conditions):
        wider = space.wider[:, place]
        prime &= ~allowed[..., wider] | (wider == own)
    return prime


def memberships_in(memberships: Values) -> Values:
    """(cases, 3^m) how far each case belongs to each combination: the least of its parts."""
    whole = np.ones((len(memberships), 1))
    for column in memberships.T:
        parts = np.stack([1 - column, column, np.ones_like(column)], axis=1)
        whole = np.minimum(whole[:, :, None], parts[:, None, :]).reshape(len(memberships), -1)
    return whole


def expression(space: Space, place: int, conditions: tuple[str, ...]) -> str:
    """A combination in writing: ``A*~B``; ``1`` where every condition was let go."""
    parts = []
    for name, literal in zip(conditions, space.literals[place].tolist(), strict=True):
        if literal != EITHER:
            parts.append(name if literal == PRESENT else f"~{name}")
    return "*".join(parts) or "1"


def _touching(space: Space, rows: Flags) -> Flags:
    """(…, 3^m) combinations that hold in one of these rows or more."""
    bits = in_bits(rows)
    found = np.zeros((*rows.shape[:-1], len(space.literals)), dtype=np.bool_)
    for word in range(bits.shape[-1]):
        found |= (bits[..., word, None] & space.words[:, word]) != 0
    return found
