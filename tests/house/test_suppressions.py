"""Whoever silences a tool says which finding, and why."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house.repository import files, listed, name

WELL_SAID = {
    "noqa": re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S.+"),
    "type: ignore": re.compile(r"# type: ignore\[[\w-]+(, ?[\w-]+)*\]  # \S.+"),
    "pragma: no cover": re.compile(r"# pragma: no cover -- \S.+"),
}


def suppressions() -> Iterator[tuple[str, str]]:
    for path in files(".py"):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            if token.type == tokenize.COMMENT and any(f"# {kind}" in token.string for kind in WELL_SAID):
                yield f"{name(path)}:{token.start[0]}", token.string


def is_well_said(comment: str) -> bool:
    return all(rule.search(comment) for kind, rule in WELL_SAID.items() if f"# {kind}" in comment)


def test_every_suppression_has_a_code_and_a_reason() -> None:
    found = [f"{where} {comment}" for where, comment in suppressions() if not is_well_said(comment)]
    assert not found, listed(found)


@pytest.mark.parametrize("bare", ["# noqa", "# noqa: S101", "# type: ignore", "# type: ignore[arg-type]"])
def test_bare_suppression_is_refused(bare: str) -> None:
    assert not is_well_said(bare)


def test_whole_files_are_never_silenced() -> None:
    whole = re.compile(r"^# (ruff|flake8): noqa|^# mypy: ignore", flags=re.MULTILINE)
    assert [name(path) for path in files(".py") if whole.search(path.read_text("utf-8"))] == []
