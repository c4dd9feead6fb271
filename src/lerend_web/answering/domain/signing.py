"""A person signs a translation: from then on it is no draft, until one of its words changes (`core/signatures.py`)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Final

from lerend_web.core.signatures import ON_TOP, Signature, catalogue_of, digest_of, words_in

QUESTIONNAIRES: Final = Path(__file__).parent / "translations"
LONGEST_NAME: Final = 120


class CannotSign(Exception):
    """There is no such translation, or no name; the text says which."""


def translation_file(what: str, language: str) -> Path:
    """Where a translation is kept: `what` is a questionnaire such as ``employee-scan@1``, or ``pages``."""
    if what == "pages":
        return catalogue_of(language)
    return QUESTIONNAIRES / f"{what}.{language}.json"


def sign(path: Path, *, by: str, on: date) -> Signature:
    """Write into a translation file that this person read all of it on this day.

    Raises:
        CannotSign: the file is not there, or the name cannot be one.
    """
    name = " ".join(by.split())
    if not path.is_file():
        raise CannotSign(f"there is no translation {path.name}")
    if not name or len(name) > LONGEST_NAME:
        raise CannotSign("say who signs, in at most 120 characters")
    signature = Signature(name, on.isoformat(), digest_of(words_in(path)))
    _replace(path, _with_signature(path, signature))
    return signature


def _with_signature(path: Path, signature: Signature) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        content = json.loads(text) | {"signed": asdict(signature)}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    line = f"# signed: {json.dumps(asdict(signature), ensure_ascii=False)}"
    if ON_TOP.search(text):
        return ON_TOP.sub(lambda _old: line, text, count=1)
    first, _, rest = text.partition("\n")
    return f"{first}\n{line}\n{rest}"


def _replace(path: Path, text: str) -> None:
    """In one step, so that nobody ever reads half a file."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, "utf-8")
    new.replace(path)
