"""A result as JSON: names as in its dataclass, numbers in full, null for what is not known, sentences in both languages."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

from lerend import __version__
from lerend.estimate.method import Method
from lerend.estimate.table import Table
from lerend.wording import LANGUAGES, Message, Text

FORMAT = "lerend/estimate"
FORMAT_VERSION = 1


def as_json(method: Method, table: Table, options: Mapping[str, str], result: object) -> str:
    """The result with what it was made from, the same text each time."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "lerend": __version__,
        "method": method.name,
        "page": f"docs/methods/{method.page}.md",
        "file": {"name": table.name, "sha256": table.digest or None, "rows": table.rows},
        "options": dict(options),
        "result": plain(result),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(value: object) -> Any:
    """A value of the library as what JSON can hold.

    Raises:
        TypeError: a value that has no such form.
    """
    match value:
        case Message() | Text():
            return {language: value.in_language(language) for language in LANGUAGES}
        case None | bool() | int() | str():
            return value.value if isinstance(value, Enum) else value
        case Enum():
            return plain(value.value)
        case float():
            return value if math.isfinite(value) else None
        case np.generic():
            return plain(value.item())
        case np.ndarray():
            return plain(value.tolist())
        case Mapping():
            return {_key(key): plain(part) for key, part in value.items()}
        case tuple() | list() | frozenset() | set():
            return [plain(part) for part in (sorted(value) if isinstance(value, frozenset | set) else value)]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(type(value))


def _key(key: object) -> str:
    return " · ".join(map(str, key)) if isinstance(key, tuple) else str(plain(key))
