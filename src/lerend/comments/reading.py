"""An edited file of word lists becomes a value here, or a list of everything that is wrong with it, line by line."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Any, Final

from lerend.comments.lists import GAP, WordList, WordLists, parts_of
from lerend.errors import LerendError, ModelIsWrong, Problem
from lerend.model.document import Document, Path, document_of
from lerend.model.structure import OrganisationModel
from lerend.wording import LANGUAGES, Language, Message, say

KIND: Final = "word-lists"
OUTSIDE_KEY: Final = "outside"
LONGEST: Final = 80
"""Characters of a phrase."""
MOST_PHRASES: Final = 10_000
SHORTEST_STEM: Final = 3
"""Letters beside a ``*``: two letters begin hundreds of words."""
MOST_PROBLEMS: Final = 50

_FIELDS: Final = {"words": "words", "weak": "weak", "not": "not_words"}
_KEYS: Final = ("kind", "language", "model", "factors", OUTSIDE_KEY)
_STARRED: Final = re.compile(r"\*?[^\W_]+\*?")


class WordListsAreWrong(LerendError):
    """A file of word lists says something that cannot be."""


def read_word_lists(text: str, model: OrganisationModel, *, name: str = "words.yaml") -> WordLists:
    """The word lists in a file, checked against the model whose factors they are for.

    Args:
        text: of the file, as `write_word_lists` writes it (YAML).
        model: a list for something that it does not measure is refused.
        name: what problems call the file.

    Raises:
        WordListsAreWrong: with every problem, each with its line and how to mend it.
    """
    try:
        document = document_of(text.encode("utf-8"), name)
    except ModelIsWrong as error:
        raise WordListsAreWrong(error.problems) from error
    reader = _Reader(document, model)
    lists = reader.lists()
    if reader.problems:
        raise WordListsAreWrong(_in_order(reader.problems))
    return lists


def _in_order(problems: list[tuple[int, Problem]]) -> list[Problem]:
    ordered = [problem for _, problem in sorted(problems, key=lambda pair: pair[0])]
    if len(ordered) <= MOST_PROBLEMS:
        return ordered
    more = Problem(ordered[0].where.split(":")[0], say("There are more problems than these."), say("Mend these first."))
    return [*ordered[:MOST_PROBLEMS], more]


@dataclass
class _Reader:
    document: Document
    model: OrganisationModel
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    places: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)

    def wrong(self, path: Path, what: Message, mend: Message) -> None:
        self.problems.append((self.document.line(path), Problem(self.document.where(path), what, mend)))

    def lists(self) -> WordLists:
        self.problems += [(0, problem) for problem in self.document.problems]
        data = self.group((), self.document.data)
        self.known_keys((), data, _KEYS)
        if data.get("kind") != KIND:
            what = say("The file does not say that it holds word lists.")
            self.wrong(("kind",), what, say("Write `kind: {kind}` on the first line.", kind=KIND))
        language = self.language(data)
        self.own_model(data)
        factors = self.group(("factors",), data.get("factors", {}))
        scales = tuple(
            (scale, self.word_list(("factors", scale), words))
            for scale, words in factors.items()
            if self.is_scale(scale)
        )
        outside = self.word_list((OUTSIDE_KEY,), data[OUTSIDE_KEY]) if OUTSIDE_KEY in data else WordList(())
        self.not_empty(scales)
        return WordLists((language,), self.model.reference, scales, outside)

    def group(self, path: Path, data: Any) -> dict[str, Any]:
        if isinstance(data, dict):
            return data
        mend = say("Write the keys on lines of their own below it, indented two spaces further.")
        if path:
            self.wrong(path, say("{key} must be a group of keys with values.", key=str(path[-1])), mend)
        else:
            self.wrong(
                path, say("This file holds no word lists."), say("Start from the lists that come with the platform.")
            )
        return {}

    def known_keys(self, path: Path, data: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                mend = _nearest(key, known) or say("Take it out, or use one of: {keys}.", keys=known)
                self.wrong((*path, key), say("The key {key} is not known here.", key=key), mend)

    def language(self, data: dict[str, Any]) -> Language:
        for language in LANGUAGES:
            if data.get("language") == language:
                return language
        what = say("The file does not say which language its words are in.")
        self.wrong(("language",), what, say("Write `language: nl` or `language: en` near the top."))
        return "en"

    def own_model(self, data: dict[str, Any]) -> None:
        if data.get("model") != self.model.reference:
            what = say("These lists are not for the model {model}.", model=self.model.reference)
            mend = say(
                "Check that each factor still means the same, then write `model: {model}` near the top.",
                model=self.model.reference,
            )
            self.wrong(("model",), what, mend)

    def is_scale(self, id: str) -> bool:
        if id in self.model.scales:
            return True
        if any(factor.id == id for factor in self.model.factors):
            what = say("The model does not measure {id}, so comments are not sorted under it either.", id=id)
            self.wrong(("factors", id), what, say("Take this list out."))
            return False
        what = say("There is no factor or outcome called {id} in the model {model}.", id=id, model=self.model.reference)
        mend = _nearest(id, self.model.scales) or say("Use one of: {keys}.", keys=self.model.scales)
        self.wrong(("factors", id), what, mend)
        return False

    def word_list(self, path: Path, data: Any) -> WordList:
        group = self.group(path, data)
        self.known_keys(path, group, tuple(_FIELDS))
        phrases = {name: self.phrases((*path, key), group.get(key, [])) for key, name in _FIELDS.items()}
        if not phrases["words"] and isinstance(data, dict):
            self.wrong(path, say("{key} has no words.", key=str(path[-1])), say("Add words to it, or take it out."))
        return WordList(**phrases)

    def phrases(self, path: Path, data: Any) -> tuple[str, ...]:
        if not isinstance(data, list):
            mend = say("Start each line below it with `- `, or leave the key out.")
            self.wrong(path, say("{key} must be a list.", key=str(path[-1])), mend)
            return ()
        kept = []
        for number, phrase in enumerate(data):
            problem = _problem_of(phrase)
            if problem is not None:
                self.wrong((*path, number), *problem)
            elif self.is_new((*path, number), phrase):
                kept.append(phrase)
        return tuple(kept)

    def is_new(self, path: Path, phrase: str) -> bool:
        """Whether the phrase stands nowhere else; inside which nothing counts may be the same for several factors."""
        place = tuple(str(part) for part in path[:-1]) if path[-2] == "not" else ()
        key = (*place, "|", *parts_of(phrase))
        if key not in self.places:
            self.places[key] = (str(path[-3]), self.document.line(path))
            return True
        other, line = self.places[key]
        what = say("{word} is there twice: also under {other}, line {line}.", word=phrase, other=other, line=line)
        self.wrong(path, what, say("Keep it where it says most, or make it part of a longer phrase."))
        return False

    def not_empty(self, scales: tuple[tuple[str, WordList], ...]) -> None:
        if not scales and not self.problems:
            mend = say("Start from the lists that come with the platform.")
            self.wrong(("factors",), say("This file holds no word lists."), mend)
        if len(self.places) > MOST_PHRASES:
            what = say("There are more than {limit} words and phrases.", limit=MOST_PHRASES)
            self.wrong(("factors",), what, say("Use `*` for the endings of a word, and take out what is rare."))


def _nearest(word: str, known: tuple[str, ...]) -> Message | None:
    near = difflib.get_close_matches(word, known, n=1)
    return say("Did you mean {key}?", key=near[0]) if near else None


def _problem_of(phrase: Any) -> tuple[Message, Message] | None:
    """What is wrong with a phrase, and how to mend it."""
    if not isinstance(phrase, str):
        return say("This is not a word or a phrase."), say("Write one text on the line, in quotes.")
    if len(phrase) > LONGEST:
        what = say("This phrase is longer than {limit} characters.", limit=LONGEST)
        return what, say("Keep the words that matter and put `...` between them.")
    parts = parts_of(phrase)
    words = [part for part in parts if part != GAP]
    if not words or GAP in (parts[0], parts[-1]):
        return say("{word} has no word at its start or its end.", word=phrase or "“”"), say("Write a word there.")
    odd = next((word for word in words if not _STARRED.fullmatch(word)), None)
    if odd is not None:
        what = say("{word} holds a sign that never matches.", word=odd)
        return what, say("Use letters and digits, `*` at the start or the end of a word, and `...` between words.")
    short = next((word for word in words if "*" in word and len(word.strip("*")) < SHORTEST_STEM), None)
    if short is not None:
        what = say("{word} would match far too much.", word=short)
        return what, say("Give at least {limit} letters beside the `*`.", limit=SHORTEST_STEM)
    return None
