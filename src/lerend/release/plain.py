"""Between values and what JSON holds. The types of the fields say how to read them back.

A field that has its default is left out. A dataclass is an object, a tuple a list, an enumeration its value. A sentence is
``{"say": template, "with": {name: value}}``, and for one and many also ``plural`` and ``count``; a value in it that differs
by language is ``{"nl": …, "en": …}``.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from lerend.wording import Message, Text

_SIMPLE = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """What JSON can hold of a value."""
    kind: Any = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple:
        return [plain(part) for part in value]
    if isinstance(value, Message):
        return _plain_message(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    return {name: plain(part) for name, usual in _usuals(kind) if (part := getattr(value, name)) != usual}


def read(kind: Any, content: Any) -> Any:
    """The value of a type.

    Raises:
        ValueError: the content is not of that type.
    """
    return _reader(kind)(content)


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:
    """How values of a type are read. A release has a hundred thousand values of some tens of types."""
    if kind is Message:
        return _read_message
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _reader_of_one(arguments)
    if origin is tuple:
        return _reader_of_tuple(arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return lambda content: {_of(str, key): read(arguments[1], part) for key, part in _of(dict, content).items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if hasattr(kind, "__dataclass_fields__"):
        return lambda content: _read_fields(kind, _of(dict, content))
    if kind is float:
        return lambda content: float(content) if type(content) is int else _of(float, content)
    return lambda content: _of(kind, content)


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(kind) if field.init)


@cache
def _usuals(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Every field with the value at which it is left out."""
    return tuple((field.name, _usual(field)) for field in _fields(kind))


@cache
def _readers(kind: Any) -> dict[str, Reader]:
    kinds = get_type_hints(kind)
    return {field.name: _reader(kinds[field.name]) for field in _fields(kind)}


@cache
def _needed(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in _fields(kind) if _usual(field) is MISSING)


def _usual(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _of(kind: Any, content: Any) -> Any:
    if type(content) is not kind:
        raise ValueError(f"{content!r:.40} is no {kind.__name__}")
    return content


def _read_fields(kind: Any, content: dict[str, Any]) -> Any:
    readers = _readers(kind)
    unknown = content.keys() - readers.keys()
    if unknown:
        raise ValueError(f"{min(unknown)!r:.40} is no part of a {kind.__name__}")
    missing = _needed(kind) - content.keys()
    if missing:
        raise ValueError(f"{min(missing)} is missing")
    return kind(**{name: readers[name](part) for name, part in content.items()})


def _reader_of_one(kinds: tuple[Any, ...]) -> Reader:
    """The only union types here are a type or None, and a number of people or a band."""
    possible = [kind for kind in kinds if kind is not type(None)]
    rest = _reader(next(kind for kind in possible if len(possible) == 1 or hasattr(kind, "__dataclass_fields__")))
    as_they_are = frozenset(kinds)

    def one(content: Any) -> Any:
        return content if type(content) in as_they_are else rest(content)

    return one


def _reader_of_tuple(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        part = _reader(kinds[0])
        return lambda content: tuple(map(part, _of(list, content)))
    readers = tuple(map(_reader, kinds))

    def together(content: Any) -> tuple[Any, ...]:
        parts = _of(list, content)
        if len(parts) != len(readers):
            raise ValueError(f"{len(parts)} values stand where {len(readers)} belong")
        return tuple(reader(part) for reader, part in zip(readers, parts, strict=True))

    return together


def _plain_message(message: Message) -> dict[str, Any]:
    said: dict[str, Any] = {"say": message.template}
    if message.values:
        said["with"] = {name: plain(value) for name, value in message.values}
    if message.count is not None:
        said |= {"plural": message.plural, "count": message.count}
    return said


def _read_message(content: Any) -> Message:
    said = _of(dict, content)
    values = tuple((name, _read_value(value)) for name, value in _of(dict, said.get("with", {})).items())
    count = said.get("count")
    return Message(
        _of(str, said["say"]), values, _of(str, said.get("plural", "")), None if count is None else _of(int, count)
    )


def _read_value(content: Any) -> Any:
    if isinstance(content, list):
        return tuple(_read_value(part) for part in content)
    if isinstance(content, dict):
        return _read_message(content) if "say" in content else Text(_of(str, content["nl"]), _of(str, content["en"]))
    if type(content) in (str, int, float):
        return content
    raise ValueError(f"{content!r:.40} is no value of a sentence")
