"""The texts of a model or questionnaire by place, and the same file with other texts in it.

A place is the path of a text with ids for list positions, such as ``factors/job_autonomy/name``. Only the changed
texts and the version are replaced in the source: comments, order and layout stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lerend.model.document import Document, Path
from lerend.wording import Text

_UNPRINTABLE: Final = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")

EMBEDDED_VERSION: Final = ("instrument", "version")


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and where it stands: as people write it (`place`) and as the document knows it (`path`)."""

    place: str
    path: Path
    text: Text


def texts_of(document: Document) -> tuple[PlacedText, ...]:
    """Every text in both languages in a document whose form is right, in the order of the file."""
    return tuple(_texts(document.data, (), ()))


def _texts(value: Any, path: Path, place: tuple[str, ...]) -> Iterator[PlacedText]:
    if isinstance(value, dict) and value.keys() == {"nl", "en"} and isinstance(value["nl"], str):
        yield PlacedText("/".join(place), path, Text(value["nl"], value["en"]))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key), (*place, key))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            name = part.get("id") if isinstance(part, dict) else None
            yield from _texts(part, (*path, position), (*place, name or str(position + 1)))


def changes_between(document: Document, texts: Mapping[str, Text]) -> dict[Path, str]:
    """What must be replaced in the document to have `texts` at their places; places that are not in it are ignored."""
    changes = {}
    for placed in texts_of(document):
        new = texts.get(placed.place, placed.text)
        for language, before, after in (("nl", placed.text.nl, new.nl), ("en", placed.text.en, new.en)):
            if after != before:
                changes[(*placed.path, language)] = after
    return changes


def with_changes(document: Document, changes: Mapping[Path, str], version: int, model: str | None = None) -> str:
    """The source text of a new version of the document.

    Args:
        changes: new text by path.
        version: the number of the new version.
        model: for a questionnaire, the reference of the model that it belongs to from now on.
    """
    pieces = [(path, _quoted(text)) for path, text in changes.items()]
    pieces.append((("version",), str(version)))
    if EMBEDDED_VERSION in document.spans:
        pieces.append((EMBEDDED_VERSION, str(int(document.data["instrument"]["version"]) + 1)))
    if model is not None:
        pieces.append((("model",), _quoted(model)))
    return _replaced(document, pieces)


def _replaced(document: Document, pieces: Sequence[tuple[Path, str]]) -> str:
    source = document.source
    for path, text in sorted(pieces, key=lambda piece: document.spans[piece[0]].start, reverse=True):
        span = document.spans[path]
        old = source[span.start : span.end]
        # The span of a block text (after | or >) ends below it: what follows must stay on a line of its own.
        tail = old[len(old.rstrip()) :]
        source = source[: span.start] + text + tail + source[span.end :]
    return source


def _quoted(text: str) -> str:
    """Text in double quotes, as both YAML and JSON read it."""
    plain = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", plain)
