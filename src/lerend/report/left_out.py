"""What was left out of a file, and why, in words."""

from __future__ import annotations

from lerend.answers.reasons import REASONS
from lerend.answers.table import Reading
from lerend.report.words import printable, spoken
from lerend.wording import Language


def left_out_rows(reading: Reading, language: Language) -> list[tuple[str, int]]:
    """(reason in words, number of rows), in the order of the reason codes; an unknown code stands for itself."""
    return [(_reason(code, language), count) for code, count in sorted(reading.left_out.items()) if count]


def _reason(code: str, language: Language) -> str:
    return spoken(REASONS[code], language) if code in REASONS else printable(code.replace("_", " "))
