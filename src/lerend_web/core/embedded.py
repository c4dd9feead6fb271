"""What an embedded database must be like before anybody's answers go there: it is asked, whatever the settings say."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

_MUST_BE: Final = {
    "journal_mode": ({"wal"}, "WAL", "people who answer would wait for whoever reads"),
    "synchronous": ({"2", "3"}, "FULL", "a power cut would lose acknowledged answers"),
    "secure_delete": ({"1"}, "ON", "deleted boxes would stay in the file"),
}


def refuse_forgetful_file(connection: BaseDatabaseWrapper) -> None:
    """Stop when the file could lose what it acknowledged, or keep what it deleted.

    Raises:
        ImproperlyConfigured: the sentence names the pragma, and why.
    """
    with connection.cursor() as cursor:
        for name, (allowed, wanted, because) in _MUST_BE.items():
            cursor.execute(f"PRAGMA {name}")
            found = str(cursor.fetchone()[0])
            if found not in allowed:
                raise ImproperlyConfigured(f"SQLite has {name} = {found}; it must be {wanted}: {because}.")
    connection.close()  # processes that are started from this one open their own
