"""What a programme's own models and questionnaires are called, and what they may be."""

from __future__ import annotations

import re
from typing import Final

LARGEST_FILE: Final = 2_000_000
"""Bytes; the packaged files are a sixtieth of it."""
LONGEST_NAME: Final = 60

_NUMBER: Final = re.compile(r"-p\d+$")
_REFERENCE: Final = re.compile(r"(?P<name>[a-z][a-z0-9_-]{0,59})@(?P<version>[1-9]\d{0,3})")


def own_name(name: str, programme: int) -> str:
    """The name that a file called `name` gets in a programme: no other programme and no packaged file has it."""
    return f"{stem(name)}-p{programme}"


def stem(name: str) -> str:
    """A name without the number of a programme."""
    return _NUMBER.sub("", name)


def parts_of(reference: str) -> tuple[str, int] | None:
    """Name and version of a reference such as ``employee-scan@1``; None when it is none."""
    found = _REFERENCE.fullmatch(reference)
    return (found["name"], int(found["version"])) if found else None


class VersionsAreWrong(Exception):
    """Something cannot be done with a version; `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
