"""`serve` starts the platform and door 2, says where both are, and stops both."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

SOURCE = Path(__file__).parents[2] / "src"


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(folder), "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = [re.search(r"http://\S+(?=/)", server.stdout.readline()) for _door in range(2)]
        try:
            yield server, [found.group() for found in said if found]
        finally:
            server.terminate()


def ask(address: str, path: str) -> tuple[int, str, dict[str, str]]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode(), dict(response.getheaders())
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_both_doors_answer_with_their_own_settings_and_stop_together(tmp_path: Path) -> None:
    with served(tmp_path) as (server, (platform, answering)):
        assert ask(platform, "/health")[0] == ask(answering, "/health")[0] == 200
        assert "require-trusted-types-for" not in ask(platform, "/")[2]["Content-Security-Policy"]
        status, _page, headers = ask(answering, "/")
        assert status == 200
        assert "require-trusted-types-for" in headers["Content-Security-Policy"]
        assert ask(answering, "/static/answering/answer.css")[0] == 200
        environment = Path(f"/proc/{children(server.pid)[1]}/environ").read_bytes()
        assert b"LEREND_ANSWERING_URL=" + answering.encode() in environment
        assert b"LEREND_SECRET_KEY" not in environment
        started = children(server.pid)
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_end_of_one_door_ends_the_other_and_is_told(tmp_path: Path) -> None:
    with served(tmp_path) as (server, (_platform, answering)):
        assert ask(answering, "/health")[0] == 200
        first, second, sender = children(server.pid)
        os.kill(second, signal.SIGKILL)
        assert server.wait(30) != 0
        for _ in range(50):
            left = [pid for pid in (first, sender) if Path(f"/proc/{pid}").exists()]
            if not left:
                break
            time.sleep(0.1)
        assert left == []
