"""``python -m lerend_web demo``: fills an empty installation with the demo."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lerend_web.core.clock import now
from lerend_web.demo.domain.seeding import NotEmpty, begin_again, is_empty, seed
from lerend_web.demo.queries import is_on


class Command(BaseCommand):
    help = "Fills an empty installation with a made-up programme of twelve companies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="throw an earlier demo away first")
        parser.add_argument("--if-empty", action="store_true", help="do nothing, and say nothing, where it cannot be")

    def handle(self, *_arguments: Any, again: bool, if_empty: bool, **_options: Any) -> None:
        if if_empty and not (settings.DEMO and is_empty()):
            return
        if not settings.DEMO:
            raise CommandError("LEREND_DEMO is no: there is no demo in this installation.")
        began = time.monotonic()
        try:
            begin_again() if again and is_on() else seed(at=now())
        except NotEmpty:
            raise CommandError("This installation is not empty. The demo goes into an empty one only.") from None
        self.stdout.write(f"The demo is there ({time.monotonic() - began:.0f} s). Everything in it is made up.")
