from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lerend.diagnosis.result import Estimate
from lerend.report.words import count_of_companies, half_width, interval, printable, signed, whole


@given(st.text())
def test_printable_text_has_no_sign_that_steers_a_screen(text: str) -> None:
    assert printable(text).isprintable()


def test_line_breaks_become_spaces_and_direction_signs_go() -> None:
    assert printable("Ploeg\n1\N{RIGHT-TO-LEFT OVERRIDE}\x1b[31m") == "Ploeg 1[31m"


def test_numbers_follow_the_language() -> None:
    assert interval(Estimate(3.0, 2.5, 3.5), "nl") == "2,5–3,5"
    assert interval(Estimate(3.0, 2.5, 3.5), "en") == "2.5–3.5"


def test_a_difference_carries_its_sign() -> None:
    assert (signed(0.4, "nl"), signed(-0.4, "nl"), signed(0.01, "nl")) == ("+0,4", "−0,4", "0,0")


def test_large_counts_are_grouped() -> None:
    assert (whole(2042), whole(1_000_000)) == ("2042", "1\u202f000\u202f000")


@given(st.floats(1, 5), st.floats(0.001, 2), st.floats(0.001, 2))
def test_the_margin_never_promises_more_than_the_interval(value: float, below: float, above: float) -> None:
    margin = half_width(Estimate(value, value - below, value + above))
    assert margin >= max(below, above) - 1e-6
    assert margin <= max(max(below, above) + 0.1, 0.1) + 1e-6


def test_one_or_two_companies_are_a_few() -> None:
    assert [count_of_companies(n, "en") for n in (0, 1, 2, 3)] == ["0", "a few", "a few", "3"]
