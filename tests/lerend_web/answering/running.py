"""Door 2 in processes that a test may kill, with everything that they say kept in one file."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from lerend.model import load_instrument
from lerend_web.ops.processes import DOOR_2_OPTIONS
from lerend_web.urn.passes import serial_of
from tests.lerend_web.answering.door import SOURCE, WAVE, open_the_wave, run_python

HOME = SOURCE.parent
ANSWERS = {
    form.id: {item: str(1 + place % 5) for place, item in enumerate(form.items)}
    for form in load_instrument("employee-scan@1").forms
}


_DESTROY = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.answering_settings"
django.setup()
from lerend_web.urn.domain import intake
intake.stop_intake(code=sys.argv[1])
intake.destroy(code=sys.argv[1])
"""


@dataclass
class RunningDoor:
    """gunicorn on a socket that this process holds, so that nobody is refused while it starts again."""

    folder: Path
    listening: socket.socket
    cards: list[str]
    application: str
    options: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8", "replace")

    @property
    def urn(self) -> Path:
        return self.folder / "urn.sqlite3"

    def start(self) -> None:
        fileno = self.listening.fileno()
        command = [sys.executable, "-m", "gunicorn", f"--bind=fd://{fileno}", *self.options, self.application]
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                command,
                env=_environment(self.folder) | self.environment,
                pass_fds=[fileno],
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        for _ in range(200):
            try:
                if self.request("GET", "/health")[0] == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.02)
        raise TimeoutError(self.said)

    def workers(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill(self) -> None:
        """Everything at once, as when the machine's memory is full."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(30)

    def destroy_the_wave(self) -> None:
        """What the register does at the very end, in a process of its own."""
        run_python(_environment(self.folder) | self.environment, _DESTROY, WAVE)

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body or None, dict(headers or {}))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def deliver(self, data: Mapping[str, Any]) -> tuple[int, bytes]:
        body = json.dumps(data).encode()
        return self.request("POST", f"/{WAVE}/deliver", body, {"Content-Type": "application/json"})

    def serials(self) -> list[bytes]:
        """What lies in the urn, read past everything of ours."""
        connection = sqlite3.connect(self.urn)
        try:
            return [bytes(serial) for (serial,) in connection.execute("SELECT serial FROM urn_box")]
        finally:
            connection.close()


def full_sheet(card: str, secret: bytes, form: str = "a", **comments: str) -> dict[str, Any]:
    """What a script sends for somebody who answered everything."""
    content = {"form": form, "language": "nl", "answers": ANSWERS[form], "background": {"shift": "night"}}
    return {**content, "comments": comments, "secret": secret.hex(), "card": card}


@contextmanager
def running_door(
    folder: Path,
    *,
    cards: int,
    application: str = "lerend_web.conf.answering_wsgi",
    options: tuple[str, ...] = ("--workers=2", *DOOR_2_OPTIONS, "--graceful-timeout=3"),
    environment: Mapping[str, str] | None = None,
    opening: Mapping[str, str] | None = None,
) -> Iterator[RunningDoor]:
    """`environment` is what door 2 gets besides its folder; `opening` is what whoever opens the wave gets instead."""
    own = dict(environment or {})
    codes = open_the_wave(_environment(folder) | own | dict(opening or {}), cards)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        door = RunningDoor(folder, listening, codes, application, options, own)
        door.start()
        try:
            yield door
        finally:
            if door.process is not None and door.process.poll() is None:
                door.stop()


def new_person(door: RunningDoor) -> tuple[str, bytes, bytes]:
    """A card nobody has used, a secret, and the serial that its box will have."""
    secret = secrets.token_bytes(32)
    return door.cards.pop(), secret, serial_of(secret)


def _environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join((str(SOURCE), str(HOME)))
    return {"PATH": os.environ["PATH"], "LEREND_VAR": str(folder), "PYTHONPATH": path}
