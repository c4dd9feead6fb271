"""What one participation by mail costs the server: door 1 (page, key, blind signature) and door 2 (pages, delivery).

    python -m benchmarks.participation_by_mail [--people 400] [--clients 4]

The platform as `serve` starts it, in a folder of its own; the CPU of all its processes is read from /proc before and
after. Blinding and finishing are done here, as a browser would. Every acknowledged box is counted in the urn.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_bytes
from statistics import median

from lerend_web.urn.tokens import blind, finalise
from tests.lerend_web.answering.running import full_sheet

FORMS = "abcdefg"
TICKS = os.sysconf("SC_CLK_TCK")
SEED = "--seed-a-round-of"


@dataclass(frozen=True, slots=True)
class Round:
    wave: str
    invited: tuple[tuple[str, str], ...]
    token_keys: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Doors:
    process: int
    one: int
    two: int

    def cpu_ms(self) -> float:
        """CPU of the process that was started and all below it, ended children included."""
        fields = [_stat(pid) for pid in _family(self.process)]
        return sum(int(place[11]) + int(place[12]) for place in fields) * 1000 / TICKS


@dataclass(slots=True)
class Client:
    """One closed loop: the next person comes when the last one is done."""

    doors: Doors
    round: Round
    times: dict[str, list[float]] = field(default_factory=dict)

    def take_part(self, people: Sequence[tuple[str, str]]) -> None:
        for number, (group, shown) in enumerate(people):
            signature, secret = self._pass(group, shown)
            self._answer(group, signature, secret, FORMS[number % len(FORMS)])

    def _pass(self, group: str, shown: str) -> tuple[bytes, bytes]:
        key, secret = self.round.token_keys[group], token_bytes(32)
        door = HTTPConnection("127.0.0.1", self.doors.one, timeout=30)
        self._ask(door, "door 1 page", "GET", "/start/")
        self._ask(door, "door 1 key", "POST", "/start/key", {"group": group})
        blinding = blind(key, secret)
        asked = {"group": group, "invitation": shown, "blinded": blinding.blinded.hex()}
        signed = json.loads(self._ask(door, "door 1 sign", "POST", "/start/sign", asked))["signature"]
        door.close()
        return finalise(key, blinding, bytes.fromhex(signed)), secret

    def _answer(self, group: str, signature: bytes, secret: bytes, form: str) -> None:
        door = HTTPConnection("127.0.0.1", self.doors.two, timeout=30)
        self._ask(door, "door 2 start", "GET", f"/{self.round.wave}/")
        self._ask(door, "door 2 answer", "GET", f"/{self.round.wave}/answer?form={form}")
        sheet = full_sheet("", secret, form) | {"key_group": group, "signature": signature.hex()}
        sheet.pop("card", None)
        body = {**sheet, "padding": ""}
        body["padding"] = "x" * (16384 - len(json.dumps(body)))
        self._ask(door, "door 2 deliver", "POST", f"/{self.round.wave}/deliver", body)
        door.close()

    def _ask(self, door: HTTPConnection, name: str, method: str, path: str, body: object = None) -> bytes:
        sent = None if body is None else json.dumps(body)
        headers = {"Accept-Encoding": "gzip"} if sent is None else {"Content-Type": "application/json"}
        begin = time.perf_counter()
        door.request(method, path, sent, headers)
        response = door.getresponse()
        content = response.read()
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - begin))
        assert response.status == 200, (name, response.status, content[:300])
        return content


def measure(folder: Path, *, people: int, clients: int) -> list[str]:
    warm_up = 20
    with running(folder) as doors:
        found = seeded_in_its_own_process(folder, people + warm_up)
        Client(doors, found).take_part(found.invited[:warm_up])
        loops, rest = [Client(doors, found) for _ in range(clients)], found.invited[warm_up:]
        threads = [
            threading.Thread(target=loop.take_part, args=(rest[place::clients],)) for place, loop in enumerate(loops)
        ]
        before, begin = doors.cpu_ms(), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent, seconds = doors.cpu_ms() - before, time.perf_counter() - begin
    stored = sqlite3.connect(folder / "urn.sqlite3").execute("SELECT count(*) FROM urn_box").fetchone()[0] - warm_up
    lines = [f"people {people}, stored {stored}, {people / seconds:.0f} a second"]
    lines.append(f"server CPU per participation by mail: {spent / people:.2f} ms")
    times = {name: [took for loop in loops for took in loop.times[name]] for name in loops[0].times}
    return lines + [f"{name:15} p50 {median(took):.1f} ms" for name, took in times.items()]


@contextmanager
def running(folder: Path) -> Iterator[Doors]:
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0"]
    environment = {**os.environ, "LEREND_VAR": str(folder), "LEREND_DEMO": "no"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        one, two = (int(re.findall(r":(\d+)/", server.stdout.readline())[0]) for _ in range(2))
        time.sleep(3)
        yield Doors(server.pid, one, two)
        server.terminate()


def seeded_in_its_own_process(folder: Path, people: int) -> Round:
    command = [sys.executable, "-m", "benchmarks.participation_by_mail", SEED, str(people)]
    environment = {**os.environ, "LEREND_VAR": str(folder), "LEREND_DEMO": "no"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    keys = {group: base64.b64decode(key) for group, key in found["keys"].items()}
    return Round(found["wave"], tuple((group, shown) for group, shown in found["invited"]), keys)


def seed(people: int) -> None:
    """A round by mail that is open today, with as many people, printed as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    import django  # noqa: PLC0415 -- the other half of this program knows no Django

    django.setup()
    from lerend_web.core import clock  # noqa: PLC0415 -- see above
    from tests.lerend_web.answering.mail_round import open_mail_round  # noqa: PLC0415 -- see above

    print(json.dumps(open_mail_round(people, at=clock.now())))


def _family(first: int) -> list[int]:
    found, parents = [first], {int(p.name): int(_stat(int(p.name))[1]) for p in Path("/proc").glob("[0-9]*")}
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["", "0", *["0"] * 20]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument(SEED, type=int, dest="seeds", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.seeds:
        seed(chosen.seeds)
        return
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(measure(Path(folder), people=chosen.people, clients=chosen.clients)))


if __name__ == "__main__":
    main()
