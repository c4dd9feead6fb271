r"""Drawing lots so that anybody can do it again, with no software of ours.

**The ticket** of a name is the SHA-256 of three lines: the seed, the block, the name (UTF-8, joined by single line breaks,
no break at the end), written as 64 hexadecimal digits. **The order** is that of the tickets, lowest first. A terminal
gives the same ticket: ``printf '%s\n%s\n%s' SEED BLOCK NAME | sha256sum``. **The coin** of a block is heads where the
ticket of the name ``coin`` starts with an even digit.

Nothing depends on the order in which teams were entered, or on a version of a library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

ALGORITHM: Final = "sha256-order-1"
"""Named in every plan, so that an old lot can be drawn again after the rule has changed."""
COIN: Final = "coin"


def ticket(seed: str, block: str, name: str) -> str:
    """The 64 hexadecimal digits that decide the place of a name in its block."""
    return hashlib.sha256(f"{seed}\n{block}\n{name}".encode()).hexdigest()


def drawn(seed: str, block: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names in the order in which they are drawn."""
    return tuple(sorted(names, key=lambda name: (ticket(seed, block, name), name)))


def heads(seed: str, block: str) -> bool:
    """A fair coin, for whoever is left over."""
    return int(ticket(seed, block, COIN)[0], 16) % 2 == 0
