"""A comment cut into pieces, with what a moderator should look at twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lerend.comments.hints import Hint, hints_in
from lerend.comments.telling import told
from lerend.wording import LANGUAGES
from lerend_web.instruments.domain.faults import language


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; `numbers` are those of the marks that lie over it, none where there is nothing to see."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What to look at: the words, and what they look like."""

    number: int
    words: str
    says: str


@dataclass(frozen=True, slots=True)
class Marked:
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]


def marked(text: str) -> Marked:
    """The whole text with its marks; nobody knows the language of a comment, so both are looked through."""
    hints = sorted(
        {hint for spoken in LANGUAGES for hint in hints_in(text, language=spoken)},
        key=lambda hint: (hint.start, hint.end, hint.kind),
    )
    numbered = list(enumerate(hints, start=1))
    marks = tuple(
        Mark(number, text[hint.start : hint.end], told(hint.kind).in_language(language())) for number, hint in numbered
    )
    return Marked(_pieces(text, numbered), marks)


def _pieces(text: str, numbered: list[tuple[int, Hint]]) -> tuple[Piece, ...]:
    ends = sorted({0, len(text), *(end for _number, hint in numbered for end in (hint.start, hint.end))})
    return tuple(
        Piece(text[start:end], tuple(number for number, hint in numbered if hint.start <= start and end <= hint.end))
        for start, end in pairwise(ends)
    )
