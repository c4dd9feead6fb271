"""What holds for what is told, as pure rules: promised days, numbers of companies, limits on requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise

from lerend_web.telling.enums import Kept, Part

LONGEST_TEXT: Final = 20_000
"""Characters of a page or a piece of news."""
LONGEST_PART: Final = 4_000
LONGEST_TITLE: Final = 120
LONGEST_WHY: Final = 1_000
LANGUAGES: Final = ("nl", "en")

FEWEST_COMPANIES: Final = 3
"""A theme is told from so many companies on, and never so that fewer than this are known to be without it."""

FORGOTTEN_AFTER: Final = timedelta(days=90)
"""So long a request to join waits for an answer; then it is thrown away."""
MOST_AN_HOUR: Final = 20
"""Requests to one programme, from everybody together."""
ONE_MAIL_IN: Final = timedelta(days=1)
"""To an address that somebody typed goes one mail in this time, whatever is asked with it."""


class TellingRefused(Exception):
    """Something that cannot be told now; `sentence` says why and what to do, `field` where on a form."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True, slots=True)
class HeardBack:
    """The promised day, the day on which people were told (None: not yet), and how many days lie between."""

    state: Kept
    promised_on: date
    told_on: date | None
    days_late: int


def heard_back(promised_on: date, told_on: date | None, *, today: date) -> HeardBack:
    """Whether the promise to tell people by a day was kept."""
    late = max(((told_on or today) - promised_on).days, 0)
    if told_on is None:
        return HeardBack(Kept.OVERDUE if late else Kept.WAITS, promised_on, None, late)
    return HeardBack(Kept.LATE if late else Kept.KEPT, promised_on, told_on, late)


def told_since(versions: Sequence[tuple[date, Mapping[str, str]]]) -> dict[Part, date]:
    """For each part of the newest version: the day on which these words first stood there.

    Args:
        versions: oldest first, each with its day and its words.
    """
    if not versions:
        return {}
    since: dict[Part, date] = {}
    _day, newest = versions[-1]
    for part in Part:
        for day, words in reversed(versions):
            if words.get(part, "") != newest.get(part, ""):
                break
            since[part] = day
    return {part: day for part, day in since.items() if newest.get(part)}


def at_least(count: int, companies: int) -> int:
    """In how many companies a theme is told to be, at least; nothing (0) where that would point at a few.

    The exact number would also tell how many have *not* got it: of twelve companies, eleven is said as "at least 9".
    """
    said = min(count, companies - FEWEST_COMPANIES)
    return said if said >= FEWEST_COMPANIES else 0


def may_follow(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a new version may be published after another: the two differ by three organisations, or by none.

    One organisation that joins or has a new round would be seen in what changed (settled rule 2).
    """
    differ = sum(before.get(one) != now.get(one) for one in before.keys() | now.keys())
    return differ == 0 or differ >= FEWEST_COMPANIES
