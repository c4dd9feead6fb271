"""What one participation by card costs the server: start page, answer document, delivery.

    python -m benchmarks.participation [--people 2000] [--clients 4] [--road script|paper]

gunicorn as `serve` starts it, on loopback and on a disk of this machine; every client is a closed loop of its own (the
next person comes when the last one is done, on a new connection); the server's CPU is read from /proc before and after.
The road without script (``paper``) sends the form part by part. Every acknowledged box is counted in the urn.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from lerend_web.ops.processes import DOOR_2_OPTIONS
from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import ANSWERS, RunningDoor, full_sheet, new_person, running_door

FORMS = "abcdefg"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    people: int
    seconds: float
    cpu_ms: float
    stored: int
    request_ms: dict[str, list[float]]

    def lines(self) -> list[str]:
        found = [
            f"people {self.people}, stored {self.stored}, {self.people / self.seconds:.0f} a second",
            f"server CPU per participation: {self.cpu_ms / self.people:.2f} ms",
        ]
        for name, times in self.request_ms.items():
            found.append(f"{name:8} p50 {median(times):.1f} ms, p99 {quantiles(times, n=100)[-1]:.1f} ms")
        return found


def cpu_ms(door: RunningDoor) -> float:
    """CPU of the master and its workers so far, in ms."""
    assert door.process is not None
    total = 0
    for pid in (door.process.pid, *door.workers()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total * 1000 / TICKS


class Client:
    """One closed loop."""

    def __init__(self, door: RunningDoor, *, paper: bool) -> None:
        self.door = door
        self.paper = paper
        self.times: dict[str, list[float]] = {}

    def take_part(self, people: Sequence[tuple[str, bytes, bytes]]) -> None:
        for number, (card, secret, _serial) in enumerate(people):
            connection = HTTPConnection("127.0.0.1", self.door.port, timeout=30)
            (self._on_paper if self.paper else self._by_script)(connection, card, secret, FORMS[number % len(FORMS)])
            connection.close()

    def _by_script(self, connection: HTTPConnection, card: str, secret: bytes, form: str) -> None:
        self._ask(connection, "start", "GET", f"/{WAVE}/")
        self._ask(connection, "answer", "GET", f"/{WAVE}/answer?form={form}")
        body = json.dumps(
            full_sheet(card, secret, form, general="Goed team, weinig tijd om iets uit te proberen.")
        ).encode()
        body = body[:-1] + b', "padding": "' + b"x" * (16384 - len(body) - 15) + b'"}'
        self._ask(connection, "deliver", "POST", f"/{WAVE}/deliver", body, "application/json")

    def _on_paper(self, connection: HTTPConnection, card: str, _secret: bytes, form: str) -> None:
        fields = {"code": card, "form": form, "part": "0", "go": "next", "lang": "nl"}
        self._post(connection, "code", "/", {"code": card})
        for part in range(1, 6):
            page = self._post(connection, f"part {part}", f"/{WAVE}/answer", fields)
            tags = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
            fields = {unescape(name): unescape(value) for name, value in tags} | {"go": "next"}
            shown = dict.fromkeys(re.findall(r'<input type="radio" name="a\.([^"]*)"', page))
            fields |= {f"a.{item}": ANSWERS[form][item] for item in shown}
        self._post(connection, "deliver", f"/{WAVE}/deliver", fields)

    def _post(self, connection: HTTPConnection, name: str, path: str, fields: dict[str, str]) -> str:
        kind = "application/x-www-form-urlencoded"
        return self._ask(connection, name, "POST", path, urlencode(fields).encode(), kind).decode()

    def _ask(
        self, connection: HTTPConnection, name: str, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> bytes:
        headers = {"Content-Type": kind} if body else {"Accept-Encoding": "gzip"}
        begin = time.perf_counter()
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - begin))
        assert response.status == 200, (response.status, content[:300])
        return content


def measure(folder: Path, *, people: int, clients: int, paper: bool) -> Measured:
    with running_door(folder, cards=people + 40, options=("--workers=2", *DOOR_2_OPTIONS)) as door:
        Client(door, paper=paper).take_part([new_person(door) for _ in range(40)])  # pages are made and kept
        everybody = [new_person(door) for _ in range(people)]
        loops = [Client(door, paper=paper) for _ in range(clients)]
        threads = [
            threading.Thread(target=loop.take_part, args=(everybody[place::clients],))
            for place, loop in enumerate(loops)
        ]
        before, begin = cpu_ms(door), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, spent = time.perf_counter() - begin, cpu_ms(door) - before
        names = loops[0].times
        times = {name: [time for loop in loops for time in loop.times[name]] for name in names}
        return Measured(people, seconds, spent, len(door.serials()) - 40, times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--road", choices=["script", "paper"], default="script")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), people=chosen.people, clients=chosen.clients, paper=chosen.road == "paper")
    print("\n".join(found.lines()))


if __name__ == "__main__":
    main()
