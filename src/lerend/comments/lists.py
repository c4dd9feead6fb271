"""Word lists: per factor the words that comments about it hold. A programme may edit them.

A *phrase* is one word or several. ``*`` at the start or the end of a word stands for any letters, ``...`` between words
for at most four words. Capitals, accents, apostrophes and doubled consonants make no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend.comments.folding import APOSTROPHES, folded
from lerend.wording import Language

GAP: Final = "..."
"""Stands for words that do not matter, between two that do."""
WIDEST_GAP: Final = 4
"""Words; a sentence on the shop floor has some ten, so that two ends of one thought are rarely further apart."""


@dataclass(frozen=True, slots=True)
class WordList:
    """What comments about one factor hold.

    Attributes:
        words: phrases, each worth as many points as it has words.
        weak: phrases worth half a point: they make another one sure, and alone are a guess.
        not_words: phrases inside which nothing counts: ``drukwerk`` is not about being busy.
    """

    words: tuple[str, ...]
    weak: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLists:
    """The word lists of a model, in one language or several.

    Attributes:
        languages: of the words.
        model: reference of the model whose factors and outcomes these are, such as ``lerend@1``.
        scales: per factor or outcome id its list.
        outside: words for what is in no model, such as pay and parking: a comment about that is sorted as such.
    """

    languages: tuple[Language, ...]
    model: str
    scales: tuple[tuple[str, WordList], ...]
    outside: WordList

    def of(self, scale: str) -> WordList:
        """The list of a scale; an empty one when nobody wrote any."""
        return dict(self.scales).get(scale, WordList(()))


def parts_of(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, with the ``*`` and ``...`` that are in it; what equals means the same phrase."""
    joined = "".join(sign for sign in phrase if sign not in APOSTROPHES)
    spaced = joined.replace(GAP, f" {GAP} ").replace("-", " ")
    return tuple(part if part == GAP else folded(part) for part in spaced.split())


def join_word_lists(one: WordLists, *others: WordLists) -> WordLists:
    """Lists of the same model in several languages as one, for comments of which nobody knows the language.

    Comments are detached from whoever wrote them, and with that from the language of the page.
    """
    every = (one, *others)
    names = dict.fromkeys(scale for lists in every for scale, _ in lists.scales)
    return WordLists(
        tuple(dict.fromkeys(language for lists in every for language in lists.languages)),
        one.model,
        tuple((name, _together([lists.of(name) for lists in every])) for name in names),
        _together([lists.outside for lists in every]),
    )


def _together(lists: list[WordList]) -> WordList:
    return WordList(
        tuple(dict.fromkeys(word for one in lists for word in one.words)),
        tuple(dict.fromkeys(word for one in lists for word in one.weak)),
        tuple(dict.fromkeys(word for one in lists for word in one.not_words)),
    )
