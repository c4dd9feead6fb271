"""Marks at what may give somebody away in a comment, for whoever writes it and for the moderator who reads it.

A hint never changes a comment and never blocks one: it says *look here*. There will be marks too many and marks too few;
a human decides. What is marked is told from lists and rules that everybody can read, nothing is learned from comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.comments import patterns
from lerend.comments.finding import Found
from lerend.comments.flags import FirstNames, first_names, flag_lists
from lerend.comments.folding import APOSTROPHES, placed_words, plain
from lerend.wording import Language


class HintKind(StrEnum):
    """What a mark is about."""

    EMAIL = "email"
    URL = "url"
    IBAN = "iban"
    BSN = "bsn"
    PHONE = "phone"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    UNIQUE = "unique"
    HEALTH = "health"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Hint:
    """A mark at ``text[start:end]``."""

    kind: HintKind
    start: int
    end: int

    def touches(self, other: Hint) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


_BY_FORM: Final[tuple[tuple[HintKind, patterns.Pattern], ...]] = (
    (HintKind.EMAIL, patterns.emails),
    (HintKind.URL, patterns.urls),
    (HintKind.IBAN, patterns.ibans),
    (HintKind.DATE, patterns.dates),
    (HintKind.BSN, patterns.citizen_numbers),
    (HintKind.PHONE, patterns.phones),
    (HintKind.NUMBER, patterns.staff_numbers),
)
"""In the order in which they have the first say over the same characters."""

_NAME: Final = re.compile(rf"[^\W\d_]+(?:[-{APOSTROPHES}][^\W\d_]+)*")
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")


def hints_in(text: str, *, language: Language) -> tuple[Hint, ...]:
    """Where a human should look twice, in the order of the text.

    Args:
        text: a comment.
        language: of the phrases about health, functions and being the only one; forms and names are the same in both.
            For a comment of unknown language, ask twice and show both.
    """
    hints: list[Hint] = []
    for kind, places in _BY_FORM:
        for start, end in places(text):
            _add(hints, Hint(kind, start, end))
    for start, end in _names(text):
        _add(hints, Hint(HintKind.NAME, start, end))
    # What is told in words may lie over a name or a date: both are said.
    told: list[Hint] = []
    for hint in _told(text, language):
        if not any(hint.kind == other.kind and hint.touches(other) for other in told):
            told.append(hint)
    return tuple(sorted((*hints, *told), key=lambda hint: (hint.start, hint.end, hint.kind)))


def _add(hints: list[Hint], hint: Hint) -> None:
    if not any(hint.touches(other) for other in hints):
        hints.append(hint)


def _names(text: str) -> Iterator[tuple[int, int]]:
    known = first_names()
    found = list(_NAME.finditer(text))
    words = [plain(_APOSTROPHE.split(match[0])[0]) for match in found]
    for at, match in enumerate(found):
        before, after = (words[at - 1] if at else ""), (words[at + 1] if at + 1 < len(words) else "")
        if _is_name(words[at], match[0], known) or (
            words[at] in known.also_words and _is_person(match, text, known, before, after)
        ):
            yield match.span()


def _is_name(word: str, written: str, known: FirstNames) -> bool:
    parts = word.split("-")
    if any(part in known.names for part in parts):
        return True
    # "Karins machine", and Jan-Roos, of which one half is a word.
    genitive = written[0].isupper() and word.endswith("s") and word[:-1] in known.names
    return genitive or (len(parts) > 1 and written[0].isupper() and all(part in known.also_words for part in parts))


def _is_person(match: re.Match[str], text: str, known: FirstNames, before: str, after: str) -> bool:
    """Whether a word that is also a name stands where a person would.

    Inside a sentence a capital is enough; at its start, where everything has a capital, and in a text without any, the word
    beside it must be what a person does, or what is said of people.
    """
    starts = _starts_sentence(match.start(), text)
    if after in known.never_before or (before in known.never_after and not starts):
        return False
    capital = match[0][0].isupper() and not match[0].isupper()
    if before in known.titles or (capital and not starts):
        return True
    if not capital and plain(match[0]) in known.never_small:
        return False
    return after in known.after and (capital or before in known.before)


def _starts_sentence(start: int, text: str) -> bool:
    before = text[:start].rstrip(" \t\"'(\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")
    return not before or before[-1] in ".!?:\n\u2026-"


def _told(text: str, language: Language) -> Iterator[Hint]:
    finder, joins = flag_lists(language)
    placed = placed_words(text)
    words = [word.word for word in placed]
    by_kind: dict[str, list[Found]] = {}
    for found in sorted(finder.found_in(words), key=lambda found: (found.start, -found.end)):
        by_kind.setdefault(found.listed.scale, []).append(found)
    for kind in (HintKind.UNIQUE, HintKind.HEALTH):
        for start, end in _kept(by_kind.get(kind, [])):
            yield Hint(kind, placed[start].start, placed[end - 1].end)
    places = [*_with_place(by_kind, words, joins), *_kept(by_kind.get("function_with_place", []))]
    for start, end in places:
        yield Hint(HintKind.FUNCTION, placed[start].start, placed[end - 1].end)


def _kept(found: list[Found]) -> Iterator[tuple[int, int]]:
    """Phrases outside those inside which nothing counts."""
    never = [one for one in found if not one.listed.weight]
    for one in found:
        if one.listed.weight and not any(one.touches(other) for other in never):
            yield one.start, one.end


FURTHEST_PLACE: Final = 3
"""Words between a function and its place: ``chef van de oude hal``."""


def _with_place(by_kind: dict[str, list[Found]], words: list[str], joins: frozenset[str]) -> Iterator[tuple[int, int]]:
    places = list(_kept(by_kind.get("place", [])))
    for start, end in _kept(by_kind.get("function", [])):
        if end >= len(words) or words[end] not in joins:
            continue
        near = [place for place in places if end < place[0] <= end + FURTHEST_PLACE]
        if near:
            stop = max(near)[1]
            number = stop < len(words) and (words[stop].isdigit() or len(words[stop]) == 1)
            yield start, stop + number
