"""Writing made comparable: words in small letters, without accents and apostrophes, doubled consonants once.

People write on a phone, in a break: ``collegas``, ``leidingevende``, ``idees``. A doubled consonant is the commonest
mistake in Dutch and tells few words apart, so that both sides of every comparison lose it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

APOSTROPHES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`\N{ACUTE ACCENT}"

_JOINED: Final = str.maketrans("", "", APOSTROPHES)
_SIGN: Final = r"(?:[^\W_]|[\u0300-\u036f])"  # a letter or digit, or an accent that stands by itself
_WORD: Final = re.compile(rf"{_SIGN}+(?:[{APOSTROPHES}]{_SIGN}+)*")
_DOUBLED: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
_LETTERS: Final = {"ł": "l", "ı": "i", "ø": "o", "ß": "s", "đ": "d"}
_OWN_LETTERS: Final = str.maketrans(_LETTERS)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A folded word, and the characters of the text that it stands for."""

    word: str
    start: int
    end: int


def placed_words(text: str) -> list[PlacedWord]:
    """The words of a text in their order; a hyphen parts words, an apostrophe does not."""
    found = _WORD.finditer(text)
    return [PlacedWord(folded(match[0].translate(_JOINED)), match.start(), match.end()) for match in found]


def words_of(text: str) -> list[str]:
    """As `placed_words`, the words alone."""
    return [folded(word.translate(_JOINED)) for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """One word without what a hurried hand gets wrong: capitals, accents, doubled consonants."""
    return _DOUBLED.sub(r"\1", plain(word))


def plain(word: str) -> str:
    """One word in small letters, without accents."""
    small = word.casefold()
    if small.isascii():
        return small
    parts = unicodedata.normalize("NFKD", small.translate(_OWN_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(_OWN_LETTERS)
