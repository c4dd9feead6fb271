"""Word lists as a file that a person can edit and that can be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from lerend.comments.lists import WordList, WordLists
from lerend.comments.reading import KIND, OUTSIDE_KEY

_EXPLAINED: Final = """\
# Words by which comments are sorted under the factors and outcomes of the model. Edit them, and upload the file.
#
# words: each counts for one. weak: for a half; one and a half is enough to be sure. not: inside these nothing counts.
# outside: what is in no model.
# A phrase of two words weighs as much as two words. `*` stands for any letters at the start or the end of a word, `...`
# for at most four words in between. Capitals, accents, apostrophes and doubled consonants make no difference.
# Keep the quotes.
"""


def write_word_lists(lists: WordLists) -> str:
    """The text of a file with lists of one language, that `read_word_lists` turns into the same value.

    Raises:
        ValueError: the lists are of several languages (`join_word_lists`), which no file holds.
    """
    if len(lists.languages) != 1:
        raise ValueError("a file holds word lists of one language")
    lines = [f"kind: {KIND}", f"language: {lists.languages[0]}", f"model: {lists.model}", "factors:"]
    for scale, words in lists.scales:
        lines += [f"  {scale}:", *_lines(words, "    ")]
    if lists.outside.words:
        lines += [f"{OUTSIDE_KEY}:", *_lines(lists.outside, "  ")]
    return _EXPLAINED + "\n".join(lines) + "\n"


def _lines(words: WordList, indent: str) -> Iterator[str]:
    for key, phrases in (("words", words.words), ("weak", words.weak), ("not", words.not_words)):
        if phrases:
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {json.dumps(phrase, ensure_ascii=False)}" for phrase in phrases)
