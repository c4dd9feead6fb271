"""A wave takes answers until its last day ends in Amsterdam, over both changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lerend_web.urn.domain import boxes, last_day
from lerend_web.urn.domain.sheet import checked_sheet
from lerend_web.urn.models import Box, Card
from tests.lerend_web.urn.waves import INSTRUMENT, filled_in, made_wave, new_secret

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("closes_on", "end"),
    [
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_last_day_ends_at_midnight_in_amsterdam(closes_on: date, end: datetime) -> None:
    assert not last_day.is_over(closes_on, at=end - SECOND)
    assert last_day.is_over(closes_on, at=end)


@pytest.mark.django_db(databases=["urn"])
def test_nothing_is_taken_or_given_back_after_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = made_wave()
    end = datetime.combine(date.fromisoformat(wave.document()["closes_on"]), datetime.min.time(), UTC)
    secret, card, sheet = new_secret(), wave.cards[wave.packers][0], checked_sheet(INSTRUMENT, filled_in())
    shown = {"secret": secret, "card": card, "signature": None, "key_group": None}
    monkeypatch.setattr(last_day, "now", lambda: end + timedelta(hours=21))
    boxes.deliver(wave=wave.code, sheet=sheet, **shown)  # type: ignore[arg-type]  # one dict for both verbs
    monkeypatch.setattr(last_day, "now", lambda: end + timedelta(hours=23))
    with pytest.raises(boxes.NotTaking):
        boxes.deliver(wave=wave.code, sheet=sheet, **shown)  # type: ignore[arg-type]  # as above
    with pytest.raises(boxes.NotTaking):
        boxes.withdraw(wave=wave.code, **shown)  # type: ignore[arg-type]  # as above
    assert Box.objects.count() == 1


@pytest.mark.django_db(databases=["urn"])
def test_closing_leaves_no_hash_of_any_card_used_unused_or_void() -> None:
    wave, sheet = made_wave(), checked_sheet(INSTRUMENT, filled_in())
    card = wave.cards[wave.packers][0]
    boxes.deliver(wave=wave.code, secret=new_secret(), card=card, signature=None, key_group=None, sheet=sheet)
    boxes.void_cards(key_groups=[wave.packers])
    assert Card.objects.filter(key_group__in=wave.key_groups, is_void=True).count() == 2
    boxes.destroy(code=wave.code)
    assert not Card.objects.filter(key_group__in=wave.key_groups).exists()
