from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.figures import decimal, percent


@pytest.mark.parametrize(
    ("value", "places", "english", "dutch"),
    [(0.256, 2, "0.26", "0,26"), (-0.256, 1, "\N{MINUS SIGN}0.3", "\N{MINUS SIGN}0,3"), (-0.001, 2, "0.00", "0,00")],
)
def test_numbers_in_both_languages(value: float, places: int, english: str, dutch: str) -> None:
    assert (decimal(value, places).en, decimal(value, places).nl) == (english, dutch)


@given(st.floats(0, 1))
def test_chances_go_in_steps_and_are_never_certain(share: float) -> None:
    found = percent(share)
    assert 1 <= found <= 99
    assert found in {1, 99} or found % 5 == 0
    assert abs(found - 100 * share) <= 2.5
