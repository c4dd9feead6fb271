"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_risky(text: str) -> bool:
    """Whether some spreadsheet would work the text out: also behind spaces and quotes, and in wide letters."""
    return text.startswith(_STARTS) or text.lstrip(" \t\r\n\v\f\u00a0\u2003\u3000'\"").startswith(_STARTS)


def inert(text: str) -> str:
    """The text with an apostrophe before it where it would be worked out; spreadsheets then show it as it is."""
    return f"'{text}" if is_risky(text) else text
