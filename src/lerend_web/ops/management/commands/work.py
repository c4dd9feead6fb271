"""``python -m lerend_web work``: does what was left to the background; with --every it goes on, as `serve` has it do."""

from __future__ import annotations

import logging
import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from lerend_web.core import jobs
from lerend_web.pilots.tasks import start_reminders
from lerend_web.scans.tasks import start_what_is_due

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does the work in the background: invitations and reminders, reports, imports."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="keep on, and look again after so long")

    def handle(self, *_arguments: Any, every: float | None, **_options: Any) -> None:
        # The library logs the text of errors, and mails have addresses; core/jobs.py says what may be said.
        logging.getLogger("django_tasks").setLevel(logging.CRITICAL + 1)
        worker = new_worker()
        if every is None:
            one_round(worker)
            return
        _stop_by_signals(worker)
        started_by = os.getppid()
        # When whoever started it is killed, nobody else would ever stop it.
        while worker.running and os.getppid() == started_by:
            _one_round_whatever_happens(worker)
            if worker.running:
                time.sleep(every)


def new_worker() -> Worker:
    """The library's own; in batches, so that it comes back when nothing waits."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(16),
        excluded_queue_names=[],
    )


def one_round(worker: Worker) -> None:
    """Give back what others left undone, see what is due by itself, do everything that waits, and forget it."""
    jobs.return_stalled(at=timezone.now())
    start_what_is_due()
    start_reminders()
    worker.run()
    jobs.forget_finished(at=timezone.now())


def _one_round_whatever_happens(worker: Worker) -> None:
    """A database that is away for a while must not end the worker; the next round begins anew."""
    try:
        one_round(worker)
    except DatabaseError as error:
        _log.warning("Nothing was done just now: %s", type(error).__name__)
    finally:
        close_old_connections()


def _stop_by_signals(worker: Worker) -> None:
    """In the middle of a job too: the library notes that it was stopped, and the next worker takes it at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        # A second signal, as from Ctrl+C and then from `serve`, must not disturb that note.
        if worker.running:
            worker.running = False
            raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
