"""A key holder's key on paper: four lines to type, each with a sign that shows a mistake in that line.

A key of 256 bits is 52 signs of five bits (the last four bits are zero). A line is thirteen of them and a check: the
sum of the signs' values, each times an odd number of its place, modulo 32. One wrong sign always shows; two swapped
neighbours do unless their values are sixteen apart. `workbench/key-file.js` writes the same lines in the browser.
"""

from __future__ import annotations

from typing import Final

from lerend_web.urn.passes import ALPHABET
from lerend_web.urn.sealing import KEY_BYTES

LINES: Final = 4
SIGNS: Final = 13
"""Of the key, in each line; the check comes after them."""
_LIKE_DIGITS: Final = str.maketrans("OIL", "011")
_PADDING: Final = 4


class NoTypedKey(Exception):
    """No key that was typed from a sheet."""


class WrongLine(NoTypedKey):
    """There is a mistake in this line (the first is 1)."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def sheet_lines(private: bytes) -> tuple[str, ...]:
    """The lines of the sheet, in groups that are easy to read."""
    number = int.from_bytes(private, "big") << _PADDING
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LINES * SIGNS)))
    return tuple(_line(signs[start : start + SIGNS]) for start in range(0, len(signs), SIGNS))


def typed_key(text: str) -> bytes:
    """The private half of a key, from what was typed; spaces, dashes and small letters do not matter.

    Raises:
        WrongLine: a line holds a mistake.
        NoTypedKey: there are not four lines of fourteen signs.
    """
    typed = [line for line in text.upper().translate(_LIKE_DIGITS).splitlines() if line.strip()]
    if len(typed) == LINES:
        for number, line in enumerate(typed, start=1):
            if sum(sign.isalnum() for sign in line) != SIGNS + 1:
                raise WrongLine(number)
    signs = "".join(sign for sign in text.upper().translate(_LIKE_DIGITS) if sign.isalnum())
    if len(signs) != LINES * (SIGNS + 1):
        raise NoTypedKey
    lines = [signs[start : start + SIGNS + 1] for start in range(0, len(signs), SIGNS + 1)]
    for number, line in enumerate(lines, start=1):
        if not set(line) <= set(ALPHABET) or check_of(line[:SIGNS]) != line[SIGNS]:
            raise WrongLine(number)
    whole = 0
    for sign in "".join(line[:SIGNS] for line in lines):
        whole = whole << 5 | ALPHABET.index(sign)
    if whole & (1 << _PADDING) - 1:
        raise WrongLine(LINES)
    return (whole >> _PADDING).to_bytes(KEY_BYTES, "big")


def check_of(signs: str) -> str:
    return ALPHABET[sum((2 * place + 1) * ALPHABET.index(sign) for place, sign in enumerate(signs)) % 32]


def _line(signs: str) -> str:
    return f"{signs[:4]} {signs[4:8]} {signs[8:]} {check_of(signs)}"
