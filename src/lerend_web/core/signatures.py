"""Who checked a translation, and of which words: every later change of the words voids the signature.

A translation of a questionnaire is a JSON file with `signed` and `words`. That of the pages is a catalogue (.po) with
the signature in a comment on top. While nobody has signed, or after a change, it is a draft. Reading stands here, for
door 2 and for the mails; who signs goes through `answering`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

PAGES: Final = Path(__file__).parents[1] / "locale"
ON_TOP: Final = re.compile(r"^# signed: (\{.*\})$", re.MULTILINE)
"""Where a catalogue says who signed it."""

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


def catalogue_of(language: str) -> Path:
    """Where the words of pages and mails are kept in this language."""
    return PAGES / language / "LC_MESSAGES" / "django.po"


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
    found = ON_TOP.search(text)
    return Signature(**json.loads(found.group(1))) if found else Signature()


def is_draft(path: Path) -> bool:
    """Whether no person stands behind the words as they are now."""
    return not path.is_file() or not signature_in(path).holds_for(words_in(path))


@lru_cache(maxsize=32)
def pages_are_draft(language: str) -> bool:
    """The same about the words of the pages around the questions; files do not change while a process runs."""
    return is_draft(catalogue_of(language))
