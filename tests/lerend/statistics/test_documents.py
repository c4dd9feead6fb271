"""The worked examples of the documents give what the documents say."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parents[3] / "docs" / "methods"


@pytest.mark.parametrize("name", ["reliability.md", "agreement-and-icc.md"])
def test_worked_example_of_the_document_gives_what_it_says(name: str) -> None:
    result = doctest.testfile(str(METHODS / name), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0
