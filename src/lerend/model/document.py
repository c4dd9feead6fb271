"""A YAML or JSON file as plain text values, with the line and the span that each of them has in the file.

Every scalar is read as text (`shape` gives it its type), so that ``no``, ``on`` and ``1`` are never surprises. The file is
read from the event stream, not by PyYAML's composer: depth, aliases and size stay bounded whatever the file holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeAlias

import yaml

from lerend.errors import ModelIsWrong, Problem
from lerend.wording import Message, say

Path: TypeAlias = tuple[str | int, ...]

LARGEST: Final = 5_000_000
"""Bytes; the packaged files are a fiftieth of this."""
DEEPEST: Final = 20
"""Levels of nesting; the formats use eight."""

Event: TypeAlias = Any
"""One of PyYAML's events. Its stubs leave out what scalars hold and allow marks to be missing, which parsed ones never do."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: its line (of its key, where it has one), counted from 1, and its characters."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds.

    Attributes:
        name: what problems call the file.
        source: the text of the file, without byte order mark.
        digest: SHA-256 of the bytes of the file.
        data: dictionaries, lists and stripped text.
        spans: per path (keys and list positions) where the value stands.
        problems: what is wrong without knowing what the file is for: keys that are there twice.
    """

    name: str
    source: str
    digest: str
    data: Any
    spans: Mapping[Path, Span]
    problems: tuple[Problem, ...]

    def line(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest thing around it that the file has."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans[path].line if path in self.spans else 1

    def where(self, path: Path) -> str:
        return f"{self.name}:{self.line(path)}"


def document_of(content: bytes, name: str) -> Document:
    """The document in the bytes of a file.

    Raises:
        ModelIsWrong: too large, too deep, not UTF-8, not YAML, or with anchors, aliases, tags or a second document.
    """
    source = _text_of(content, name)
    builder = _Builder(name)
    try:
        data = builder.document(iter(yaml.parse(source, Loader=_Loader)))
    except yaml.YAMLError as error:
        raise ModelIsWrong([_broken(error, name, source)]) from error
    return Document(name, source, hashlib.sha256(content).hexdigest(), data, builder.spans, tuple(builder.problems))


def _text_of(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        what = say("This file holds more than {limit} MB.", limit=LARGEST // 1_000_000)
        raise ModelIsWrong([Problem(name, what, say("Check that this is a model or a questionnaire."))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what = say("This file is not text in UTF-8.")
        raise ModelIsWrong([Problem(f"{name}:{line}", what, say("Save it as UTF-8 in a text editor."))]) from error


def _broken(error: yaml.YAMLError, name: str, source: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    line = 1
    if mark is not None:
        line = min(mark.line, source.rstrip().count("\n")) + 1
    elif isinstance(position, int):
        line = source[:position].count("\n") + 1
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
    return Problem(
        f"{name}:{line}",
        say("This cannot be read as YAML ({reason}).", reason=str(reason)),
        say("Look at the indentation, the quotes and the colons on this line and the one above it."),
    )


class _Builder:
    """Turns events into values, and keeps the span of every value."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.spans: dict[Path, Span] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Event]) -> Any:
        next(events)
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            what = say("This file is empty.")
            raise ModelIsWrong([Problem(self.name, what, say("Check that this is the right file."))])
        data = self.value(next(events), events, (), None)
        next(events)
        event = next(events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.refuse(event, say("A second document starts here."), say("Put it in a file of its own."))
        return data

    def value(self, event: Event, events: Iterator[Event], path: Path, key: Event | None) -> Any:
        self.accept(event, path)
        start = event.start_mark
        result: Any
        if isinstance(event, yaml.MappingStartEvent):
            result, end = self.mapping(events, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            result, end = self.sequence(events, path)
        else:
            result, end = event.value.strip(), event.end_mark
        line = (start if key is None else key.start_mark).line + 1
        self.spans[path] = Span(line, start.index, end.index)
        return result

    def mapping(self, events: Iterator[Event], path: Path) -> tuple[dict[str, Any], Any]:
        result: dict[str, Any] = {}
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                return result, key.end_mark
            self.accept(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                self.refuse(key, say("A key cannot be a list or a group."), say("Write a word before the colon."))
            name = key.value
            if name in result:
                what = say("The key {key} is there twice in the same group.", key=name)
                self.problems.append(Problem(self.at(key), what, say("Keep one of the two.")))
            result[name] = self.value(next(events), events, (*path, name), key)
        raise AssertionError("the parser ends every mapping")

    def sequence(self, events: Iterator[Event], path: Path) -> tuple[list[Any], Any]:
        result: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return result, event.end_mark
            result.append(self.value(event, events, (*path, len(result)), None))
        raise AssertionError("the parser ends every sequence")

    def accept(self, event: Event, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mend = say("Write the text out in full at each place.")
            self.refuse(event, say("Anchors (&) and aliases (*) are not used in these files."), mend)
        if getattr(event, "tag", None):
            mend = say("Leave the tag out, or put the text in quotes.")
            self.refuse(event, say("Tags (!) are not used in these files."), mend)
        if len(path) > DEEPEST:
            mend = say("Check that this is a model or a questionnaire.")
            self.refuse(event, say("This file is nested more than {limit} levels deep.", limit=DEEPEST), mend)

    def refuse(self, event: Event, what: Message, mend: Message) -> NoReturn:
        raise ModelIsWrong([Problem(self.at(event), what, mend)])

    def at(self, event: Event) -> str:
        return f"{self.name}:{event.start_mark.line + 1}"
