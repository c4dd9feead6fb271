"""Dates as people write them."""

from __future__ import annotations

from datetime import date
from typing import Final

from lerend.wording import Language

_MONTHS: Final = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def written_date(day: date, language: Language) -> str:
    """A date such as ``18 september 2019`` or ``18 September 2019``."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
