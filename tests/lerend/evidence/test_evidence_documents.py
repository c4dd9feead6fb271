"""The worked examples of the documents give what the documents say."""

from __future__ import annotations

import doctest

import pytest

from tests.house.repository import HOME


@pytest.mark.parametrize("name", ["pooling.md", "success-factors.md", "grading.md", "advice.md"])
def test_worked_example_of_the_document_gives_what_it_says(name: str) -> None:
    result = doctest.testfile(str(HOME / "docs/methods" / name), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0
