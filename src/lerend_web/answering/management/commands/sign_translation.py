"""``python -m lerend_web sign_translation employee-scan@1 pl --by NAME``: a person says that a translation is right."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lerend_web.answering.domain.signing import CannotSign, sign, translation_file


class Command(BaseCommand):
    help = "Writes into a translation who checked it and when. Any later change of its words voids that."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", help="a questionnaire, such as employee-scan@1, or: pages")
        parser.add_argument("language", help="such as pl")
        parser.add_argument("--by", required=True, metavar="NAME", help="who read every sentence")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="when, such as 2026-01-31; else today")

    def handle(self, *_arguments: Any, what: str, language: str, by: str, on: date | None, **_options: Any) -> None:
        try:
            signature = sign(translation_file(what, language), by=by, on=on or datetime.now(UTC).date())
        except CannotSign as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"signed by {signature.by} on {signature.on}, digest {signature.digest}")
