"""Attacks on several releases: tables that differ by one person, and waves between which few came or went."""

from __future__ import annotations

from typing import Any

from lerend.attack.breach import Attacker
from lerend.attack.crowd import read_headcount
from tests.lerend.attack.releases import attackers, cell, found, people, release, truth

MIXED = [1, 2, 3, 4, 5, 3]
ONE, TWO = ["A", "one"], ["A", "two"]


def test_t29_two_allowed_tables_that_differ_by_one_person() -> None:
    members = [*people(one=MIXED), {"id": "x", "path": ["A", "two"], "answers": [5]}]
    known = truth(members, members)
    first, second = release(cell(["A"], [ONE], 3.0)), release(cell(["A"], [ONE, TWO], 3.3))
    assert not found([first], truth(members)).breaches
    assert not found([second], truth(members)).breaches
    outcome = found([first, second], known)
    assert {Attacker.ROW_SPACE, Attacker.SUBTRACTION} <= attackers(outcome)
    assert {breach.people for breach in outcome.breaches if breach.attacker is Attacker.ROW_SPACE} == {1}


def _waves(joined: int, **more: Any) -> tuple[list[str], Any]:
    before = people(one=MIXED * 2)
    after = [*before, *({"id": f"new{i}", "path": ["A", "one"], "answers": [5]} for i in range(joined))]
    mean = round(sum(person["answers"][0] for person in after) / len(after), 1)
    first = release(cell(ONE, [ONE], 3.0, people=(10, 19)))
    second = release(cell(ONE, [ONE], mean, people=(10, 19)), wave="w2", **more)
    return [first, second], truth(before, after)


def test_unit_that_one_person_joined_is_found() -> None:
    assert Attacker.PANEL in attackers(found(*_waves(1)))


def test_unit_that_five_people_joined_is_left_alone() -> None:
    assert Attacker.PANEL not in attackers(found(*_waves(5)))


def test_masked_trend_does_not_count_as_shown() -> None:
    texts, known = _waves(1, trends=[{"earlier": "0", "masked": [ONE]}])
    assert Attacker.PANEL not in attackers(found(texts, known))


def test_masked_trend_with_both_means_still_bounds_who_joined_a_small_team() -> None:
    """Masking hides the arrow, not the subtraction: the linear programme sees what the two means say together."""
    before = people(one=[3, 3, 2, 4, 3])
    after = [*before, {"id": "new", "path": ONE, "answers": [5]}]
    first = release(cell(ONE, [ONE], 3.0))
    second = release(cell(ONE, [ONE], 3.3), wave="w2", trends=[{"earlier": "0", "masked": [ONE]}])
    outcome = found([first, second], truth(before, after))
    assert attackers(outcome) == {Attacker.PROGRAMME}
    assert all(breach.right for breach in outcome.breaches)


def test_numbers_of_who_came_are_enough_to_find_it() -> None:
    texts, _ = _waves(1)
    few = read_headcount("unit,people,joined,left\nA / one,13,1,0\n")
    none = read_headcount("unit,people,joined,left\nA / one,12,0,0\n")
    assert Attacker.PANEL in attackers(found(texts, few))
    assert Attacker.PANEL not in attackers(found(texts, none))
