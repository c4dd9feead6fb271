"""PDF from a template and data. Whatever people wrote travels as data, never as markup.

The templates hold form only: every word comes from Python, in the reader's language. Typst gets no file, no network
and no font of the machine: the fonts are those inside its wheel (Libertinus and DejaVu, both under a free licence).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language

from lerend_web.scans.models import Wave
from lerend_web.scans.rules import read_aloud


def pdf_of(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF.

    Args:
        template: name of a file in ``scans/typst``, without ending.
        data: plain values for JSON; the template reads them as `data`.
    """
    folder = resources.files("lerend_web.scans") / "typst"
    source = (folder / "common.typ").read_text("utf-8") + (folder / f"{template}.typ").read_text("utf-8")
    sent = {"data": json.dumps({"language": language(), **data}, ensure_ascii=False)}
    made = typst.compile(source.encode("utf-8"), format="pdf", sys_inputs=sent, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


def language() -> str:
    """The language in which people read now, without a country."""
    return (get_language() or "nl")[:2]


def spelled(day: date | None) -> str:
    """A date in words, in the reader's language."""
    return "" if day is None else str(date_format(day, "j F Y"))


def digest_shown(wave: Wave) -> str:
    """The start of the promise's digest, to read aloud; a dash while nothing is promised."""
    return read_aloud(wave.promise_digest) if wave.promise_digest else "–"
