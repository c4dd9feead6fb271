"""What people write to each other while they make something: lines stay lines, and nothing in it does anything."""

from __future__ import annotations

import pytest

from lerend_web.interventions.domain.written import kept, told


def test_lines_stay_and_signs_that_steer_a_screen_go() -> None:
    assert kept("  One\u202e \r\n\n\n\n- two\x07 \n") == "One\n\n- two"


def test_new_line_is_one_on_the_page_and_a_dash_makes_a_list() -> None:
    page = told("One\nTwo\n- three")
    assert "One<br>" in page
    assert "<li>three" in page


@pytest.mark.parametrize(
    "nasty",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://example.org/x.png)", "<b onclick=x>"],
)
def test_what_somebody_wrote_can_only_be_read(nasty: str) -> None:
    page = told(kept(f"Well\n{nasty}"))
    assert not [sign for sign in ("<script", "<img", "<b ", 'href="javascript') if sign in page]
