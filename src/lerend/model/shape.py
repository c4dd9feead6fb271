"""Whether a document has the form that the JSON Schemas describe, and its values in the types that they ask for."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any, Final

from lerend.errors import Problem
from lerend.model.document import Document, Path
from lerend.wording import Message, say

MOST_PROBLEMS: Final = 200
"""A file with more than these is wrong as a whole; naming a million lines helps nobody."""
KINDS: Final = {"model": "model.schema.json", "instrument": "instrument.schema.json"}

_WHOLE_NUMBER: Final = re.compile(r"[+-]?\d{1,15}")
_NUMBER: Final = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})")
_TRUTH: Final = {"true": True, "false": False}


@cache
def schema(name: str) -> dict[str, Any]:
    """One of the schemas in the folder ``schema``, by file name."""
    content: dict[str, Any] = json.loads((resources.files("lerend.model") / "schema" / name).read_bytes())
    return content


def kind_of(document: Document) -> str | None:
    """``model``, ``instrument``, or None when the document says neither."""
    kind = document.data.get("kind") if isinstance(document.data, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else None


def typed(document: Document) -> Any:
    """The values of a document that says its kind: numbers and truth values where the schema asks for them.

    Text that is no number where one is asked for stays text, and `shape_problems` says so.
    """
    name = KINDS[kind_of(document) or "model"]
    return _typed(document.data, schema(name), name)


def _typed(value: Any, rule: Any, file: str) -> Any:
    rule, file = _resolved(rule, file)
    if isinstance(value, dict):
        properties, others = rule.get("properties", {}), rule.get("additionalProperties") or {}
        return {key: _typed(part, properties.get(key, others), file) for key, part in value.items()}
    if isinstance(value, list):
        return [_typed(part, rule.get("items", {}), file) for part in value]
    return _scalar(value, rule.get("type"))


def _resolved(rule: Any, file: str) -> tuple[dict[str, Any], str]:
    if not isinstance(rule, dict):
        return {}, file
    while "$ref" in rule:
        other, _, name = rule["$ref"].partition("#/$defs/")
        file = other or file
        rule = schema(file)["$defs"][name]
    return rule, file


def _scalar(text: str, kind: str | None) -> str | int | float | bool:
    if kind == "integer" and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if kind == "number" and _NUMBER.fullmatch(text):
        return float(text)
    if kind == "boolean":
        return _TRUTH.get(text.lower(), text)
    return text


def shape_problems(document: Document) -> tuple[Problem, ...]:
    """What the schema of its kind does not allow in the document, in the order of its lines.

    At most `MOST_PROBLEMS` are named, and then that there are more.
    """
    kind = kind_of(document)
    if kind is None:
        return (*document.problems, _no_kind(document))
    told = (told for error in _errors(typed(document), KINDS[kind]) for told in _told(error))
    found = list(islice(told, MOST_PROBLEMS + 1))
    named = sorted(found[:MOST_PROBLEMS], key=lambda each: document.line(each[0]))
    problems = [Problem(document.where(path), what, mend) for path, what, mend in named]
    if len(found) > MOST_PROBLEMS:
        problems.append(Problem(document.name, say("There are more problems than these."), say("Mend these first.")))
    return (*document.problems[:MOST_PROBLEMS], *problems)


def _no_kind(document: Document) -> Problem:
    return Problem(
        document.where(("kind",)),
        say("The file does not say what it is."),
        say("Write `kind: model` for a model, or `kind: instrument` for a questionnaire, on the first line."),
    )


def _errors(data: Any, name: str) -> Iterator[Any]:
    import jsonschema  # noqa: PLC0415 -- costs 80 ms, and packaged files with a known digest do without
    import referencing  # noqa: PLC0415 -- comes with jsonschema

    contents = [(file, referencing.Resource.from_contents(schema(file))) for file in KINDS.values()]
    registry: Any = referencing.Registry().with_resources(contents)
    return iter(jsonschema.Draft202012Validator(schema(name), registry=registry).iter_errors(data))


def _told(error: Any) -> Iterator[tuple[Path, Message, Message]]:
    path: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, path)
    elif error.validator == "required":
        yield from _missing_keys(error, path)
    else:
        what, mend = _TELL.get(error.validator, _other)(error, _place(path))
        yield path, what, mend


def _place(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "kind")


def _unknown_keys(error: Any, path: Path) -> Iterator[tuple[Path, Message, Message]]:
    known = list(error.schema["properties"])
    for key in error.instance:
        if key in known:
            continue
        near = difflib.get_close_matches(key, [name for name in known if name not in error.instance], n=1)
        if near:
            mend = say("Did you mean {key}?", key=near[0])
        else:
            mend = say("Take it out, or use one of: {keys}.", keys=tuple(known))
        yield (*path, key), say("The key {key} is not known here.", key=key), mend


def _missing_keys(error: Any, path: Path) -> Iterator[tuple[Path, Message, Message]]:
    # jsonschema gives one error a missing key, each with the whole list: only the key in its own message is meant.
    key = re.match(r"'([^']*)'", error.message)
    name = key.group(1) if key else ""
    yield path, say("The key {key} is missing here.", key=name), say("Add a line that starts with `{key}:`.", key=name)


def _wrong_type(error: Any, place: str) -> tuple[Message, Message]:
    what, mend = _TYPES[error.validator_value]
    return what(place), mend()


_TYPES: Final[dict[str, tuple[Callable[[str], Message], Callable[[], Message]]]] = {
    "object": (
        lambda place: say("{key} must be a group of keys with values.", key=place),
        lambda: say("Write the keys on lines of their own below it, indented two spaces further."),
    ),
    "array": (
        lambda place: say("{key} must be a list.", key=place),
        lambda: say("Start each line below it with `- `, or leave the key out."),
    ),
    "string": (
        lambda place: say("{key} must be text.", key=place),
        lambda: say("Write one text after the colon."),
    ),
    "integer": (
        lambda place: say("{key} must be a whole number.", key=place),
        lambda: say("Write only digits, such as 3."),
    ),
    "number": (
        lambda place: say("{key} must be a number.", key=place),
        lambda: say("Write it with a point, such as 0.25."),
    ),
    "boolean": (
        lambda place: say("{key} must be true or false.", key=place),
        lambda: say("Write `true` or `false`."),
    ),
}


def _no_choice(error: Any, place: str) -> tuple[Message, Message]:
    what = say("{value} is not a known value of {key}.", value=str(error.instance), key=place)
    return what, say("Use one of: {values}.", values=tuple(error.validator_value))


def _too_low(error: Any, place: str) -> tuple[Message, Message]:
    what = say("{key} is {value}, which is too low.", key=place, value=f"{error.instance:g}")
    return what, say("Use {limit} or more.", limit=str(error.validator_value))


def _too_high(error: Any, place: str) -> tuple[Message, Message]:
    what = say("{key} is {value}, which is too high.", key=place, value=f"{error.instance:g}")
    return what, say("Use {limit} or less.", limit=str(error.validator_value))


def _empty(_: Any, place: str) -> tuple[Message, Message]:
    return say("{key} is empty.", key=place), say("Write a text.")


def _too_long(error: Any, place: str) -> tuple[Message, Message]:
    limit = error.validator_value
    return say("{key} is too long.", key=place), say("Use at most {limit} characters.", limit=limit)


def _bad_pattern(_: Any, place: str) -> tuple[Message, Message]:
    what = say("{key} holds a sign that is not allowed there.", key=place)
    if place == "model":
        return what, say("Write the id of the model, @ and its version, such as `lerend@1`.")
    if place in {"nl", "en"}:
        return what, say("Take out control characters: they come from copying.")
    return what, say("Use letters without accents, digits, _ and -, and start with a letter.")


def _too_few(error: Any, place: str) -> tuple[Message, Message]:
    what = say("The list {key} is too short.", key=place)
    return what, say("Put at least {limit} in it.", limit=error.validator_value)


def _too_many(error: Any, place: str) -> tuple[Message, Message]:
    what = say("The list {key} is too long.", key=place)
    return what, say("Put at most {limit} in it.", limit=error.validator_value)


def _other(error: Any, place: str) -> tuple[Message, Message]:
    what = say("{key} is not as it should be ({reason}).", key=place, reason=error.message[:200])
    return what, say("See the description of the format.")


_TELL: Final[dict[str, Callable[[Any, str], tuple[Message, Message]]]] = {
    "type": _wrong_type,
    "enum": _no_choice,
    "minimum": _too_low,
    "maximum": _too_high,
    "minLength": _empty,
    "maxLength": _too_long,
    "pattern": _bad_pattern,
    "minItems": _too_few,
    "maxItems": _too_many,
}
