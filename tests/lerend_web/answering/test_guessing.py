"""Attack T30: guessing codes from one and from many addresses. The long form is benchmarks/guessing.py.

Negative control: with a limit that nothing reaches, no try is told to wait.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from lerend_web.answering import guessing
from lerend_web.core.limits import AMinute
from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import Box
from tests.lerend_web.urn.waves import MadeWave, filled_in, made_wave, new_secret

pytestmark = pytest.mark.django_db(databases=["urn"])


def send(door: Client, path: str, data: dict[str, Any], source: str = "192.0.2.1", **headers: str) -> Any:
    return door.post(
        path, json.dumps(data), content_type="application/json", REMOTE_ADDR=source, headers={"accept": "*/*"} | headers
    )


def guess(door: Client, source: str = "192.0.2.1") -> int:
    """One try at the first page."""
    return int(send(door, "/", {"code": passes.new_card_code()}, source).status_code)


def statuses(door: Client, tries: int, addresses: int) -> Counter[int]:
    return Counter(guess(door, f"192.0.2.{number % addresses}") for number in range(tries))


def test_who_guesses_from_one_address_is_soon_told_to_wait(door: Client, wave: MadeWave) -> None:
    assert statuses(door, 300, 1) == {400: 60, 429: 240}
    assert guess(door, "198.51.100.7") == 400, "others are not told to wait for it"


def test_tries_from_fifty_addresses_must_wait_soon(door: Client, wave: MadeWave) -> None:
    assert statuses(door, 1500, 50) == {400: 600, 429: 900}


def test_without_limit_nobody_is_told_to_wait(door: Client, wave: MadeWave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "FROM_ONE", AMinute(10**6))
    monkeypatch.setattr(guessing, "FROM_ALL", AMinute(10**6))
    assert statuses(door, 300, 1) == {400: 300}


@pytest.mark.parametrize("where", ["deliver", "withdraw"])
def test_tries_elsewhere_count_too(door: Client, wave: MadeWave, where: str) -> None:
    data = filled_in() | {"secret": new_secret().hex(), "card": passes.new_card_code()}
    found = Counter(send(door, f"/{wave.code}/{where}", data).status_code for _ in range(70))
    assert found == {400: 60, 429: 10}
    assert guess(door) == 429


def test_three_hundred_people_behind_the_guessers_own_address_get_in_at_once(door: Client) -> None:
    wave = made_wave(cards=300)
    statuses(door, 100, 1)
    for card in wave.cards[wave.packers]:
        assert send(door, "/", {"code": card}, "192.0.2.0").status_code == 200
    for card in wave.cards[wave.packers][:20]:
        data = filled_in() | {"secret": new_secret().hex(), "card": card}
        assert send(door, f"/{wave.code}/deliver", data, "192.0.2.0").status_code == 200
    assert guess(door, "192.0.2.0") == 429
    assert Box.objects.count() == 20


def kinds_of_refused_cards(wave: MadeWave) -> dict[str, str]:
    """Unknown, used, void, of a closed wave, of another open wave, and what is no code."""
    other, closed = made_wave(), made_wave()
    boxes.stop_intake(code=closed.code)
    used, void = wave.cards[wave.packers][:2]
    sheet = filled_in() | {"secret": new_secret().hex(), "card": used}
    assert send(Client(), f"/{wave.code}/deliver", sheet).status_code == 200
    boxes.void_cards(key_groups=[wave.packers])
    return {
        "unknown": passes.new_card_code(),
        "used": used,
        "void": void,
        "closed wave": closed.cards[closed.packers][0],
        "other wave": other.cards[other.packers][0],
        "no code": "x",
    }


def test_refused_cards_cannot_be_told_apart_by_words_or_work(door: Client, wave: MadeWave) -> None:
    found, asked = {}, {}
    for name, card in kinds_of_refused_cards(wave).items():
        data = filled_in() | {"secret": new_secret().hex(), "card": card}
        with CaptureQueriesContext(connections["urn"]) as queries:
            answer = send(door, f"/{wave.code}/deliver", data)
        found[name] = (answer.status_code, answer.content, tuple(sorted(answer.headers.items())))
        asked[name] = len(queries)
    assert len(set(found.values())) == 1, found
    assert len(set(asked.values())) == 1, asked


def test_code_at_the_first_page_costs_as_many_steps_whether_anybody_knows_it_or_not(
    door: Client, wave: MadeWave
) -> None:
    asked = {}
    for name, code in {"known": wave.cards[wave.drivers][0], **kinds_of_refused_cards(wave)}.items():
        with CaptureQueriesContext(connections["urn"]) as queries:
            answer = send(door, "/", {"code": code})
        assert (answer.status_code == 200) == (name in {"known", "used", "other wave"}), name
        asked[name] = [query["sql"].partition(" WHERE ")[0] for query in queries]
    assert all(one == asked["known"] for one in asked.values()), asked


def test_waiting_is_said_in_words_as_page_and_to_a_script(door: Client, wave: MadeWave) -> None:
    statuses(door, 61, 1)
    fields = {"code": "x", "lang": "en"}
    page = door.post("/", "code=x&lang=en", content_type="application/x-www-form-urlencoded", REMOTE_ADDR="192.0.2.0")
    assert page.status_code == 429
    assert "Wait a minute" in page.content.decode()
    said = send(door, "/?lang=en", fields, "192.0.2.0", accept="application/json")
    assert "Wait a minute" in said.json()["message"]
    assert said.headers["Cache-Control"] == "no-store"


def test_address_comes_from_a_header_only_where_a_setting_names_it(door: Client, wave: MadeWave) -> None:
    def tries(number: int) -> Counter[int]:
        one = {"code": passes.new_card_code()}
        return Counter(
            send(door, "/", one, "192.0.2.1", **{"x-forwarded-for": f"8.8.8.8, 198.51.100.{place % 5}"}).status_code
            for place in range(number)
        )

    assert tries(100) == {400: 60, 429: 40}, "a header that nobody vouches for changes nothing"
    guessing.FROM_ONE.forget_everything()
    with override_settings(ADDRESS_HEADER="X-Forwarded-For"):
        assert tries(100) == {400: 100}, "five addresses, none of them over"


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("2001:db8:1:2:3::4", "20010db800010002/64"),
        ("2001:db8:1:2::9", "20010db800010002/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", "unix:"),
    ],
)
def test_all_addresses_of_one_line_are_one(rf: Any, said: str, source: str) -> None:
    assert guessing.source_of(rf.get("/", REMOTE_ADDR=said)) == source


def test_nothing_of_an_address_is_kept_as_it_is(door: Client, wave: MadeWave) -> None:
    guess(door, "203.0.113.77")
    assert b"203.0.113.77" not in b"".join(guessing.FROM_ONE._seen)
