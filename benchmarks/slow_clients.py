"""T35: two hundred phones that hardly move, while others send their answers.

    python -m benchmarks.slow_clients [--slow 200] [--people 200] [--half header|body]

Door 2 as `serve` starts it, on loopback and without a proxy in front. Meanwhile people take part one after the other; the
figure is how long their deliveries take.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from lerend_web.ops.processes import DOOR_2_OPTIONS
from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person, running_door
from tests.lerend_web.answering.slow import slow_clients

TOO_LONG = 30.0


def delivered_in(door: RunningDoor, card: str, secret: bytes) -> float:
    body = json.dumps(full_sheet(card, secret, "a", general="")).encode()
    begin = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", door.port, timeout=TOO_LONG)
    try:
        connection.request("POST", f"/{WAVE}/deliver", body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except OSError:
        return TOO_LONG
    finally:
        connection.close()
    assert status == 200, status
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slow", type=int, default=200)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--half", choices=["header", "body"], default="header")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_door(Path(folder), cards=chosen.people, options=("--workers=2", *DOOR_2_OPTIONS)) as door,
        slow_clients(door.port, chosen.slow, half=chosen.half),
    ):
        people = [new_person(door) for _ in range(chosen.people)]
        times = [delivered_in(door, card, secret) for card, secret, _ in people]
    print(f"slow clients {chosen.slow} ({chosen.half}), deliveries {len(times)}")
    print(f"p50 {median(times):.3f} s, p95 {quantiles(times, n=20)[-1]:.3f} s, longest {max(times):.2f} s")


if __name__ == "__main__":
    main()
