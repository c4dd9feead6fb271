"""T35: five hundred reports at once on the platform, while people hand in their answers at door 2.

    python -m benchmarks.heavy_use [--exports 500] [--people 60]

The platform as `serve` starts it, with its made-up programme, on loopback and without a proxy. Every export is a report as
PDF, each on a connection of its own, all asked for at the same moment. The figures: how long deliveries take meanwhile,
what became of the exports, and the memory of all processes together at its highest.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

from tests.journeys.site import Site
from tests.lerend_web.answering.running import full_sheet
from tests.lerend_web.started import started

SOURCE = Path(__file__).parents[1] / "src"
PATIENCE = 300.0
ANSWERED_BEFORE = 40
"""Cards of the made-up company that the demo itself may use."""


@contextmanager
def platform(folder: Path) -> Iterator[tuple[Site, int]]:
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(folder), "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0"]
    with started(command, env=environment | {"OPENBLAS_NUM_THREADS": "1"}, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        found = [re.search(r"http://\S+(?=/)", server.stdout.readline()) for _ in range(2)]
        first, second = (match.group() for match in found if match)
        for address in (first, second):
            urlopen(f"{address}/health", timeout=60).close()  # noqa: S310 -- our own process
        yield Site(first, second, folder), server.pid


def as_marloes(site: Site) -> tuple[OpenerDirector, CookieJar]:
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    page = opener.open(f"{site.address}/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = urlencode({"csrfmiddlewaretoken": token.group(1), "character": "marloes"}).encode()
    opener.addheaders += [("Referer", f"{site.address}/")]
    opener.open(f"{site.address}/demo/play", form).read()
    return opener, jar


def report_of(site: Site, opener: OpenerDirector) -> str:
    """Path of the report as PDF of a round that is closed."""
    for wave in range(1, 60):
        try:
            page = opener.open(f"{site.address}/waves/{wave}/outcome/files").read().decode()
        except OSError:
            continue
        found = re.search(r'href="(/waves/\d+/outcome/files/report)"', page)
        if found:
            return found.group(1)
    raise SystemExit("no report found: does the demo still have a closed round of this company?")


def export(address: str, path: str, cookie: str, outcomes: list[str]) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        outcomes.append(str(response.status))
    except OSError as problem:
        outcomes.append(type(problem).__name__)
    finally:
        connection.close()


def delivered_in(site: Site, card: str) -> float:
    body = json.dumps(full_sheet(card, secrets.token_bytes(32), "a")).encode()
    begin = time.perf_counter()
    connection = HTTPConnection(urlsplit(site.door).netloc, timeout=PATIENCE)
    connection.request("POST", f"/{site.wave}/deliver", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    said = response.read()
    connection.close()
    assert response.status == 200, (response.status, said)
    return time.perf_counter() - begin


def memory_of_group(leader: int) -> float:
    """Megabytes that the processes of the group hold for themselves (PSS), added up."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == leader:
                rolled = (folder / "smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", rolled, re.MULTILINE).group(1))  # type: ignore[union-attr]  # the kernel writes it
        except OSError:
            continue
    return total / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exports", type=int, default=500)
    parser.add_argument("--people", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, platform(Path(folder)) as (site, leader):
        opener, jar = as_marloes(site)
        path = report_of(site, opener)
        cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
        outcomes: list[str] = []
        begin = time.perf_counter()
        wanted = [
            threading.Thread(target=export, args=(site.address, path, cookie, outcomes)) for _ in range(chosen.exports)
        ]
        for one in wanted:
            one.start()
        times, highest = [], memory_of_group(leader)
        for number in range(chosen.people):
            times.append(delivered_in(site, site.card_of_colleague(ANSWERED_BEFORE + number)))
            if number % 10 == 0:
                highest = max(highest, memory_of_group(leader))
        left = sum(one.is_alive() for one in wanted)
        for one in wanted:
            one.join()
        took = time.perf_counter() - begin
    print(f"deliveries {len(times)}: p50 {median(times):.3f} s, p95 {quantiles(times, n=20)[-1]:.3f} s")
    print(f"exports {dict(Counter(outcomes))} in {took:.0f} s; {left} still waiting when the last person was done")
    print(f"memory of all processes together, at most {highest:.0f} MB")


if __name__ == "__main__":
    main()
