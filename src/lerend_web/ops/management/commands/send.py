"""``python -m lerend_web send``: sends the mails that are due, once; `serve` has it done by `work`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lerend_web.core import clock
from lerend_web.scans.domain.outbox import send_due


class Command(BaseCommand):
    help = "Sends the invitations and reminders that are due."
    requires_system_checks = ()

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        done = send_due(now=clock.now)
        self.stdout.write(f"sent: {done.sent}, failed: {done.failed}")
