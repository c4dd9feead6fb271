"""A place in a file of interventions: reads what stands there as one kind of value, or notes what is wrong with it.

Where something is wrong a stand-in is returned, so that all problems of a file are found at once; nobody sees the
stand-ins, since a file with problems becomes no value.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from lerend.errors import Problem
from lerend.model.document import Document, Path
from lerend.wording import LANGUAGES, Message, Text, say

LONGEST: Final = 600
"""Characters of one text."""
LONGEST_ADDRESS: Final = 300

_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
_WHOLE: Final = re.compile(r"\d{1,9}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What stands at `path` in a document; problems of all parts of one reading gather in one list."""

    document: Document
    path: Path
    data: Any
    problems: list[Problem]

    @property
    def key(self) -> str:
        return next((part for part in reversed(self.path) if isinstance(part, str)), "file")

    def wrong(self, what: Message, mend: Message, *below: str | int) -> None:
        """Note a problem here, or at a place below."""
        self.problems.append(Problem(self.document.where((*self.path, *below)), what, mend))

    def at(self, key: str | int) -> Part:
        return Part(self.document, (*self.path, key), self.data[key], self.problems)

    def has(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def keys(self, needed: Collection[str], others: Collection[str] = ()) -> bool:
        """Whether this is a group; notes keys that are missing and keys that are not known."""
        if not isinstance(self.data, dict):
            self.wrong(
                say("{key} must be a group of keys with values.", key=self.key),
                say("Write the keys on lines of their own below it, indented two spaces further."),
            )
            return False
        for name in needed:
            if name not in self.data:
                what = say("The key {key} is missing here.", key=name)
                self.wrong(what, say("Add a line that starts with `{key}:`.", key=name))
        known = [*needed, *others]
        for name in self.data:
            if name not in known:
                self.wrong(say("The key {key} is not known here.", key=name), _nearest(name, known), name)
        return True

    def parts(self, key: str) -> Iterator[Part]:
        """The places of a list; none where the key is not there."""
        if not self.has(key):
            return
        inside = self.at(key)
        if not isinstance(inside.data, list):
            mend = say("Start each line below it with `- `, or leave the key out.")
            inside.wrong(say("{key} must be a list.", key=key), mend)
            return
        yield from (inside.at(place) for place in range(len(inside.data)))

    def text(self, key: str, *, most: int = LONGEST) -> str:
        return self.at(key).own_text(most) if self.has(key) else ""

    def own_text(self, most: int = LONGEST) -> str:
        if not isinstance(self.data, str):
            self.wrong(say("{key} must be text.", key=self.key), say("Write one text after the colon."))
            return ""
        if not self.data:
            self.wrong(say("{key} is empty.", key=self.key), say("Write a text."))
        if len(self.data) > most:
            self.wrong(say("{key} is too long.", key=self.key), say("Use at most {limit} characters.", limit=most))
        if _CONTROL.search(self.data):
            what = say("{key} holds a sign that is not allowed there.", key=self.key)
            self.wrong(what, say("Take out control characters: they come from copying."))
        return self.data

    def id(self, key: str = "id") -> str:
        name = self.text(key)
        if name and not _ID.fullmatch(name):
            what = say("{key} holds a sign that is not allowed there.", key=key)
            self.wrong(what, say("Use small letters without accents, digits, _ and -, and start with a letter."), key)
        return name

    def words(self, key: str) -> Text:
        """The text in both languages at a key."""
        return self.at(key).own_words() if self.has(key) else Text("", "")

    def own_words(self) -> Text:
        if not isinstance(self.data, dict):
            mend = say("Write `{key}: {{nl: …, en: …}}`, with a text for each language.", key=self.key)
            self.wrong(say("{key} must be there in Dutch and in English.", key=self.key), mend)
            return Text("", "")
        for language in LANGUAGES:
            if language not in self.data:
                what = say("{key} has no text in the language {language}.", key=self.key, language=language)
                self.wrong(what, say("Add a line that starts with `{key}:`.", key=language))
        for name in self.data.keys() - set(LANGUAGES):
            what = say("The key {key} is not known here.", key=name)
            self.wrong(what, _nearest(name, list(LANGUAGES)), name)
        return Text(**{language: self.text(language) for language in LANGUAGES})

    def choice(self, key: str, values: type[E]) -> E:
        """One of the values of an enumeration."""
        names = [value.value for value in values]
        name = self.text(key)
        if name and name not in names:
            what = say("{value} is not a known value of {key}.", value=name, key=key)
            self.wrong(what, say("Use one of: {values}.", values=tuple(names)), key)
        return values(name) if name in names else next(iter(values))

    def truth(self, key: str, *, otherwise: bool) -> bool:
        if not self.has(key):
            return otherwise
        name = self.text(key)
        if name not in {"true", "false"}:
            self.wrong(say("{key} must be true or false.", key=key), say("Write `true` or `false`."), key)
        return name == "true"

    def number(self, key: str, low: float, high: float) -> float | None:
        """A number between two others; None where the key is not there."""
        if not self.has(key):
            return None
        name = self.text(key)
        if not _NUMBER.fullmatch(name):
            self.wrong(say("{key} must be a number.", key=key), say("Write it with a point, such as 0.25."), key)
            return None
        return float(self._between(key, float(name), low, high))

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number between two others; None where the key is not there."""
        if not self.has(key):
            return None
        name = self.text(key)
        if not _WHOLE.fullmatch(name):
            self.wrong(say("{key} must be a whole number.", key=key), say("Write only digits, such as 3."), key)
            return None
        return int(self._between(key, int(name), low, high))

    def _between(self, key: str, value: float, low: float, high: float) -> float:
        if value < low:
            what = say("{key} is {value}, which is too low.", key=key, value=f"{value:g}")
            self.wrong(what, say("Use {limit} or more.", limit=f"{low:g}"), key)
        if value > high:
            what = say("{key} is {value}, which is too high.", key=key, value=f"{value:g}")
            self.wrong(what, say("Use {limit} or less.", limit=f"{high:g}"), key)
        return value


def _nearest(name: str, known: Collection[str]) -> Message:
    near = difflib.get_close_matches(name, list(known), n=1)
    if near:
        return say("Did you mean {key}?", key=near[0])
    return say("Take it out, or use one of: {keys}.", keys=tuple(known))
