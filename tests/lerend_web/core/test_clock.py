"""The clock: now, except in a demo that has jumped ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from lerend_web.core import clock
from lerend_web.core.models import DemoClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> Settings:
    settings.DEMO = True
    return settings


def set_time(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_demo_jumps_ahead_and_jumps_add_up() -> None:
    clock.jump(30)
    clock.jump(12)
    assert timedelta(days=42) <= clock.now() - timezone.now() + timedelta(seconds=5) < timedelta(days=42, seconds=10)


def test_demo_that_begins_again_is_back_today() -> None:
    clock.jump(30)
    clock.rewind()
    assert clock.days_ahead() == 0


def test_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="only goes ahead"):
        clock.jump(-1)


def test_real_programme_never_jumps_even_if_the_row_is_there(demo: Settings) -> None:
    clock.jump(30)
    demo.DEMO = False
    assert clock.days_ahead() == 0
    with pytest.raises(clock.NotADemo):
        clock.jump(1)
    assert DemoClock.objects.get().days_ahead == 30


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),  # winter time: an hour ahead
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),  # summer time: two hours ahead
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # winter time again
    ],
)
def test_date_is_the_one_on_the_calendar_in_amsterdam(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    set_time(monkeypatch, moment)
    assert clock.today() == day
