"""Brings both databases to the version of this code, forward only, and refuses what cannot go well."""

from __future__ import annotations

from typing import Final

from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from lerend_web.core.databases import URN
from lerend_web.urn.models import Box, OpenWave

REGISTER: Final = "default"
NAMES: Final = {REGISTER: "the register", URN: "the urn"}


def bring_up_to_date() -> None:
    """Make or upgrade both databases.

    Raises:
        CommandError: one of them is newer than this code, one is new while the other is not, or the urn would change
            while a wave is open. Nothing was changed then.
    """
    loaders = {name: MigrationLoader(connections[name]) for name in NAMES}
    for name, loader in loaders.items():
        _refuse_newer(name, loader)
    _refuse_half(loaders)
    if _is_behind(URN, loaders[URN]):
        _refuse_open_wave()
    call_command("migrate", database=REGISTER, interactive=False, verbosity=0)
    call_command("migrate", URN, database=URN, interactive=False, verbosity=0)
    call_command("createcachetable", database=REGISTER, verbosity=0)


def require_up_to_date() -> None:
    """For a start where another role owns the tables: change nothing, and stop when something has to be changed.

    Raises:
        CommandError: a database is behind this code, or newer.
    """
    loaders = {name: MigrationLoader(connections[name]) for name in NAMES}
    for name, loader in loaders.items():
        _refuse_newer(name, loader)
        if not loader.applied_migrations or _is_behind(name, loader):
            raise CommandError(f"{NAMES[name].capitalize()} is behind: run `python -m lerend_web databases --upgrade`.")


def _refuse_newer(name: str, loader: MigrationLoader) -> None:
    ours = {app for app, _migration in loader.disk_migrations}
    unknown = sorted(
        f"{a}.{m}" for a, m in loader.applied_migrations if a in ours and (a, m) not in loader.disk_migrations
    )
    if unknown:
        raise CommandError(
            f"{NAMES[name].capitalize()} was made by a newer version ({', '.join(unknown)}). "
            "Start that version, or restore a backup of both databases from before the upgrade."
        )


def _refuse_half(loaders: dict[str, MigrationLoader]) -> None:
    """The two belong together: one without the other is a restore that went half."""
    new = [name for name, loader in loaders.items() if not loader.applied_migrations]
    if len(new) == 1:
        other = next(name for name in NAMES if name not in new)
        raise CommandError(
            f"{NAMES[new[0]].capitalize()} is empty and {NAMES[other]} is not: they do not belong together. "
            "Restore both from the same backup."
        )


def _is_behind(name: str, loader: MigrationLoader) -> bool:
    own = {key for key in loader.disk_migrations if (key[0] == URN) == (name == URN)}
    return bool(loader.applied_migrations) and not own <= set(loader.applied_migrations)


def _refuse_open_wave() -> None:
    # Of a wave that is closed for good only its public document is left. Queries of few columns: the others may be
    # what this version changes.
    is_taking = OpenWave.objects.using(URN).filter(is_taking=True).values("pk").exists()
    if is_taking or Box.objects.using(URN).values("pk").exists():
        raise CommandError("A wave is open, and this version changes the urn. Close the wave first, then upgrade.")
