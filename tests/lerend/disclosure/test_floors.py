"""From how many answers something may be shown."""

from __future__ import annotations

from lerend.disclosure.floors import floor_of, too_few


def test_a_scale_about_a_manager_needs_ten_answers_unless_floors_are_off() -> None:
    assert floor_of(about_manager=False, k=5) == 5
    assert floor_of(about_manager=True, k=5) == 10
    assert floor_of(about_manager=True, k=12) == 12
    assert floor_of(about_manager=True, k=1) == 1


def test_an_empty_place_says_where_to_look_and_not_how_many_answered() -> None:
    assert "10" in too_few(about_manager=True, k=5).in_language("en")
    assert not any(sign.isdigit() for sign in too_few(about_manager=False, k=5).in_language("en"))
