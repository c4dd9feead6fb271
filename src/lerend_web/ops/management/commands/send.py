"""``python -m lerend_web send``: sends the mails that are due; with --every it goes on doing so, as `serve` has it do."""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from lerend_web.core import clock
from lerend_web.scans.domain.outbox import send_due

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the invitations and reminders that are due."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="keep on, and look again after so long")

    def handle(self, *_arguments: Any, every: float | None, **_options: Any) -> None:
        if every is None:
            done = send_due(now=clock.now)
            self.stdout.write(f"sent: {done.sent}, failed: {done.failed}")
            return
        started_by = os.getppid()
        with suppress(KeyboardInterrupt):
            # When whoever started it is killed, nobody else would ever stop it.
            while os.getppid() == started_by:
                _one_round_whatever_happens()
                time.sleep(every)


def _one_round_whatever_happens() -> None:
    """A database that is away for a while must not end the sender; the next round begins anew."""
    try:
        send_due(now=clock.now)
    except DatabaseError as error:
        _log.warning("No mails were sent just now: %s", type(error).__name__)
    finally:
        close_old_connections()
