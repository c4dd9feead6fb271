"""``python -m lerend_web databases``: what a PostgreSQL server is told once; ``--upgrade``: new tables and rights."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from lerend_web.ops import postgresql
from lerend_web.ops.upgrade import NAMES, REGISTER, bring_up_to_date


class Command(BaseCommand):
    help = "Prints the roles, schemas and rights for a superuser of PostgreSQL; with --upgrade the owner migrates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--upgrade", action="store_true", help="make or upgrade the tables, then set the rights")

    def handle(self, *_arguments: Any, upgrade: bool, **_options: Any) -> None:
        if not settings.DATABASE_ROLES:
            raise CommandError("The databases are files, which need no roles: LEREND_DATABASE_URL is not set.")
        if upgrade:
            _upgrade(_roles(settings.DATABASE_ROLES), settings.DATABASE_ROLES.get("owner_password"))
            return
        databases = dict.fromkeys(str(settings.DATABASES[name]["NAME"]) for name in NAMES)
        for database in databases:
            for statement in postgresql.preparation(_roles(settings.DATABASE_ROLES), database=database):
                self.stdout.write(f"{statement};")


def _roles(names: dict[str, str]) -> postgresql.Roles:
    owner = names.get("owner", postgresql.OWNER)
    return postgresql.Roles(owner, names["register"], names["urn"], names["answering"])


def _upgrade(roles: postgresql.Roles, password: str | None) -> None:
    if password is None:
        raise CommandError("LEREND_DATABASE_OWNER is not set: only the owner of the tables can change them.")
    before = {name: dict(connections[name].settings_dict) for name in NAMES}
    try:
        for name in NAMES:
            _log_in(name, {"USER": roles.owner, "PASSWORD": password})
        bring_up_to_date()
        for name in NAMES:
            rights = postgresql.register_rights if name == REGISTER else postgresql.urn_rights
            _run(name, rights(roles))
    finally:
        for name, own in before.items():
            _log_in(name, own)


def _log_in(name: str, credentials: dict[str, Any]) -> None:
    connections[name].close()
    connections[name].settings_dict.update(credentials)


def _run(name: str, statements: list[str]) -> None:
    with transaction.atomic(using=name), connections[name].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
