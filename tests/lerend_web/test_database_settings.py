"""Where the databases are is read loudly, and no sentence quotes a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lerend_web.conf.databases import answering_database, platform_databases
from lerend_web.conf.env import DatabaseServer, Environment, database_server, user_and_password

REGISTER = "postgresql://reg:p%40ss@db.example.org/lerend?sslmode=verify-full"
DOOR = "postgresql://door:secret@db.example.org:6000/lerend"


def test_url_names_server_role_and_database() -> None:
    assert database_server("X", REGISTER) == DatabaseServer(
        "db.example.org", 5432, "reg", "p@ss", "lerend", "verify-full"
    )
    socket = database_server("X", "postgresql://reg@/lerend?host=%2Frun%2Fpostgresql")
    assert socket == DatabaseServer("/run/postgresql", 5432, "reg", "", "lerend", "")
    assert database_server("X", "") is None


@pytest.mark.parametrize(
    "url",
    [
        "mysql://reg:hush@host/lerend",
        "postgresql://host/lerend",
        "postgresql://reg:hush@host",
        "postgresql://reg:hush@host/lerend/more",
        "postgresql://reg:hush@host:port/lerend",
        "postgresql://reg:hush@host/lerend?sslmode=perhaps",
        "postgresql://reg:hush@host/lerend?options=-c%20fsync=off",
        "postgresql://reg:hush@host/lerend?host",
        "hush",
    ],
)
def test_other_urls_are_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LEREND_DATABASE_URL") as refused:
        database_server("LEREND_DATABASE_URL", url)
    assert "hush" not in str(refused.value)


def test_owner_is_user_and_password() -> None:
    assert user_and_password("X", "owner:a%3Ab:c") == ("owner", "a:b:c")
    assert user_and_password("X", "") is None
    with pytest.raises(ImproperlyConfigured, match=r"X must be user:password\."):
        user_and_password("X", "hush")


def test_without_a_server_the_databases_are_files(tmp_path: Path) -> None:
    found = platform_databases(Environment({}), tmp_path)
    assert {name: one["NAME"] for name, one in found.settings.items()} == {
        "default": tmp_path / "register.sqlite3",
        "urn": tmp_path / "urn.sqlite3",
    }
    assert found.roles == {}


def test_urn_is_on_the_registers_server_in_a_schema_of_its_own(tmp_path: Path) -> None:
    values = {"LEREND_DATABASE_URL": REGISTER, "LEREND_ANSWERING_DATABASE_URL": DOOR}
    found = platform_databases(Environment(values), tmp_path)
    register, urn = found.settings["default"], found.settings["urn"]
    assert (register["HOST"], register["USER"]) == (urn["HOST"], urn["USER"]) == ("db.example.org", "reg")
    assert "search_path=register" in register["OPTIONS"]["options"]
    assert "search_path=urn" in urn["OPTIONS"]["options"]
    assert found.roles == {"register": "reg", "urn": "reg", "answering": "door"}
    assert answering_database(Environment(values))["USER"] == "door"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"LEREND_URN_DATABASE_URL": DOOR}, "LEREND_DATABASE_URL is missing"),
        ({"LEREND_DATABASE_OWNER": "owner:hush"}, "LEREND_DATABASE_URL is missing"),
        ({"LEREND_DATABASE_URL": REGISTER}, "LEREND_ANSWERING_DATABASE_URL is not"),
        ({"LEREND_DATABASE_URL": DOOR, "LEREND_ANSWERING_DATABASE_URL": DOOR}, "needs one of its own"),
        (
            {
                "LEREND_DATABASE_URL": REGISTER,
                "LEREND_ANSWERING_DATABASE_URL": DOOR,
                "LEREND_DATABASE_OWNER": "door:hush",
            },
            "it must be another one",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused(tmp_path: Path, values: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        platform_databases(Environment(values), tmp_path)
