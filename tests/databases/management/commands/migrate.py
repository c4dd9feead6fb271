"""Django's command, which for the urn goes through the migrations of the urn only, as ours does for an operator.

Django makes a test database by the migrations of every room, also of those that have no table in it; that takes as long
as for the register.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from lerend_web.core.databases import URN


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        if options["database"] == URN and not options["app_label"]:
            options.update(app_label=URN, run_syncdb=False)
        return super().handle(*args, **options)
