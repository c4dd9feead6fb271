"""Under which factor a comment belongs, by the words in it; and *unsure* where the words do not say.

The rule: phrases give points (`finding`), those that share a word with a longer one of the same list do not count. The
list with most points wins when it has at least one and a half and no other as many. One word alone is a guess: *elke week
een cursus, prachtig* is about liking to learn. Everything else is left to a human, with the best guess beside it. What a comment is about is sorted, never how it sounds: sarcasm keeps its subject.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lerend.comments.finding import OUTSIDE, Found, finder_of
from lerend.comments.folding import words_of
from lerend.comments.lists import WordList, WordLists, join_word_lists
from lerend.comments.packaged import packaged_word_lists
from lerend.comments.reading import WordListsAreWrong, read_word_lists
from lerend.comments.writing import write_word_lists

__all__ = [
    "Sorted",
    "WordList",
    "WordLists",
    "WordListsAreWrong",
    "join_word_lists",
    "packaged_word_lists",
    "read_word_lists",
    "sort_comment",
    "sort_comments",
    "write_word_lists",
]

ENOUGH: Final = 1.5
"""Points: a phrase of two words, or a word and a weak one. On new comments one word alone was wrong as often as right."""
FEWEST_WORDS: Final = 3
"""A comment of fewer words in which nothing is found (``niks``, ``prima``) is about nothing in the model."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where a comment was sorted.

    Attributes:
        factor: id of the factor or outcome; when not `sure`, the best guess. None: about nothing in the model (when
            `sure`), or no guess.
        others: ids of what else it may be about, most points first.
        sure: whether the words say so. When not, a human sorts it.
    """

    factor: str | None
    others: tuple[str, ...]
    sure: bool


def sort_comment(text: str, lists: WordLists) -> Sorted:
    """Where a comment belongs, by the words of `lists` that are in it."""
    words = words_of(text)
    points = _points(list(finder_of(lists).found_in(words)))
    ordered = sorted(points, key=lambda scale: (-points[scale], scale))
    if not ordered:
        return Sorted(None, (), sure=len(words) < FEWEST_WORDS)
    best = points[ordered[0]]
    if len(ordered) > 1 and points[ordered[1]] == best:
        return Sorted(None, _named(ordered), sure=False)
    return Sorted(ordered[0] or None, _named(ordered[1:]), sure=best >= ENOUGH)


def sort_comments(texts: Iterable[str], lists: WordLists) -> tuple[Sorted, ...]:
    """As `sort_comment`, for all comments of a round."""
    return tuple(sort_comment(text, lists) for text in texts)


def _named(scales: Sequence[str]) -> tuple[str, ...]:
    return tuple(scale for scale in scales if scale != OUTSIDE)


def _points(found: Sequence[Found]) -> dict[str, float]:
    """Points per scale; the same phrase twice counts once."""
    by_scale: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        by_scale[one.listed.scale].append(one)
    points = {scale: _points_of(all_of_it) for scale, all_of_it in by_scale.items()}
    return {scale: value for scale, value in points.items() if value}


def _points_of(found: Sequence[Found]) -> float:
    taken = [one for one in found if not one.listed.weight]
    total, counted = 0.0, set()
    # Down to the letters of the phrase, so that the same comment is sorted the same way every time.
    for one in sorted(found, key=lambda one: (-one.listed.weight, one.start, one.end, one.listed.parts)):
        if one.listed.weight and not any(one.touches(other) for other in taken):
            taken.append(one)
            if one.listed.parts not in counted:
                counted.add(one.listed.parts)
                total += one.listed.weight
    return total
