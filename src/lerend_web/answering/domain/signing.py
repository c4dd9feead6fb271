"""Who checked a translation, and of which words: every later change of the words voids the signature.

A translation of a questionnaire is a JSON file with `signed` and `words`. That of the pages is a catalogue (.po) with
the signature in a comment on top. While nobody has signed, or after a change, it is a draft.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

PAGES: Final = Path(__file__).parents[2] / "locale"
QUESTIONNAIRES: Final = Path(__file__).parent / "translations"
LONGEST_NAME: Final = 120

_ON_TOP: Final = re.compile(r"^# signed: (\{.*\})$", re.MULTILINE)
_ABOUT_THE_FILE: Final = 'msgid ""\nmsgstr ""\n'


@dataclass(frozen=True, slots=True)
class Signature:
    """A name, a day (ISO), and the digest of the words that this person read. All empty: nobody has signed."""

    by: str = ""
    on: str = ""
    digest: str = ""

    def holds_for(self, words: Mapping[str, str]) -> bool:
        """Whether these are exactly the words that were signed."""
        return bool(self.by and self.on) and self.digest == digest_of(words)


class CannotSign(Exception):
    """There is no such translation, or no name; the text says which."""


def translation_file(what: str, language: str) -> Path:
    """Where a translation is kept: `what` is a questionnaire such as ``employee-scan@1``, or ``pages``."""
    if what == "pages":
        return PAGES / language / "LC_MESSAGES" / "django.po"
    return QUESTIONNAIRES / f"{what}.{language}.json"


def digest_of(words: Mapping[str, str]) -> str:
    """The same for the same words in any order."""
    return hashlib.sha256(json.dumps(dict(words), ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def words_in(path: Path) -> dict[str, str]:
    """Every word that a translation file says, by key; in a catalogue an entry's original is its key."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return dict(json.loads(text)["words"])
    entries = ("\n".join(line for line in part.splitlines() if line[:1] != "#") for part in text.split("\n\n"))
    said = (entry.partition("\nmsgstr") for entry in entries if entry and not entry.startswith(_ABOUT_THE_FILE))
    return {original: translated for original, _between, translated in said}


def signature_in(path: Path) -> Signature:
    """What a translation file says about who signed it."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return Signature(**json.loads(text)["signed"])
    found = _ON_TOP.search(text)
    return Signature(**json.loads(found.group(1))) if found else Signature()


def is_draft(path: Path) -> bool:
    """Whether no person stands behind the words as they are now."""
    return not path.is_file() or not signature_in(path).holds_for(words_in(path))


@lru_cache(maxsize=32)
def pages_are_draft(language: str) -> bool:
    """The same about the words of the pages around the questions; files do not change while a process runs."""
    return is_draft(translation_file("pages", language))


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
    if _ON_TOP.search(text):
        return _ON_TOP.sub(lambda _old: line, text, count=1)
    first, _, rest = text.partition("\n")
    return f"{first}\n{line}\n{rest}"


def _replace(path: Path, text: str) -> None:
    """In one step, so that nobody ever reads half a file."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, "utf-8")
    new.replace(path)
