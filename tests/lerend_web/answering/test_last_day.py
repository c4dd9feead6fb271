"""Attack T05: one pass used twice, from two addresses, and after the end.

After the last day door 2 takes nothing, although nobody closed the wave. Negative control: an hour earlier it does.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lerend_web.urn.domain import boxes, last_day
from lerend_web.urn.models import Box, OpenWave
from tests.lerend_web.urn.waves import MadeWave, filled_in, new_secret

pytestmark = pytest.mark.django_db(databases=["urn"])


def at_hours(wave: MadeWave, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """That many hours after the last day began in UTC; it ends there one or two hours before the twenty-fourth."""
    day = datetime.fromisoformat(wave.document()["closes_on"]).replace(tzinfo=UTC)
    monkeypatch.setattr(last_day, "now", lambda: day + timedelta(hours=hours))


def send(door: Client, wave: MadeWave, data: dict[str, Any], where: str = "deliver", source: str = "192.0.2.1") -> Any:
    body = json.dumps(data)
    return door.post(f"/{wave.code}/{where}", body, content_type="application/json", REMOTE_ADDR=source)


def test_last_body_wins_until_the_end_and_then_nothing(
    door: Client, wave: MadeWave, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = {"secret": new_secret().hex(), "card": wave.cards[wave.packers][0]}
    at_hours(wave, 21, monkeypatch)
    first = send(door, wave, filled_in(answer="1") | card)
    second = send(door, wave, filled_in(answer="5") | card, source="198.51.100.9")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    at_hours(wave, 24, monkeypatch)
    late = send(door, wave, filled_in(answer="3") | card)
    assert late.status_code == 410
    assert late.json()["message"]
    assert send(door, wave, card, "withdraw").status_code == 410
    assert OpenWave.objects.get(code=wave.code).is_taking, "nobody closed it"
    [(_group, sealed)] = boxes.sealed_boxes(key_groups=wave.key_groups)
    assert set(wave.opened(sealed).answers.values()) == {"5"}


def test_pages_say_that_it_is_closed_and_the_promise_stays(
    door: Client, wave: MadeWave, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hours(wave, 21, monkeypatch)
    assert door.get(f"/{wave.code}/").status_code == door.get(f"/{wave.code}/answer").status_code == 200
    at_hours(wave, 24, monkeypatch)
    assert door.get(f"/{wave.code}/").status_code == door.get(f"/{wave.code}/answer").status_code == 410
    assert door.get(f"/{wave.code}/promise").status_code == 200


def test_code_of_an_ended_wave_is_refused_like_an_unknown_one(
    door: Client, wave: MadeWave, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hours(wave, 24, monkeypatch)
    codes = (wave.cards[wave.packers][0], "0000-0000-00000")
    known, unknown = (door.post("/", json.dumps({"code": code}), content_type="application/json") for code in codes)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 400
    assert Box.objects.count() == 0
