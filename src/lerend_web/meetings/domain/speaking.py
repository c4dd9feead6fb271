"""In which language whoever looks reads."""

from __future__ import annotations

from django.utils.translation import get_language

from lerend.wording import Language


def reader_language() -> Language:
    """Of the page that is being made."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
