"""The lists behind the hints, read from the package's own data files: first names, and what tells who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from lerend.comments.finding import Finder
from lerend.comments.folding import plain
from lerend.comments.lists import WordList, WordLists
from lerend.comments.packaged import packaged_text
from lerend.model.document import document_of
from lerend.wording import Language


@dataclass(frozen=True, slots=True)
class FirstNames:
    """First names, in small letters without accents.

    Attributes:
        names: of which it is clear that they are one, however written.
        also_words: that are a word as well (Mark, Roos, Wil): these need more than their letters.
        before: words after which one of those is a person: ``met``, ``collega``.
        after: words before which it is: ``zegt``, ``heeft``.
        never_before: words before which it is none: ``Mark my words``.
        never_after: words after which it is none: ``in May``.
        never_small: those that are one with a capital only: ``wil``, ``dan``.
        titles: words after which one is always a person: ``meneer``, ``heet``.
    """

    names: frozenset[str]
    also_words: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    never_before: frozenset[str]
    never_after: frozenset[str]
    never_small: frozenset[str]
    titles: frozenset[str]


@cache
def first_names() -> FirstNames:
    """The names of ``flags/names.yaml``."""
    data = _data("names.yaml")
    every = {plain(name) for names in data["names"].values() for name in names}
    words = _plain(data["also_words"])
    beside = (_plain(data[key]) for key in ("before", "after", "never_before", "never_after", "never_small", "titles"))
    return FirstNames(frozenset(every - words), words, *beside)


@cache
def flag_lists(language: Language) -> tuple[Finder, frozenset[str]]:
    """The phrases of ``flags/<language>.yaml`` under their kind, and the words that join a function and a place."""
    data = _data(f"{language}.yaml")
    kinds = ("unique", "health", "function", "place", "function_with_place")
    lists = tuple((kind, WordList(tuple(data[kind]), (), tuple(data.get(f"not_{kind}", ())))) for kind in kinds)
    return Finder(WordLists((language,), "", lists, WordList(()))), _plain(data["joins"])


def _data(name: str) -> Any:
    return document_of(packaged_text(f"flags/{name}").encode(), name).data


def _plain(words: list[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)
