"""Where the phrases of word lists stand in a comment. What a list holds is prepared once; a comment then costs little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lerend.comments.lists import GAP, WIDEST_GAP, WordList, WordLists, parts_of

OUTSIDE: Final = ""
"""Stands for what is in no model, where else the id of a scale stands."""
WEAK: Final = 0.5
MOST: Final = 3.0
"""A phrase weighs as many points as it has words, up to this: the more of it, the less by chance."""


LONGEST_WORD: Final = 40
"""Letters that are looked at: somebody's sleeve on a keyboard should cost nothing."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A phrase of a list, prepared: `weight` is 0 for one inside which nothing counts."""

    scale: str
    parts: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that stands in a comment, from word `start` up to word `end`."""

    listed: Listed
    start: int
    end: int

    def touches(self, other: Found) -> bool:
        """Whether the two share a word."""
        return self.start < other.end and other.start < self.end


class Finder:
    """Word lists, prepared for looking up."""

    def __init__(self, lists: WordLists) -> None:
        self.by_first: dict[str, list[Listed]] = defaultdict(list)
        self.stems: dict[tuple[bool, bool], dict[str, str]] = defaultdict(dict)
        self.known: dict[str, frozenset[str]] = {}
        for scale, words in (*lists.scales, (OUTSIDE, lists.outside)):
            for listed in _listed(scale, words):
                self.by_first[listed.parts[0]].append(listed)
                for part in listed.parts:
                    self.stems[part.startswith("*"), part.endswith("*")][part.strip("*")] = part

    def found_in(self, words: list[str]) -> Iterator[Found]:
        """Every phrase that stands in a comment, given as its folded words."""
        fits = [self.parts_that_fit(word) for word in words]
        for start, here in enumerate(fits):
            for part in here:
                for listed in self.by_first.get(part, ()):
                    end = _end_of(listed.parts, fits, start)
                    if end:
                        yield Found(listed, start, end)

    def parts_that_fit(self, word: str) -> frozenset[str]:
        """The parts of phrases that a word is: itself, its beginnings, its endings and its insides."""
        if word not in self.known:
            if len(self.known) > 50_000:  # a bound, for a process that reads comments for months
                self.known.clear()
            self.known[word] = frozenset(self._parts_that_fit(word))
        return self.known[word]

    def _parts_that_fit(self, word: str) -> Iterator[str]:
        word = word[:LONGEST_WORD]
        for open_ends, stems in self.stems.items():
            yield from (stems[piece] for piece in _pieces(word, open_ends) if piece in stems)


def _pieces(word: str, open_ends: tuple[bool, bool]) -> list[str]:
    """What a phrase may have between its stars, or without them, to be this word."""
    long = range(1, len(word) + 1)
    if open_ends == (True, True):
        return [word[start - 1 : end] for start in long for end in long if start <= end]
    if open_ends == (True, False):
        return [word[start - 1 :] for start in long]
    if open_ends == (False, True):
        return [word[:end] for end in long]
    return [word]


def _listed(scale: str, words: WordList) -> Iterator[Listed]:
    for phrase in words.words:
        parts = parts_of(phrase)
        yield Listed(scale, parts, min(float(sum(part != GAP for part in parts)), MOST))
    yield from (Listed(scale, parts_of(phrase), WEAK) for phrase in words.weak)
    yield from (Listed(scale, parts_of(phrase), 0.0) for phrase in words.not_words)


def _end_of(parts: tuple[str, ...], fits: list[frozenset[str]], start: int) -> int:
    """Where a phrase that begins at `start` ends; 0 when it does not go on as it should."""
    at, slack = start + 1, 0
    for part in parts[1:]:
        if part == GAP:
            slack = WIDEST_GAP
            continue
        last = min(at + slack, len(fits) - 1)
        while at <= last and part not in fits[at]:
            at += 1
        if at > last:
            return 0
        at, slack = at + 1, 0
    return at


@lru_cache(maxsize=8)
def finder_of(lists: WordLists) -> Finder:
    """The lists, prepared; kept, because the same lists are used for every comment of a round."""
    return Finder(lists)
