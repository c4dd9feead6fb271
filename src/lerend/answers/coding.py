"""From what a cell says to the code of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from lerend.answers.conventions import Convention
from lerend.answers.names import plain, squeezed
from lerend.answers.source import ColumnFacts
from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from lerend.model.structure import AnswerScale

UNREADABLE: Final = 253
"""Neither an answer nor a known way to give none."""
_REMEMBERED: Final = 10_000
_EMPTY: Final = frozenset(["", "na", "nan", "null", "none", "#n/a", "#null!", "."])
_DOES_NOT_APPLY: Final = frozenset(["n/a", "n.v.t.", "nvt", "not applicable", "niet van toepassing"])
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{0,9})?")
_NUMBER_AND_LABEL: Final = re.compile(r"([+-]?\d{1,3})\s*[.:;=)\-–—]?\s*(\D.*)", re.DOTALL)


class AnswerWords:
    """All ways in which a file may write the answers of one answer scale.

    Tried in this order: the codes of the scale and its codes for *not applicable*; the labels in Dutch and English;
    what the survey program writes; a number equal to a code (``4``, ``4.0``, ``4,0``); a place in a list of answers
    (``A4``); a label, letters and digits only (``strongly_agree``); number and label together (``4 - Agree``); at last
    the usual ways to write nothing and *not applicable*.
    """

    def __init__(self, scale: AnswerScale, convention: Convention) -> None:
        self._convention = convention
        self._categories = len(scale.labels)
        self.by_place = False
        self._words = dict.fromkeys(convention.skipped, SKIPPED) | dict.fromkeys(convention.not_asked, NOT_ASKED)
        self._labels: dict[str, int] = {}
        if scale.not_applicable is not None:
            self._add_label((scale.not_applicable.nl, scale.not_applicable.en), NOT_APPLICABLE)
        for category, label in enumerate(scale.labels, start=1):
            self._add_label((label.nl, label.en), category)
        self._words |= {plain(code): NOT_APPLICABLE for code in scale.not_applicable_codes}
        self._words |= {plain(code): category for category, code in enumerate(scale.codes, start=1)}
        self._numbers = {_number(word): code for word, code in self._words.items() if _number(word) is not None}

    def _add_label(self, texts: Sequence[str], code: int) -> None:
        for text in texts:
            self._words[plain(text)] = code
            if squeezed(text):
                self._labels[squeezed(text)] = code

    def code_of(self, text: str) -> int:
        """1 to A from low to high, SKIPPED, NOT_APPLICABLE, NOT_ASKED or UNREADABLE."""
        word = plain(text)
        if word in self._words:
            return self._words[word]
        if word in _EMPTY:
            return SKIPPED
        number = _number(word)
        if number is not None:
            return self._numbers.get(number, UNREADABLE)
        code = self._placed(word) or self._labels.get(squeezed(word)) or self._number_and_label(word)
        return code or (NOT_APPLICABLE if word in _DOES_NOT_APPLY else UNREADABLE)

    def _placed(self, word: str) -> int | None:
        place = self._convention.place_of(word)
        if place is None or place > self._categories:
            return None
        self.by_place = True
        return place

    def _number_and_label(self, word: str) -> int | None:
        both = _NUMBER_AND_LABEL.fullmatch(word)
        if both is None:
            return None
        code = self._labels.get(squeezed(both[2]))
        return code if code is not None and self._numbers.get(_number(both[1]), code) == code else None


def _number(word: str) -> Decimal | None:
    return Decimal(word.replace(",", ".")) if _NUMBER.fullmatch(word) else None


class ColumnCoder(dict[str, int]):
    """The codes of the texts in one column; each distinct text is looked at once."""

    def __init__(self, words: AnswerWords, *, categories: int, reversed_item: bool, facts: ColumnFacts) -> None:
        super().__init__()
        self._words = words
        self._categories = categories
        self._reversed = reversed_item
        self._facts = facts

    def __missing__(self, text: str) -> int:
        code = self._turned(self._code_of(text))
        if len(self) < _REMEMBERED:
            self[text] = code
        return code

    def codes(self, column: Sequence[str]) -> bytes:
        """One byte for each text."""
        return bytes(map(self.__getitem__, column))

    def _code_of(self, text: str) -> int:
        """The words that a file itself puts behind a value say more than the value."""
        label = self._facts.labels.get(text)
        if label is not None and (code := self._words.code_of(label)) != UNREADABLE:
            return code
        code = self._words.code_of(text)
        return SKIPPED if code != NOT_APPLICABLE and text in self._facts.missing else code

    def _turned(self, code: int) -> int:
        return self._categories + 1 - code if self._reversed and 1 <= code <= self._categories else code
