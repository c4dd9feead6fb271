"""The same attack on every pair of columns, on PostgreSQL; and with its bookkeeping, which tells only an order of seals."""

from __future__ import annotations

import pytest
from django.db import connections

from tests.lerend_web.invited.test_linkage import (
    Waves,
    test_after_closing_nothing_is_left_to_join,
    test_no_pair_of_columns_finds_people_better_than_chance_and_three_times_its_spread,
    test_same_attack_finds_everybody_in_a_naive_split,
    waves,
)
from tests.lerend_web.linking import PEOPLE, attack, sides

__all__ = [
    "test_after_closing_nothing_is_left_to_join",
    "test_no_pair_of_columns_finds_people_better_than_chance_and_three_times_its_spread",
    "test_same_attack_finds_everybody_in_a_naive_split",
    "waves",
]

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture(scope="module", autouse=True)
def _on_postgresql(on_postgresql: str) -> None:
    pass


def test_these_tests_run_on_postgresql() -> None:
    assert {connections[alias].vendor for alias in ("default", "urn")} == {"postgresql"}


def test_bookkeeping_of_the_server_tells_before_closing_which_sealed_box_came_when(waves: Waves) -> None:
    """Known and written down (docs/protocol.md): until closing only the seal protects people here."""
    played = waves.played[0]
    people, found = sides(played, hidden="t.xmin::text::bigint")
    assert attack(played, people, found)["hidden", "hidden", "rank 1"] == PEOPLE
    assert not any(b"employee" in bytes(row["sealed"]) or b"variety" in bytes(row["sealed"]) for row in found.rows)
