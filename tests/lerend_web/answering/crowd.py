"""Fifty people who take part at a real door 2, clumsily too; and every trace of them that may stand nowhere."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from lerend_web.urn.passes import binding_of, card_hash, normalised, receipt_of, serial_of
from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet

PEOPLE = 50


def let_people_take_part(door: RunningDoor, people: int = PEOPLE) -> list[bytes]:
    """Everybody looks around, sends twice at the same moment, and some send nonsense; gives what must not be found."""
    with ThreadPoolExecutor(4) as pool:
        return [trace for traces in pool.map(_take_part, [door] * people, range(people)) for trace in traces]


def _take_part(door: RunningDoor, number: int) -> list[bytes]:
    card, secret = door.cards.pop(), bytes([number + 1]) * 31 + b"s"
    remark, phone, address = f"Mijn ploegbaas {number:03} luistert", f"Phone/{number:03}.7", f"198.51.100.{number}"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": phone,
        "X-Forwarded-For": address,
        "Referer": f"http://tracker.example/{number:03}",
    }
    for path in ("/", f"/{WAVE}/", f"/{WAVE}/answer", f"/{WAVE}/promise", f"/nothing/{number:03}"):
        door.request("GET", path, headers=headers)
    body = json.dumps(full_sheet(card, secret, general=remark)).encode()
    with ThreadPoolExecutor(2) as presses:
        sent = [presses.submit(door.request, "POST", f"/{WAVE}/deliver", body, headers) for _ in range(2)]
    assert [one.result()[0] for one in sent] == [200, 200], "the same person twice at once is one person"
    if number % 5 == 0:
        assert door.request("POST", f"/{WAVE}/deliver", body[:-1], headers)[0] == 400
        assert door.request("POST", f"/{WAVE}/deliver", body, headers | {"Host": "evil.example"})[0] == 400
        stranger = json.dumps(full_sheet(card, b"x" * 32, general=remark)).encode()
        assert door.request("POST", f"/{WAVE}/deliver", stranger, headers)[0] >= 400
    hashes = (serial_of(secret), binding_of(secret), card_hash(card))
    said = (card, normalised(card), secret.hex(), receipt_of(secret), remark, phone, address, "tracker.example")
    return [*(one.encode() for one in said), *(one.hex().encode() for one in hashes)]
