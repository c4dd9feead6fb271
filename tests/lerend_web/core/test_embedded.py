"""A file that could lose what it acknowledged is refused at the start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from lerend_web.conf.databases import sqlite
from lerend_web.core.postgresql import refuse_dangerous_server

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@contextmanager
def opened_as(path: Path, changed: str = "", to: str = "") -> Iterator[None]:
    """The urn as the platform opens it, with one word of its pragmas changed."""
    settings = sqlite(path)
    settings["OPTIONS"]["init_command"] = settings["OPTIONS"]["init_command"].replace(changed, to)
    before = connections["urn"]
    connections["urn"] = DatabaseWrapper({**before.settings_dict, **settings}, "urn")
    try:
        yield
    finally:
        connections["urn"].close()
        connections["urn"] = before


def test_file_as_the_platform_opens_it_will_do(tmp_path: Path) -> None:
    with opened_as(tmp_path / "urn.sqlite3"):
        refuse_dangerous_server("urn")


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("synchronous=FULL", "synchronous=NORMAL", "synchronous = 1; it must be FULL"),
        ("synchronous=FULL", "synchronous=OFF", "synchronous = 0; it must be FULL"),
        ("journal_mode=WAL", "journal_mode=MEMORY", "journal_mode = memory; it must be WAL"),
        ("secure_delete=ON", "secure_delete=OFF", "secure_delete = 0; it must be ON"),
    ],
)
def test_file_that_could_lose_or_keep_answers_is_refused(tmp_path: Path, changed: str, to: str, told: str) -> None:
    with opened_as(tmp_path / "urn.sqlite3", changed, to), pytest.raises(ImproperlyConfigured, match=told):
        refuse_dangerous_server("urn")
