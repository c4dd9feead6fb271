"""Both databases go forward together, or nothing starts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from lerend_web.ops.upgrade import NAMES, bring_up_to_date
from lerend_web.urn.models import OpenWave


@pytest.fixture
def files(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Path]]:
    """Two empty databases of their own, in place of those of the tests."""
    before = {name: connections[name] for name in NAMES}
    paths = {name: tmp_path / f"{name}.sqlite3" for name in NAMES}
    with django_db_blocker.unblock():
        for name, path in paths.items():
            connections[name] = _opened(before[name], path)
        yield paths
        for name, connection in before.items():
            connections[name].close()
            connections[name] = connection


def _opened(like: BaseDatabaseWrapper, path: Path) -> BaseDatabaseWrapper:
    return type(like)({**like.settings_dict, "NAME": str(path)}, like.alias)


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name for (name,) in found}


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_first_start_makes_both_and_keeps_them_apart(files: dict[str, Path]) -> None:
    bring_up_to_date()
    register, urn = tables(files["default"]), tables(files["urn"])
    assert {"people_person", "scans_wave", "core_auditentry", "core_cache"} <= register
    assert {name for name in urn if name.startswith("urn_")} >= {"urn_box", "urn_card", "urn_openwave"}
    assert not [name for name in register if name.startswith("urn_")]
    assert urn - {"django_migrations", "sqlite_sequence"} == {name for name in urn if name.startswith("urn_")}


def test_second_start_changes_nothing(files: dict[str, Path]) -> None:
    bring_up_to_date()
    bring_up_to_date()


@pytest.mark.parametrize(("name", "said"), [("default", "The register"), ("urn", "The urn")])
def test_database_of_a_newer_version_is_refused_by_name(files: dict[str, Path], name: str, said: str) -> None:
    bring_up_to_date()
    row = "INSERT INTO django_migrations (app, name, applied) VALUES ('urn', '0999_later', '2030-01-01')"
    change(files[name], row)
    with pytest.raises(CommandError, match=rf"{said} was made by a newer version \(urn\.0999_later\)"):
        bring_up_to_date()


@pytest.mark.parametrize("lost", ["default", "urn"])
def test_half_a_restore_is_refused_and_nothing_is_made(files: dict[str, Path], lost: str) -> None:
    bring_up_to_date()
    connections[lost].close()
    for file in files[lost].parent.glob(f"{lost}.sqlite3*"):
        file.unlink()
    with pytest.raises(CommandError, match="they do not belong together"):
        bring_up_to_date()
    assert tables(files[lost]) == set()


@pytest.fixture
def urn_is_behind(files: dict[str, Path]) -> None:
    """The urn as an older version would have left it: some of its tables are still to be made."""
    bring_up_to_date()
    change(files["urn"], "UPDATE django_migrations SET app = 'core' WHERE app = 'urn'")
    change(files["urn"], "DROP TABLE urn_card")


@pytest.mark.usefixtures("urn_is_behind")
def test_urn_is_never_changed_while_a_wave_is_open(files: dict[str, Path]) -> None:
    OpenWave.objects.create(code="W", document={})
    with pytest.raises(CommandError, match="A wave is open"):
        bring_up_to_date()
    assert "urn_card" not in tables(files["urn"])


@pytest.mark.usefixtures("urn_is_behind")
def test_urn_is_changed_when_no_wave_is_open(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("lerend_web.ops.upgrade.call_command", lambda *names, **_rest: asked.append(" ".join(names)))
    bring_up_to_date()
    assert asked == ["migrate", "migrate urn", "createcachetable"]
