"""What a PostgreSQL server and a role must be like before anybody's answers go there. Files are asked by `embedded`."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.utils import CursorWrapper

from lerend_web.core.databases import URN
from lerend_web.core.embedded import refuse_forgetful_file

_MUST_BE: Final = {
    "synchronous_commit": ("on", "an answer would be acknowledged before it is on the disk"),
    "fsync": ("on", "a power cut would lose acknowledged answers"),
    "full_page_writes": ("on", "a power cut would damage pages"),
}
_URN_MUST_BE: Final = {
    "track_commit_timestamp": ("off", "it keeps at which moment each answer came"),
    "log_statement": ("none", "the server's log would hold when each answer came"),
    "log_duration": ("off", "the server's log would hold when each answer came"),
    "log_min_duration_statement": ("-1", "the server's log would hold when an answer came"),
    "log_min_error_statement": ("panic", "the server's log would hold statements that failed"),
}

_POWERS: Final = """
    SELECT role.rolsuper OR role.rolbypassrls OR role.rolcreaterole
        OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid)
        OR EXISTS (SELECT FROM pg_namespace
                   WHERE nspname = 'register' AND has_schema_privilege(role.oid, pg_namespace.oid, 'USAGE'))
    FROM pg_roles AS role WHERE role.rolname = current_user
"""


def refuse_dangerous_server(alias: str) -> None:
    """Stop when the database could lose what it acknowledged, or writes down when answers came.

    Raises:
        ImproperlyConfigured: the sentence names the server's setting, and why.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        refuse_forgetful_file(connection)
        return
    wanted = {**_MUST_BE, **(_URN_MUST_BE if alias == URN else {})}
    with connection.cursor() as cursor:
        for name, (value, because) in wanted.items():
            found = _setting(cursor, name)
            if found != value:
                raise ImproperlyConfigured(f"PostgreSQL has {name} = {found}; it must be {value}: {because}.")
    connection.close()  # processes that are started from this one open their own


def refuse_powerful_role(alias: str) -> None:
    """Stop when this process may do more than take answers: own tables, make roles, enter the register.

    Raises:
        ImproperlyConfigured: it may.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        (is_powerful,) = cursor.fetchone()
    connection.close()
    if is_powerful:
        raise ImproperlyConfigured(
            "The role of LEREND_ANSWERING_DATABASE_URL may do more than take answers. "
            "Give door 2 the role that `python -m lerend_web databases` makes."
        )


def _setting(cursor: CursorWrapper, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    return str(cursor.fetchone()[0])
