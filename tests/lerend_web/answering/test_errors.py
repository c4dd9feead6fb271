"""When door 2 fails, it says so in words, and neither page nor log holds anything that somebody sent.

Attack T10. Negative control: `test_logs` finds people where something talks.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person, running_door

TEXT = "Mijn ploegbaas luistert nooit"
JSON = {"Content-Type": "application/json", "User-Agent": "Probe/7.7", "X-Forwarded-For": "192.0.2.44"}


def everything_said(door: RunningDoor, *sent: str) -> list[str]:
    """What of the sent things stands in what the processes said, or in the urn's files."""
    places = [door.said.encode(), *(path.read_bytes() for path in door.folder.glob("urn.sqlite3*"))]
    return [
        one for one in (*sent, TEXT, "Probe/7.7", "192.0.2.44", "127.0.0.1") if any(one.encode() in p for p in places)
    ]


def test_fault_in_a_delivery_leaks_nothing(tmp_path: Path) -> None:
    application = "tests.lerend_web.answering.failing_wsgi"
    with running_door(tmp_path, cards=2, application=application) as door:
        card, secret, _serial = new_person(door)
        body = json.dumps(full_sheet(card, secret, general=TEXT)).encode()
        status, page = door.request("POST", f"/{WAVE}/deliver", body, JSON)
        assert status == 500
        assert "message" in json.loads(page)
        assert TEXT.encode() not in page
        assert door.serials() == []
        assert "ValueError at failing_wsgi.py" in door.said, "whoever runs it must learn that there is a fault"
    assert everything_said(door, card, secret.hex(), "variety_1", "cannot seal") == []


def test_broken_urn_is_503_and_nothing_leaks(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=2) as door:
        card, secret, _serial = new_person(door)
        with sqlite3.connect(door.urn) as urn:
            urn.execute("ALTER TABLE urn_box RENAME TO elsewhere")
        body = json.dumps(full_sheet(card, secret, general=TEXT)).encode()
        assert door.request("POST", f"/{WAVE}/deliver", body, JSON)[0] == 503
        with sqlite3.connect(door.urn) as urn:
            urn.execute("ALTER TABLE elsewhere RENAME TO urn_box")
        assert door.request("POST", f"/{WAVE}/deliver", body, JSON)[0] == 200, "the retry goes well without a restart"
        assert "OperationalError" in door.said
    assert everything_said(door, card, secret.hex()) == []


def test_ordinary_day_leaves_no_line_in_any_log(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=3) as door:
        card, secret, _serial = new_person(door)
        body = json.dumps(full_sheet(card, secret, general=TEXT)).encode()
        for path in ("/", f"/{WAVE}/", f"/{WAVE}/answer", f"/{WAVE}/promise", "/nothing", "/static/nothing"):
            door.request("GET", path, headers=JSON)
        assert door.request("POST", f"/{WAVE}/deliver", body, JSON)[0] == 200
        assert door.request("POST", f"/{WAVE}/deliver", b"{" + body, JSON)[0] == 400
        assert door.request("POST", f"/{WAVE}/deliver", body * 100, JSON)[0] == 400
        malformed = {**JSON, "Content-Type": "multipart/form-data; boundary=x"}
        assert door.request("POST", f"/{WAVE}/deliver", b"--x\r\nbroken" + body, malformed)[0] == 403
        assert door.request("BREW", f"/{WAVE}/deliver", body, JSON)[0] == 405
        assert door.request("GET", f"/{WAVE}/", headers={**JSON, "Host": "evil.example"})[0] == 400
        assert door.said == ""
    assert everything_said(door, card, secret.hex()) == []
