"""Clients that hold a connection and hardly send anything: a bad line, or bad intentions."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lerend_web.answering.door import WAVE


@contextmanager
def slow_clients(port: int, count: int, *, half: str = "header") -> Iterator[None]:
    """While this lasts, so many requests stand still in their header, or in their body.

    Each sends a byte a second, and comes back as soon as it is sent away.
    """
    stop, holding = threading.Event(), threading.Semaphore(0)
    clients = [threading.Thread(target=_hold, args=(port, half, stop, holding)) for _ in range(count)]
    for client in clients:
        client.start()
    try:
        for _ in clients:
            holding.acquire(timeout=10)
        yield
    finally:
        stop.set()
        for client in clients:
            client.join()


def _hold(port: int, half: str, stop: threading.Event, holding: threading.Semaphore) -> None:
    head = f"POST /{WAVE}/deliver HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    start = head if half == "header" else f"{head}Content-Length: 16384\r\n\r\n"
    while not stop.is_set():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(start.encode())
                holding.release()
                while not stop.wait(1):
                    line.sendall(b"x")
        except OSError:
            stop.wait(0.2)
