"""The two processes of the platform: started on sockets that are open already, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

PATIENCE: Final = 30
"""Seconds that a process gets to finish what it is doing."""

DOOR_2_READS: Final = {
    "LEREND_VAR",
    "LEREND_HOSTS",
    "LEREND_HTTPS",
    "LEREND_ADDRESS",
    "LEREND_ADDRESS_HEADER",
    "LEREND_ANSWERING_URL",
    "LEREND_ANSWERING_DATABASE_URL",
}
"""The settings of door 2: the platform's key, mail account and databases are not handed to it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A WSGI application, the socket it answers on, and how gunicorn runs it."""

    application: str
    listening: socket.socket
    options: Sequence[str]
    environment: Mapping[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        bind = f"--bind=fd://{self.listening.fileno()}"
        command = [sys.executable, "-m", "gunicorn", bind, *self.options, self.application]
        # Handed over open, so that nobody can take the port between finding it and using it.
        return subprocess.Popen(command, env=dict(self.environment), pass_fds=[self.listening.fileno()])  # noqa: S603 -- no shell, our own words only


def platform(listening: socket.socket, *, workers: int) -> Part:
    # Closing a large round takes a while, in the request of whoever holds the key: a second thread answers meanwhile.
    options = [f"--workers={workers}", WHOLE_REQUESTS, "--threads=2", "--no-control-socket", "--log-level=warning"]
    return Part("lerend_web.conf.wsgi", listening, options, os.environ)


def door_2(listening: socket.socket, *, workers: int) -> Part:
    """Without access log; and gunicorn's warnings name the address of whoever sent something odd, so errors only.

    A phone that is slow keeps nobody waiting: a thread sees a request only once it is there whole.
    """
    options = [f"--workers={workers}", *DOOR_2_OPTIONS]
    own = {name: value for name, value in os.environ.items() if not name.startswith("LEREND_") or name in DOOR_2_READS}
    return Part("lerend_web.conf.answering_wsgi", listening, options, own)


WHOLE_REQUESTS: Final = "--worker-class=lerend_web.ops.whole_requests.WholeRequests"
DOOR_2_OPTIONS: Final = (WHOLE_REQUESTS, "--threads=4", "--preload", "--no-control-socket", "--log-level=error")
LOOKS_EVERY: Final = 2
"""Seconds between two looks at what waits."""


def start_worker() -> subprocess.Popen[bytes]:
    """What works in the background: it answers nobody, and may be stopped at any moment (`core/jobs.py`)."""
    command = [sys.executable, "-m", "lerend_web", "work", f"--every={LOOKS_EVERY}"]
    return subprocess.Popen(command, env=dict(os.environ))  # noqa: S603 -- no shell, our own words only


def run_together(parts: Sequence[Part], *, beside: Sequence[Callable[[], subprocess.Popen[bytes]]] = ()) -> int:
    """Run until a signal to stop (0) or until one of them ends by itself (its status, at least 1)."""
    stopping, ended = threading.Event(), threading.Event()
    with _stopped_by_signals(stopping, ended):
        running = [part.start() for part in parts] + [start() for start in beside]
        for part in parts:
            part.listening.close()
        for process in running:
            threading.Thread(target=_tell_when_ended, args=(process, ended), daemon=True).start()
        ended.wait()
        status = next((process.poll() or 1 for process in running if process.poll() is not None), 1)
        _stop(running)
    return 0 if stopping.is_set() else status


@contextmanager
def _stopped_by_signals(stopping: threading.Event, ended: threading.Event) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()
        ended.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_when_ended(process: subprocess.Popen[bytes], ended: threading.Event) -> None:
    process.wait()
    ended.set()


def _stop(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
