"""PDF from a template and finished words: tagged, checked against PDF/UA-1, and the same bytes for the same words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final, TypeAlias

from lerend.errors import LerendError, Problem
from lerend.report.printed.signs import with_signs_of_the_fonts
from lerend.report.words import printable
from lerend.wording import say

Plain: TypeAlias = "str | int | float | bool | Sequence[Plain] | Mapping[str, Plain] | None"

STANDARD: Final = "ua-1"
"""Typst refuses to make the file where its text, structure or pictures do not meet PDF/UA-1."""
_SHARED: Final = ("common.typ", "picture.typ")


def pdf_of(template: str, data: Mapping[str, Plain], *, made_on: date) -> bytes:
    """A tagged PDF.

    Typst gets no file, no network, no clock and no font of the machine: the fonts are those inside its wheel. Everything
    that people wrote is in `data`, which the template reads as values; nothing in it is ever markup.

    Args:
        template: name of a file in ``templates``, without ending.
        data: what the template reads as `data`.
        made_on: the date in the file's own description.

    Raises:
        LerendError: the typesetter is not installed.
    """
    import_problem = Problem(
        "typst", say("To make a PDF a package is needed that is not here."), say("Install it: pip install typst.")
    )
    try:
        import typst  # noqa: PLC0415 -- an extra: most users of the library never print
    except ModuleNotFoundError as missing:
        raise LerendError([import_problem]) from missing
    sent = {"data": json.dumps({**_clean(data), "made_on": made_on.isoformat()}, ensure_ascii=False)}
    made = typst.compile(
        _source(template),
        format="pdf",
        sys_inputs=sent,
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=datetime.combine(made_on, time(), tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


_LONG_WORD: Final = re.compile(r"[^ ]{65,}")
"""A digest of 64 signs stays whole; nothing longer is a word."""


def _in_pieces(word: re.Match[str]) -> str:
    """A word that no line can hold, with places where it may be broken."""
    signs = word.group()
    return "\N{ZERO WIDTH SPACE}".join(signs[start : start + 16] for start in range(0, len(signs), 16))


def _source(template: str) -> bytes:
    folder = resources.files("lerend.report.printed") / "templates"
    return "\n".join((folder / name).read_text("utf-8") for name in (*_SHARED, f"{template}.typ")).encode()


def _clean(value: Any) -> Any:
    """All text in it on one line, in signs that the fonts hold."""
    if isinstance(value, str):
        return _LONG_WORD.sub(_in_pieces, with_signs_of_the_fonts(printable(value)))
    if isinstance(value, Mapping):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_clean(part) for part in value]
    return value
