"""Between values and what JSON holds. The types of the fields say how to read them back.

A field that has its default is left out. A dataclass is an object, a tuple a list, an enumeration its value. A sentence is
``{"say": template, "with": {name: value}}``, and for one and many also ``plural`` and ``count``; a value in it that differs
by language is ``{"nl": …, "en": …}``.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from lerend.wording import Message, Text


def plain(value: Any) -> Any:
    """What JSON can hold of a value."""
    if isinstance(value, Message):
        return _plain_message(value)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    kind: Any = type(value)
    return {name: plain(part) for name, usual in _usuals(kind) if (part := getattr(value, name)) != usual}


def read(kind: Any, content: Any) -> Any:
    """The value of a type.

    Raises:
        ValueError: the content is not of that type.
    """
    if kind is Message:
        return _read_message(content)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _read_one_of(arguments, content)
    if origin is tuple:
        return _read_tuple(arguments, content)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_of(str, key): read(arguments[1], part) for key, part in _of(dict, content).items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(content)
    if hasattr(kind, "__dataclass_fields__"):
        return _read_fields(kind, _of(dict, content))
    return float(content) if kind is float and type(content) is int else _of(kind, content)


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(kind) if field.init)


@cache
def _usuals(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Every field with the value at which it is left out."""
    return tuple((field.name, _usual(field)) for field in _fields(kind))


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _usual(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _of(kind: Any, content: Any) -> Any:
    if type(content) is not kind:
        raise ValueError(f"{content!r:.40} is no {kind.__name__}")
    return content


def _read_fields(kind: Any, content: dict[str, Any]) -> Any:
    names = {field.name for field in _fields(kind)}
    unknown = content.keys() - names
    if unknown:
        raise ValueError(f"{min(unknown)!r:.40} is no part of a {kind.__name__}")
    missing = {f.name for f in _fields(kind) if _usual(f) is MISSING} - content.keys()
    if missing:
        raise ValueError(f"{min(missing)} is missing")
    return kind(**{name: read(_kinds(kind)[name], part) for name, part in content.items()})


def _read_one_of(kinds: tuple[Any, ...], content: Any) -> Any:
    """The only union types here are a type or None, and a number of people or a band."""
    if content is None and type(None) in kinds:
        return None
    possible = [kind for kind in kinds if kind is not type(None)]
    simple = [kind for kind in possible if type(content) is kind]
    if simple:
        return content
    return read(next(kind for kind in possible if len(possible) == 1 or hasattr(kind, "__dataclass_fields__")), content)


def _read_tuple(kinds: tuple[Any, ...], content: Any) -> tuple[Any, ...]:
    parts = _of(list, content)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(read(kinds[0], part) for part in parts)
    if len(parts) != len(kinds):
        raise ValueError(f"{len(parts)} values stand where {len(kinds)} belong")
    return tuple(read(kind, part) for kind, part in zip(kinds, parts, strict=True))


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
