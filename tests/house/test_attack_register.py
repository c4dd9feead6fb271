"""The register of attacks names tests that exist, and a broken build that each attack succeeds against."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.house.repository import HOME, listed, text

MUST_BE_PLAYED = {"T01", "T02", "T03", "T04", "T05", "T06", "T08", "T10", "T27", "T28", "T33", "T34"}
NO_BROKEN_BUILD = {"T07", "T17"}
"""Figures and orders: the test itself says which would be wrong."""

ROWS = {
    cells[0].strip(): [re.findall(r"`([^`]+::[^`]+)`", cell) for cell in cells[3:5]]
    for cells in (line.strip("|").split("|") for line in text("docs/attacks.md").splitlines() if line.startswith("| T"))
}


@cache
def stand_in(path: str) -> set[str]:
    """Tests that stand in a file, or that it takes over from another one."""
    tree = ast.parse(text(f"tests/{path}"))
    imported = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return imported | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_attack_on_collecting_answers_is_played() -> None:
    assert MUST_BE_PLAYED - set(ROWS) == set()


@pytest.mark.parametrize("attack", ROWS)
def test_named_tests_exist(attack: str) -> None:
    named = [test for cell in ROWS[attack] for test in cell]
    files = {test.partition("::")[0] for test in named}
    assert named, attack
    assert [file for file in files if not (HOME / "tests" / file).exists()] == []
    missing = [test for test in named if test.partition("::")[2] not in stand_in(test.partition("::")[0])]
    assert not missing, listed(missing)


@pytest.mark.parametrize("attack", ROWS)
def test_attack_succeeds_against_a_broken_build(attack: str) -> None:
    assert ROWS[attack][1] or attack in NO_BROKEN_BUILD


@pytest.mark.parametrize("attack", sorted(MUST_BE_PLAYED))
def test_attack_is_played_on_postgresql_too(attack: str) -> None:
    assert any("/postgresql/" in test for test in ROWS[attack][0])
