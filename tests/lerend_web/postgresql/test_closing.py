"""Closing loses nothing, whatever breaks, on PostgreSQL: as on the embedded database."""

from __future__ import annotations

import pytest
from django.db import connections

from tests.lerend_web.scans.conftest import dairy, open_one, var, wave
from tests.lerend_web.scans.test_closing import (
    full,
    test_either_holder_closes_and_only_sums_stay,
    test_oldest_backup_and_a_holders_file_open_nothing,
    test_power_cut_at_any_step_loses_nothing,
    test_wrong_key_file_does_not_even_stop_the_intake,
)

__all__ = [
    "dairy",
    "full",
    "open_one",
    "test_either_holder_closes_and_only_sums_stay",
    "test_oldest_backup_and_a_holders_file_open_nothing",
    "test_power_cut_at_any_step_loses_nothing",
    "test_wrong_key_file_does_not_even_stop_the_intake",
    "var",
    "wave",
]

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture(scope="module", autouse=True)
def _on_postgresql(on_postgresql: str) -> None:
    pass


def test_these_tests_run_on_postgresql() -> None:
    assert {connections[alias].vendor for alias in ("default", "urn")} == {"postgresql"}
