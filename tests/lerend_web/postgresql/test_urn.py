"""What the urn does with a pass, on PostgreSQL: the same tests as on the embedded database."""

from __future__ import annotations

import pytest
from django.db import connections

from tests.lerend_web.urn.test_boxes import *  # noqa: F403 -- every test of it, on the other database


@pytest.fixture(scope="module", autouse=True)
def _on_postgresql(on_postgresql: str) -> None:
    pass


def test_these_tests_run_on_postgresql() -> None:
    assert connections["urn"].vendor == "postgresql"
