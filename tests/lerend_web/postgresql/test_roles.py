"""Four roles, each with no more than it needs; and servers on which nothing may start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lerend_web.core.postgresql import refuse_dangerous_server, refuse_powerful_role
from lerend_web.ops.postgresql import Roles, preparation
from lerend_web.ops.upgrade import require_up_to_date
from tests.lerend_web.postgresql.cluster import ANSWERING, OWNER, REGISTER, URN, Cluster
from tests.lerend_web.postgresql.conftest import opened

ALL_ROLES = [OWNER, REGISTER, URN, ANSWERING]

_COLUMNS = """
    SELECT table_name || '.' || column_name, privilege_type FROM information_schema.column_privileges
    WHERE table_schema = %s AND grantee = %s
"""
_TABLES = """
    SELECT table_name, privilege_type FROM information_schema.table_privileges
    WHERE table_schema = %s AND grantee = %s
"""


@pytest.fixture(scope="module")
def database(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        yield cluster.copy("roles")


def rights(cluster: Cluster, database: str, schema: str, role: str) -> set[tuple[str, str]]:
    with cluster.as_superuser(database) as reader:
        found = [row for query in (_COLUMNS, _TABLES) for row in reader.execute(query, [schema, role]).fetchall()]
    return {(str(name), str(right)) for name, right in found}


def test_door_2_can_take_answers_and_nothing_else(cluster: Cluster, database: str) -> None:
    assert rights(cluster, database, "register", ANSWERING) == set()
    read = {
        "urn_openwave": ["code", "is_taking", "document"],
        "urn_card": ["code_hash", "key_group", "bound_to", "is_void"],
        "urn_box": ["serial", "key_group"],
    }
    wanted = {(f"{table}.{column}", "SELECT") for table, columns in read.items() for column in columns}
    wanted |= {(f"urn_box.{column}", "INSERT") for column in ("serial", "key_group", "sealed")}
    wanted |= {("urn_box.sealed", "UPDATE"), ("urn_card.bound_to", "UPDATE")}
    wanted |= {("urn_openwave", "SELECT"), ("urn_card", "SELECT"), ("urn_box", "INSERT"), ("urn_box", "DELETE")}
    assert rights(cluster, database, "urn", ANSWERING) == wanted


@pytest.mark.parametrize(("schema", "role"), [("urn", REGISTER), ("register", URN)])
def test_roles_of_the_platform_stay_on_their_side(cluster: Cluster, database: str, schema: str, role: str) -> None:
    assert rights(cluster, database, schema, role) == set()
    with cluster.as_superuser(database) as reader:
        query = "SELECT has_schema_privilege(%s, %s, 'USAGE')"
        assert reader.execute(query, [role, schema]).fetchall() == [(False,)]


def test_nobody_who_serves_is_superuser_or_owner(cluster: Cluster, database: str) -> None:
    with cluster.as_superuser(database) as reader:
        owners = reader.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('register', 'urn')"
        ).fetchall()
        powers = reader.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreaterole OR rolbypassrls)",
            [ALL_ROLES],
        ).fetchall()
    assert owners == [(OWNER,)]
    assert powers == []


def test_preparing_again_changes_nothing(cluster: Cluster, database: str) -> None:
    before = [rights(cluster, database, "urn", role) for role in ALL_ROLES]
    roles = Roles(OWNER, REGISTER, URN, ANSWERING)
    with cluster.as_superuser(database) as connection:
        for statement in preparation(roles, database=database):
            connection.execute(statement.encode())
    assert [rights(cluster, database, "urn", role) for role in ALL_ROLES] == before


def test_server_as_it_is_installed_will_do(cluster: Cluster, database: str) -> None:
    with opened(cluster, database, urn=ANSWERING):
        refuse_dangerous_server("default")
        refuse_dangerous_server("urn")
        refuse_powerful_role("urn")


@pytest.mark.parametrize("role", [OWNER, "super"])
def test_role_that_can_do_more_does_not_serve_door_2(cluster: Cluster, database: str, role: str) -> None:
    with opened(cluster, database, urn=role), pytest.raises(ImproperlyConfigured, match="more than take answers"):
        refuse_powerful_role("urn")


def test_role_that_owns_a_table_does_not_serve_door_2(cluster: Cluster, database: str) -> None:
    with cluster.as_superuser(database) as connection:
        connection.execute("CREATE TABLE urn.own ()")
        connection.execute(f"ALTER TABLE urn.own OWNER TO {ANSWERING}".encode())
        with opened(cluster, database, urn=ANSWERING), pytest.raises(ImproperlyConfigured, match="more than take"):
            refuse_powerful_role("urn")
        connection.execute("DROP TABLE urn.own")


def test_role_that_may_enter_the_register_does_not_serve_door_2(cluster: Cluster, database: str) -> None:
    with cluster.as_superuser(database) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA register TO {ANSWERING}".encode())
        with opened(cluster, database, urn=ANSWERING), pytest.raises(ImproperlyConfigured, match="more than take"):
            refuse_powerful_role("urn")
        connection.execute(f"REVOKE USAGE ON SCHEMA register FROM {ANSWERING}".encode())


@pytest.mark.parametrize(
    ("setting", "value"), [("log_statement", "all"), ("log_min_duration_statement", "0"), ("log_duration", "on")]
)
def test_server_that_logs_when_answers_come_is_refused(
    cluster: Cluster, database: str, setting: str, value: str
) -> None:
    with cluster.as_superuser(database) as connection:
        scope = f"ALTER ROLE {ANSWERING} IN DATABASE {database}"
        connection.execute(f"{scope} SET {setting} = '{value}'".encode())
        with opened(cluster, database, urn=ANSWERING), pytest.raises(ImproperlyConfigured, match=f"has {setting} ="):
            refuse_dangerous_server("urn")
        connection.execute(f"{scope} RESET {setting}".encode())


def test_commit_waits_for_the_disk_whatever_the_database_says(cluster: Cluster, database: str) -> None:
    with cluster.as_superuser(database) as connection:
        connection.execute(f"ALTER DATABASE {database} SET synchronous_commit = off".encode())
        with opened(cluster, database, urn=ANSWERING):
            refuse_dangerous_server("urn")
            refuse_dangerous_server("default")
        connection.execute(f"ALTER DATABASE {database} RESET synchronous_commit".encode())


def test_empty_database_stops_the_start_and_says_what_to_do(cluster: Cluster, database: str) -> None:
    with cluster.as_superuser() as connection:
        connection.execute("CREATE DATABASE bare")
    with opened(cluster, "bare"), pytest.raises(CommandError, match=r"register is behind.*databases --upgrade"):
        require_up_to_date()
    with opened(cluster, database):
        require_up_to_date()


def test_upgrading_needs_the_owner() -> None:
    roles = {"register": REGISTER, "urn": URN, "answering": ANSWERING}
    with override_settings(DATABASE_ROLES=roles), pytest.raises(CommandError, match="LEREND_DATABASE_OWNER is not set"):
        call_command("databases", upgrade=True)


def test_files_need_no_roles() -> None:
    with pytest.raises(CommandError, match="The databases are files"):
        call_command("databases")
