"""Attack T30 and T06 in full: guesses from one and from fifty addresses, colleagues beside them, and what time tells.

    python -m benchmarks.guessing [--tries 10000] [--rounds 400]

A real door 2; the fifty addresses are 127.0.0.1 to 127.0.0.50. Time: every kind of refused pass in turn, in an order
by chance, so that whatever else happens on this machine falls on all kinds alike; without the limit, which would hide it.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from lerend_web.urn.passes import new_card_code
from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person, running_door

UNLIMITED = "tests.lerend_web.answering.unlimited_wsgi"
MAIL_GROUP = "GROUP0000000000000000000BB"


def post(door: RunningDoor, path: str, data: Mapping[str, Any], source: str = "127.0.0.1") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", door.port, timeout=30, source_address=(source, 0))
    connection.request("POST", path, json.dumps(data).encode(), {"Content-Type": "application/json"})
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def guesses(door: RunningDoor, tries: int, addresses: int, first: int) -> tuple[Counter[int], float]:
    begin = time.perf_counter()
    found = Counter(
        post(door, "/", {"code": new_card_code()}, f"127.0.0.{first + number % addresses}")[0]
        for number in range(tries)
    )
    return found, time.perf_counter() - begin


def colleagues_beside_a_guesser(door: RunningDoor, people: int) -> tuple[Counter[int], Counter[int]]:
    """Everybody has one address; one of them guesses all the time."""
    done, refused = threading.Event(), Counter[int]()

    def guess() -> None:
        while not done.is_set():
            refused[post(door, "/", {"code": new_card_code()}, "127.0.0.99")[0]] += 1

    guesser = threading.Thread(target=guess)
    guesser.start()
    taken = Counter[int]()
    for _ in range(people):
        card, secret, _serial = new_person(door)
        taken[post(door, "/", {"code": card}, "127.0.0.99")[0]] += 1
        taken[post(door, f"/{WAVE}/deliver", full_sheet(card, secret), "127.0.0.99")[0]] += 1
    done.set()
    guesser.join()
    return taken, refused


def kinds(door: RunningDoor) -> dict[str, tuple[str, dict[str, Any]]]:
    """Refused cards and tokens: all that somebody could hope to tell apart."""
    used, secret, _serial = new_person(door)
    assert post(door, f"/{WAVE}/deliver", full_sheet(used, secret))[0] == 200
    deliver = f"/{WAVE}/deliver"
    mail = full_sheet("", secrets.token_bytes(32))
    del mail["card"]
    forged = {"flipped": bytes(288), "255 long": bytes(287), "257 long": bytes(289), "too large": b"\xff" * 288}
    found = {
        "card unknown": (deliver, full_sheet(new_card_code(), secrets.token_bytes(32))),
        "card used": (deliver, full_sheet(used, secrets.token_bytes(32))),
        "card no code": (deliver, full_sheet("x", secrets.token_bytes(32))),
        "token empty": (deliver, mail | {"key_group": MAIL_GROUP, "signature": ""}),
        "token other group": (deliver, mail | {"key_group": "x", "signature": bytes(288).hex()}),
        "token, secret 31": (deliver, mail | {"secret": "00" * 31, "key_group": MAIL_GROUP, "signature": "00" * 288}),
    }
    return found | {
        f"token {name}": (deliver, mail | {"key_group": MAIL_GROUP, "signature": signature.hex()})
        for name, signature in forged.items()
    }


def times_of(door: RunningDoor, rounds: int) -> dict[str, float]:
    tried = kinds(door)
    times: dict[str, list[float]] = {name: [] for name in tried}
    for number in range(rounds + 20):
        for name in random.sample(list(tried), len(tried)):
            path, data = tried[name]
            begin = time.perf_counter()
            assert post(door, path, data)[0] == 400, name
            if number >= 20:
                times[name].append(1000 * (time.perf_counter() - begin))
    return {name: median(found) for name, found in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=400)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_door(Path(folder), cards=320) as door:
        for addresses, first in ((1, 1), (50, 1)):
            found, seconds = guesses(door, chosen.tries, addresses, first)
            print(f"{chosen.tries} tries from {addresses} in {seconds:.0f} s: {dict(found)}")
        taken, refused = colleagues_beside_a_guesser(door, 300)
        print(f"300 colleagues at the guesser's address: {dict(taken)}; the guesser: {dict(refused)}")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_door(Path(folder), cards=2, application=UNLIMITED) as door,
    ):
        found_times = times_of(door, chosen.rounds)
    for family in ("card", "token"):
        own = {name: took for name, took in found_times.items() if name.startswith(family)}
        print(f"{family}: {max(own.values()) / min(own.values()) - 1:.1%} between the slowest and the fastest kind")
        print("\n".join(f"  {name}: {took:.3f} ms" for name, took in own.items()))


if __name__ == "__main__":
    main()
