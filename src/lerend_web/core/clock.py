"""The moment it is. In the demo the clock can jump ahead; elsewhere it is simply now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lerend_web.core.models import DemoClock

AMSTERDAM = "Europe/Amsterdam"
_ROW = 1


class NotADemo(Exception):
    """The clock of a real programme never jumps."""


def now() -> datetime:
    """The moment it is in UTC, with the days that the demo has jumped ahead."""
    return timezone.now() + timedelta(days=days_ahead())


def today(zone: str = AMSTERDAM) -> date:
    """The date that people in a time zone read on their calendar."""
    return now().astimezone(ZoneInfo(zone)).date()


def days_ahead() -> int:
    if not settings.DEMO:
        return 0
    return DemoClock.objects.filter(pk=_ROW).values_list("days_ahead", flat=True).first() or 0


def jump(days: int) -> None:
    """Move the demo's clock ahead.

    Raises:
        NotADemo: this installation is for real.
        ValueError: time does not go back.
    """
    if not settings.DEMO:
        raise NotADemo
    if days < 0:
        raise ValueError(f"{days} days: the clock only goes ahead.")
    with transaction.atomic():
        DemoClock.objects.get_or_create(pk=_ROW)
        DemoClock.objects.filter(pk=_ROW).update(days_ahead=F("days_ahead") + days)


def rewind() -> None:
    """Back to today: for a demo that begins again."""
    DemoClock.objects.filter(pk=_ROW).delete()
