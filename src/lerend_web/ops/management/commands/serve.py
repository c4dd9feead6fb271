"""``python -m lerend_web serve``: starts the platform and door 2, and says where they are."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lerend_web.core.postgresql import refuse_dangerous_server
from lerend_web.ops.processes import door_2, platform, run_together, start_worker
from lerend_web.ops.sharing import shared_host, square_of
from lerend_web.ops.upgrade import NAMES, bring_up_to_date, require_up_to_date

TRIED = 50
"""How many ports after the first are tried before giving up."""


class Command(BaseCommand):
    help = "Starts the platform and the answering pages on this machine, on the first free ports from --port on."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="first port to try; 0: any free one")
        parser.add_argument("--share", action="store_true", help="let phones on this network play the demo too")
        parser.add_argument("--workers", type=int, default=2, help="processes that answer at the same time")

    def handle(self, *_arguments: Any, host: str, port: int, workers: int, share: bool, **_options: Any) -> None:
        host = shared_host() if share else host
        _make_databases_ready()
        # Standard output says first where the platform is: whoever starts it may be waiting for that line.
        call_command("demo", if_empty=True, stdout=self.stderr)
        listening = listen(host, port)
        own_port = listening.getsockname()[1]
        answering = listen(host, own_port + 1 if port else 0)
        os.environ.setdefault("LEREND_ADDRESS", f"http://{host}:{own_port}")
        os.environ.setdefault("LEREND_ANSWERING_URL", f"http://{host}:{answering.getsockname()[1]}")
        self.stdout.write(f"lerend: http://{host}:{own_port}/  (stop: Ctrl+C)")
        self.stdout.write(f"answering: http://{host}:{answering.getsockname()[1]}/")
        if share:
            self.stdout.write(square_of(os.environ["LEREND_ADDRESS"] + "/demo/bowl"))
        self.stdout.flush()
        doors = [platform(listening, workers=workers), door_2(answering, workers=workers)]
        sys.exit(run_together(doors, beside=[start_worker]))


def _make_databases_ready() -> None:
    """Files are upgraded here. On a server somebody else does that, and it must be a server that keeps answers safe."""
    if not settings.DATABASE_ROLES:
        bring_up_to_date()
        return
    if "owner" in settings.DATABASE_ROLES:
        raise CommandError("LEREND_DATABASE_OWNER is for `databases --upgrade` only; take it away and start again.")
    require_up_to_date()
    for name in NAMES:
        refuse_dangerous_server(name)


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
