"""What is left out of the short form exists, and is marked as that."""

from __future__ import annotations

from tests.house.repository import HOME
from tests.long import LONG


def test_every_file_of_the_long_form_exists() -> None:
    assert [path for path in LONG if not (HOME / path).is_file()] == []


def test_automatic_check_runs_the_attackers_and_the_one_test_command() -> None:
    commands = (HOME / ".ci/run").read_text("utf-8")
    assert "benchmarks.gate --companies 250" in commands
    assert "./test" in commands
