"""The roles, schemas and rights on a PostgreSQL server, as SQL that may be run again.

Four roles: the owner of the tables, who only migrates; the platform in the register; the platform in the urn; door 2,
which may do no more than take answers and cannot read a sealed box back. None of them is a superuser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OWNER: Final = "lerend_owner"
_ROWS: Final = "SELECT, INSERT, UPDATE, DELETE"
_SILENT: Final = {
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_NEVER_SAMPLED: Final = (
    ("urn_box", "serial"),
    ("urn_box", "sealed"),
    ("urn_card", "code_hash"),
    ("urn_card", "bound_to"),
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of roles; `register` and `urn` may be one."""

    owner: str
    register: str
    urn: str
    answering: str


def preparation(roles: Roles, *, database: str) -> list[str]:
    """For a superuser, once, in the empty database. Passwords are given apart, with psql's own command for it."""
    everybody = list(dict.fromkeys([roles.owner, roles.register, roles.urn, roles.answering]))
    return [
        *map(_role, everybody),
        f"REVOKE ALL ON DATABASE {quoted(database)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {quoted(database)} TO {', '.join(map(quoted, everybody))}",
        # For the rewriting of the urn after a wave was destroyed.
        f"GRANT TEMPORARY ON DATABASE {quoted(database)} TO {quoted(roles.urn)}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        *(
            f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {quoted(roles.owner)}"
            for schema in ("register", "urn")
        ),
        f"GRANT USAGE ON SCHEMA register TO {quoted(roles.register)}",
        f"GRANT USAGE ON SCHEMA urn TO {quoted(roles.urn)}, {quoted(roles.answering)}",
        # The server's log knows the moment of every line: nothing of the urn may be one.
        *(
            f"ALTER ROLE {quoted(role)} SET {name} = '{value}'"
            for role in dict.fromkeys([roles.urn, roles.answering])
            for name, value in _SILENT.items()
        ),
    ]


def register_rights(roles: Roles) -> list[str]:
    """For the owner, after every migration of the register."""
    register = quoted(roles.register)
    return [
        f"GRANT {_ROWS} ON ALL TABLES IN SCHEMA register TO {register}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA register TO {register}",
        f"REVOKE INSERT, UPDATE, DELETE ON register.django_migrations FROM {register}",
    ]


def urn_rights(roles: Roles) -> list[str]:
    """For the owner, after every migration of the urn."""
    urn, answering = quoted(roles.urn), quoted(roles.answering)
    return [
        f"GRANT {_ROWS} ON ALL TABLES IN SCHEMA urn TO {urn}",
        f"GRANT TRUNCATE ON urn.urn_box, urn.urn_card TO {urn}",
        f"REVOKE INSERT, UPDATE, DELETE ON urn.django_migrations FROM {urn}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA urn FROM {answering}",
        f"GRANT SELECT ON urn.urn_openwave TO {answering}",
        f"GRANT SELECT, UPDATE (bound_to) ON urn.urn_card TO {answering}",
        f"GRANT SELECT (serial, key_group), INSERT, UPDATE (sealed), DELETE ON urn.urn_box TO {answering}",
        # The server's samples of values for its planner would outlive the rows.
        *(f"ALTER TABLE urn.{table} ALTER COLUMN {column} SET STATISTICS 0" for table, column in _NEVER_SAMPLED),
    ]


def quoted(name: str) -> str:
    """A name within SQL."""
    return '"' + name.replace('"', '""') + '"'


def _role(name: str) -> str:
    literal = "'" + name.replace("'", "''") + "'"
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    return (
        f"DO $make$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) "
        f"THEN CREATE ROLE {quoted(name)} {rights}; END IF; END $make$"
    )
