"""Which signs can be printed: the fonts that come with the typesetter hold Latin, Greek and Cyrillic letters.

A sign that no font holds stops the making of an accessible PDF. So such a sign in a name (an emoji, another script) is
printed as an open square, and the report is still made.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SQUARE: Final = "\N{WHITE SQUARE}"
_LETTERS: Final = ((0x0020, 0x04FF), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x2040))
_OTHERS: Final = frozenset("€№™←↑→↓−≈≠≤≥✓•" + SQUARE)


def with_signs_of_the_fonts(text: str) -> str:
    """The text with a square for each sign that cannot be printed; accents that make no letter of ours are left out."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    return "".join(_sign(sign) for sign in composed)


def _sign(sign: str) -> str:
    if unicodedata.category(sign).startswith("M"):
        return ""
    if sign in _OTHERS or any(low <= ord(sign) <= high for low, high in _LETTERS):
        return sign
    return SQUARE
