"""Attacks on one wave, by name: each finds what it must find, and leaves alone what is safe."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lerend.attack.attack import attack
from lerend.attack.breach import Attacker
from lerend.attack.counting import certain_small_counts, counts_possible
from lerend.attack.crowd import Truth, read_headcount
from lerend.attack.person import person_bounds
from lerend.attack.shown import Distribution, read_shown
from tests.lerend.attack.releases import attackers, cell, found, people, release, truth

MIXED = [1, 2, 3, 4, 5, 3]
ALL = [["A", "one"], ["A", "two"]]


def test_t11_child_of_a_parent_leaves_three_people() -> None:
    known = truth(people(one=MIXED, two=[1, 5, 3]))
    shown = release(cell(["A"], ALL, 3.0), cell(["A", "one"], ALL[:1], 3.0))
    outcome = found([shown], known)
    assert {Attacker.ROW_SPACE, Attacker.SUBTRACTION} <= attackers(outcome)
    assert {breach.people for breach in outcome.breaches} == {3}


def test_t11_rest_of_five_is_left_alone() -> None:
    known = truth(people(one=MIXED, two=[1, 5, 3, 2, 4]))
    shown = release(cell(["A"], ALL, 3.0), cell(["A", "one"], ALL[:1], 3.0))
    assert not found([shown], known).breaches


def test_t11_numbers_of_people_do_instead_of_made_up_people() -> None:
    shown = release(cell(["A"], ALL, 3.0, people=(10, 19)), cell(["A", "one"], ALL[:1], 3.0))
    few = read_headcount("unit,people\nA / one,9\nA / two,3\n")
    enough = read_headcount("unit,people\nA / one,9\nA / two,8\n")
    assert Attacker.SUBTRACTION in attackers(found([shown], few))
    assert not found([shown], enough).breaches


def test_t12_hidden_teams_of_one_one_and_two_are_found_together() -> None:
    known = truth(people(one=MIXED, two=[1], three=[5], four=[2, 3]))
    whole = [["A", team] for team in ("one", "two", "three", "four")]
    shown = release(cell(["A"], whole, 2.9), cell(["A", "one"], whole[:1], 3.0))
    assert {breach.people for breach in found([shown], known).breaches if breach.right} == {4}


def test_t12_manager_alone_above_the_teams_is_found() -> None:
    known = truth([*people(one=MIXED, two=MIXED), {"id": "boss", "path": ["A"], "answers": [4]}])
    shown = release(cell(["A"], [["A"], *ALL], 3.1), cell(["A", "one"], ALL[:1], 3.0), cell(["A", "two"], ALL[1:], 3.0))
    outcome = found([shown], known)
    assert {Attacker.ROW_SPACE, Attacker.SUBTRACTION} <= attackers(outcome)
    assert {breach.people for breach in outcome.breaches if breach.attacker is Attacker.SUBTRACTION} == {1}


def test_t13_two_tables_that_differ_by_who_skipped_one_question() -> None:
    """Only declared tables exist in a release; each of these two alone is safe, both together are not."""
    members = people(one=MIXED, two=MIXED)
    for number, person in enumerate(members):
        person["choices"] = {"age": "young" if number % 2 else "old", "role": "staff" if number < 6 else "other"}
    del members[0]["choices"]["age"]
    known = truth(members)
    age = [cell(["A", name], ALL, 3.0, table="age") for name in ("young", "old")]
    role = [cell(["A", name], ALL, 3.0, table="role") for name in ("staff", "other")]
    assert not found([release(*age)], known).breaches
    assert not found([release(*role)], known).breaches
    outcome = found([release(*age, *role)], known)
    assert {Attacker.ROW_SPACE, Attacker.SUBTRACTION} <= attackers(outcome)
    assert min(breach.people for breach in outcome.breaches) == 1


@pytest.mark.parametrize(("answers", "mean", "word"), [([1] * 5, 1.0, "very_low"), ([5] * 9 + [4], 4.9, "very_high")])
def test_t14_all_alike_is_found_as_a_number_and_not_in_words(answers: list[int], mean: float, word: str) -> None:
    known = truth(people(one=answers))
    number = found([release(cell(["A", "one"], ALL[:1], mean, people=(5, 10)))], known)
    assert attackers(number) == {Attacker.PROGRAMME}
    assert all(breach.right is not False for breach in number.breaches)
    assert not found([release(cell(["A", "one"], ALL[:1], word, people=(5, 10)))], known).breaches


def test_t14_number_of_the_whole_gives_away_the_part_in_words() -> None:
    """The whole at its exact mean says that the part is 1.0; counted at the border of the word it says no more."""
    known = truth(people(one=[1] * 5, two=[3] * 3 + [2, 4]))
    part = cell(["A", "one"], ALL[:1], "very_low")
    other = cell(["A", "two"], ALL[1:], 3.0)
    assert not found([release(cell(["A"], ALL, 2.2, people=(10, 19)), part, other)], known).breaches
    outcome = found([release(cell(["A"], ALL, 2.0, people=(10, 19)), cell(["A", "one"], ALL[:1], 1.0), other)], known)
    assert attackers(outcome) == {Attacker.PROGRAMME}


def _open_to_a_coalition(answers: list[int], own: int) -> float:
    """Points that stay open for the others when the last few lay their own answers beside the mean of all."""
    whole = people(one=answers)
    for person in whole[len(answers) - own :]:
        person["path"] = ["A", "own"]
    known = truth(whole)
    groups = [["A", "one"], ["A", "own"]]
    mean = round(float(np.mean(answers)), 1)
    secret = float(np.mean(answers[len(answers) - own :]))
    shown = read_shown(
        [
            release(
                cell(["A"], groups, mean),
                {**cell(["A", "own"], groups[1:], secret), "people": {"low": own, "high": own}},
            )
        ]
    )
    bounds, _ = person_bounds(shown.cells, shown, known.people, ("t1",), known=True)
    return min([4.0, *(each.width for each in bounds if known.people[each.people[0]].places[0] == ("A", "one"))])


def test_t15_coalition_of_two_in_six_leaves_the_others_open_unless_they_are_alike() -> None:
    assert _open_to_a_coalition([1, 2, 3, 4, 5, 3], 2) >= 2
    assert _open_to_a_coalition([5, 5, 5, 4, 1, 1], 2) < 2


def test_t15_coalition_of_three_in_ten_leaves_more_open_about_a_manager() -> None:
    assert _open_to_a_coalition([2, 3, 3, 4, 2, 3, 4, 1, 5, 5], 3) >= 3


@pytest.mark.parametrize(("share", "people", "count"), [(14.3, 7, 1), (33.3, 12, 4)])
def test_t16_exact_percentages_give_counts_away(share: float, people: int, count: int) -> None:
    exact = Distribution(0, ("A",), "t1", "exact", (share, round(100 - share, 1)), people, people)
    assert counts_possible(exact)[0] == (count, count)
    assert certain_small_counts(exact, 5) == [0]


def test_t16_rounded_shares_in_bands_leave_counts_open() -> None:
    safe = Distribution(0, ("A",), "t1", "full", (15.0, 25.0, 25.0, 20.0, 15.0), 50, 99)
    assert not certain_small_counts(safe, 5)
    unsafe = Distribution(0, ("A",), "t1", "full", (5.0, 25.0, 25.0, 30.0, 15.0), 20, 49)
    assert certain_small_counts(unsafe, 5) == [0]


def test_t16_distribution_of_a_part_gives_away_what_is_left() -> None:
    answers = [2] * 6 + [4] * 6
    known = truth(people(one=answers, two=[2] * 5 + [4] * 3))
    share = {"item": "t1", "detail": "three", "people": {"low": 10, "high": 19}}
    whole = {**share, "name": ["A"], "shares": [50, 0, 25], "people": {"low": 20, "high": 49}}
    part = {**share, "name": ["A", "one"], "shares": [50, 0, 50]}
    assert not found([release(distributions=[whole])], known).breaches
    left = found([release(distributions=[whole, part])], known).breaches
    assert [breach.people for breach in left] == [3]


def test_score_in_the_diagnosis_counts_as_a_figure_of_its_own() -> None:
    """A unit without a mean whose score stands in the diagnosis is as shown as any other."""
    known = truth(people(one=MIXED, two=[1, 5, 3]))
    unit = {"path": ["A", "two"], "findings": [{"scale": "trust", "score": {"value": 3.0}, "people": {"low": 5}}]}
    text = release(cell(["A", "one"], ALL[:1], 3.0), diagnosis={"teams": [unit]})
    assert {breach.people for breach in found([text], known).breaches} == {3}


def test_figures_that_do_not_belong_to_the_people_are_said() -> None:
    known = truth(people(one=MIXED))
    assert found([release(cell(["A", "one"], ALL[:1], 4.0))], known).wrong
    assert not found([release(cell(["A", "one"], ALL[:1], 3.0))], known).wrong


def test_truth_is_read_once_for_all_releases() -> None:
    text = release(cell(["A", "one"], ALL[:1], 3.0))
    known = truth(people(one=MIXED), people(one=MIXED))
    assert isinstance(known, Truth)
    assert not attack(read_shown([text, text]), known).breaches
    assert json.loads(text)["k"] == 5
