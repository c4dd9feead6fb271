"""Deliveries and the end of the intake wait for each other, so that nothing acknowledged comes too late to be counted.

SQLite's IMMEDIATE transactions do this by themselves. PostgreSQL does it by an advisory lock: many deliveries share it,
the end of the intake needs it alone; unlike a row lock it needs no right to write and leaves no trace in the row.
"""

from __future__ import annotations

from django.db import connections

from lerend_web.core.databases import URN


def enter(wave: str) -> None:
    """Take part in the intake of a wave until the end of this transaction."""
    _lock("pg_advisory_xact_lock_shared", wave)


def wait_for_deliveries(wave: str) -> None:
    """Wait until no delivery of this wave is under way, and keep new ones out until the end of this transaction."""
    _lock("pg_advisory_xact_lock", wave)


def one_at_a_time(key_group: str) -> None:
    """Wait until no other delivery is counting the boxes of this key group."""
    _lock("pg_advisory_xact_lock", key_group)


def _lock(function: str, name: str) -> None:
    connection = connections[URN]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtextextended(%s, 9))", [f"intake {name}"])
