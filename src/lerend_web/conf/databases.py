"""How the databases are opened: files of this machine, or a PostgreSQL server with two schemas and roles of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from lerend_web.conf.env import DatabaseServer, Environment, database_server, user_and_password

REGISTER_SCHEMA: Final = "register"
URN_SCHEMA: Final = "urn"


@dataclass(frozen=True, slots=True)
class Databases:
    """What Django is told, and on PostgreSQL the names of the roles (and the owner's password, when it was given)."""

    settings: dict[str, dict[str, Any]]
    roles: dict[str, str] = field(default_factory=dict)


def platform_databases(environment: Environment, folder: Path) -> Databases:
    """The register and the urn, as the platform opens them.

    Raises:
        ImproperlyConfigured: settings that contradict each other, or a role that is to do two jobs.
    """
    register = _server(environment, "LEREND_DATABASE_URL")
    urn = _server(environment, "LEREND_URN_DATABASE_URL") or register
    answering = _server(environment, "LEREND_ANSWERING_DATABASE_URL")
    owner = user_and_password("LEREND_DATABASE_OWNER", environment.text("LEREND_DATABASE_OWNER", ""))
    if register is None or urn is None:
        if urn or answering or owner:
            raise ImproperlyConfigured("LEREND_DATABASE_URL is missing, while another database setting is there.")
        return Databases({"default": sqlite(folder / "register.sqlite3"), "urn": sqlite(folder / "urn.sqlite3")})
    if answering is None:
        raise ImproperlyConfigured("LEREND_DATABASE_URL is there and LEREND_ANSWERING_DATABASE_URL is not.")
    _refuse_shared_roles({register.user, urn.user}, answering.user, owner[0] if owner else "")
    roles = {"register": register.user, "urn": urn.user, "answering": answering.user}
    roles |= {"owner": owner[0], "owner_password": owner[1]} if owner else {}
    return Databases({"default": postgresql(register, REGISTER_SCHEMA), "urn": postgresql(urn, URN_SCHEMA)}, roles)


def answering_database(environment: Environment) -> dict[str, Any]:
    """The urn, as door 2 opens it. It is never told where the register is."""
    server = _server(environment, "LEREND_ANSWERING_DATABASE_URL")
    if server is not None:
        return {**postgresql(server, URN_SCHEMA), "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    return {**sqlite(environment.folder("LEREND_VAR", "var") / "urn.sqlite3"), "CONN_MAX_AGE": None}


def sqlite(path: Path) -> dict[str, Any]:
    """An embedded database that keeps what was acknowledged through a power cut.

    WAL lets readers go on while one writes; IMMEDIATE makes writers queue, not fail; FULL waits for the disk;
    `secure_delete` overwrites what is deleted.
    """
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def postgresql(server: DatabaseServer, schema: str) -> dict[str, Any]:
    """A schema of a PostgreSQL server; a commit is acknowledged when it is on the disk.

    The urn's values travel beside the statements, so that no log of statements can hold them.
    """
    options: dict[str, Any] = {"options": f"-c search_path={schema} -c synchronous_commit=on"}
    if server.ssl:
        options["sslmode"] = server.ssl
    if schema == URN_SCHEMA:
        options["server_side_binding"] = True
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": server.database,
        "USER": server.user,
        "PASSWORD": server.password,
        "HOST": server.host,
        "PORT": str(server.port),
        "OPTIONS": options,
    }


def _server(environment: Environment, name: str) -> DatabaseServer | None:
    return database_server(name, environment.text(name, ""))


def _refuse_shared_roles(platform: set[str], answering: str, owner: str) -> None:
    if answering in platform:
        raise ImproperlyConfigured(
            "LEREND_ANSWERING_DATABASE_URL has the platform's role; door 2 needs one of its own."
        )
    if owner and owner in {*platform, answering}:
        raise ImproperlyConfigured("LEREND_DATABASE_OWNER is a role that serves visitors; it must be another one.")
