"""The Dutch of the source, for tests that look at every sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from lerend import wording

DUTCH = Path(wording.__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "lerend.po"


@cache
def dutch() -> Catalog:
    """All Dutch sentences of the library."""
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl")
