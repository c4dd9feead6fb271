"""The last day of a wave: answers are taken until it ends where the programme is, whether or not anybody closed it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Amsterdam")


def is_over(closes_on: date, *, at: datetime) -> bool:
    """Whether the day has ended. The day after begins at midnight there, which is 22 or 23 o'clock in UTC."""
    end = datetime.combine(closes_on + timedelta(days=1), time(), tzinfo=ZONE)
    return at >= end.astimezone(UTC)


def now() -> datetime:
    """The real time: door 2 knows no other."""
    return datetime.now(UTC)
