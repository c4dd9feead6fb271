"""``python -m lerend_web bounces < mail``: lists addresses whose mail came back; with --folder it empties a maildir.

The background worker (`work`) empties the maildir of LEREND_BOUNCES every ten minutes; --folder does so at once.
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lerend_web.core import clock
from lerend_web.scans.domain.bounces import LARGEST_MAIL, is_maildir, take_folder, take_report


class Command(BaseCommand):
    help = "Takes in reports of mails that could not be delivered. Nothing of them is kept."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", action="store_true", help="read the maildir of LEREND_BOUNCES now, and empty it"
        )

    def handle(self, *_arguments: Any, folder: bool, **_options: Any) -> None:
        if folder:
            self._folder()
            return
        listed = take_report(mail=sys.stdin.buffer.read(LARGEST_MAIL + 1), at=clock.now())
        self.stdout.write(f"addresses to put right: {listed}")

    def _folder(self) -> None:
        if settings.BOUNCES is None:
            raise CommandError("Set LEREND_BOUNCES to the maildir that mails come back to.")
        if not is_maildir(settings.BOUNCES):
            raise CommandError(f"{settings.BOUNCES} is no maildir: it has no folders new and cur.")
        mails, listed = take_folder(folder=settings.BOUNCES, at=clock.now())
        self.stdout.write(f"mails read and removed: {mails}, addresses to put right: {listed}")
