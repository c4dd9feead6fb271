"""Comparing names that people typed: of columns, answers and groups."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Final

_LOOK_AT_MOST: Final = 500


def plain(text: str) -> str:
    """Without capitals, outer spaces and double spaces."""
    return " ".join(text.split()).casefold()


def squeezed(text: str) -> str:
    """Letters and digits only, without accents: ``Zeer mee eens!`` and ``zeer_mee_eens`` become the same."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """At most three of the names that look like this one, best first."""
    by_plain = {plain(other)[:80]: other for other in islice(names, _LOOK_AT_MOST) if other.strip()}
    return tuple(by_plain[match] for match in difflib.get_close_matches(plain(name), by_plain, n=3, cutoff=0.5))


def shortened(text: str, length: int = 40) -> str:
    """One line of at most `length` signs, to quote in a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
