"""``python -m lerend_web serve``: starts the platform, and says where it is."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

TRIED = 50
"""How many ports after the first are tried before giving up."""


class Command(BaseCommand):
    help = "Starts the platform on this machine, on the first free port from --port on."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="first port to try; 0: any free one")
        parser.add_argument("--workers", type=int, default=2, help="processes that answer at the same time")

    def handle(self, *_arguments: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        listening = listen(host, port)
        # Handed over open, so that nobody can take the port between finding it and using it.
        os.set_inheritable(listening.fileno(), True)  # noqa: FBT003 -- it takes no names
        self.stdout.write(f"lerend: http://{host}:{listening.getsockname()[1]}/  (stop: Ctrl+C)")
        self.stdout.flush()
        gunicorn = [sys.executable, "-m", "gunicorn", f"--bind=fd://{listening.fileno()}", f"--workers={workers}"]
        os.execv(sys.executable, [*gunicorn, "--log-level=warning", "lerend_web.conf.wsgi"])  # noqa: S606 -- no shell, our own words only


def listen(host: str, port: int) -> socket.socket:
    """A socket on the first free port.

    Raises:
        CommandError: none is free, or the address is not one of this machine.
    """
    for candidate in range(port, port + TRIED) if port else [0]:
        try:
            return socket.create_server((host, candidate), backlog=128)
        except OSError as error:
            reason = error.strerror
    raise CommandError(f"Cannot listen on {host} from port {port} on: {reason}.")
