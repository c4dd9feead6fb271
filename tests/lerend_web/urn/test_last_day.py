"""The last day of a wave: it ends at midnight where the programme is, and nothing is taken in after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lerend_web.urn.domain import boxes, last_day
from lerend_web.urn.domain.sheet import checked_sheet
from tests.lerend_web.urn.waves import INSTRUMENT, filled_in, made_wave, new_secret

A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("closes_on", "over_from"),
    [
        (date(2026, 7, 10), datetime(2026, 7, 10, 22, tzinfo=UTC)),
        (date(2026, 12, 11), datetime(2026, 12, 11, 23, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_day_ends_at_midnight_in_amsterdam_in_summer_winter_and_when_the_clock_changes(
    closes_on: date, over_from: datetime
) -> None:
    assert not last_day.is_over(closes_on, at=over_from - A_SECOND)
    assert last_day.is_over(closes_on, at=over_from)


@pytest.mark.django_db(databases=["urn"])
def test_nothing_is_taken_in_after_the_last_day_though_nobody_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = made_wave()
    one, other = wave.cards[wave.packers][:2]
    at_the_end = datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)
    monkeypatch.setattr(last_day, "now", lambda: at_the_end)
    deliver(wave.code, one)
    monkeypatch.setattr(last_day, "now", lambda: at_the_end + A_SECOND)
    with pytest.raises(boxes.NotTaking):
        deliver(wave.code, other)
    assert sum(boxes.delivered(key_groups=wave.key_groups).values()) == 1


def deliver(wave: str, card: str) -> None:
    sheet = checked_sheet(INSTRUMENT, filled_in())
    boxes.deliver(wave=wave, secret=new_secret(), card=card, signature=None, key_group=None, sheet=sheet)
