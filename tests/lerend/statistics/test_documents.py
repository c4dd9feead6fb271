"""The worked examples of the documents give what the documents say."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parents[3] / "docs" / "methods"


WORKED = sorted(page.name for page in METHODS.glob("*.md") if ">>>" in page.read_text("utf-8"))


@pytest.mark.parametrize("name", WORKED)
def test_worked_example_of_the_document_gives_what_it_says(name: str) -> None:
    result = doctest.testfile(str(METHODS / name), module_relative=False)
    assert result.attempted > 2
    assert result.failed == 0
