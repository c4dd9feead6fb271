"""The attacker of the demo really finds what can be found, and finds nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend_web.demo.company import TEAMS, number_of_sanne
from lerend_web.demo.domain.attack import Table, possible_answers, recipe_for, table_of, usual_tables
from lerend_web.demo.domain.hunt import STATEMENTS, by_our_release, by_the_usual_rule, made_up_answer

JOINED = (
    ("", tuple(team.path for team in TEAMS)),
    *((team.name, (team.path,)) for team in TEAMS[:9]),
    ("nacht", tuple(team.path for team in TEAMS[9:])),
)


def group(*people: int, of: int) -> NDArray[np.bool_]:
    return np.isin(np.arange(of), people)


def tables_of(answers: list[int], *groups: NDArray[np.bool_]) -> list[Table]:
    return [table_of(str(number), members, np.array(answers)) for number, members in enumerate(groups)]


def test_attacker_subtracts_six_from_seven() -> None:
    answers = [1, 5, 5, 5, 4, 4, 3]
    tables = tables_of(answers, group(*range(7), of=7), group(*range(1, 7), of=7))
    recipe = recipe_for(0, tables)
    assert recipe is not None
    assert recipe.left_over.tolist() == [1, 0, 0, 0, 0]
    assert possible_answers(0, tables) == (1,)


def test_attacker_finds_nobody_in_two_separate_groups() -> None:
    tables = tables_of([1, 5, 5, 5, 4, 4, 3, 2, 2, 1], group(*range(5), of=10), group(*range(5, 10), of=10))
    assert recipe_for(0, tables) is None
    assert len(possible_answers(0, tables)) > 1


def test_attacker_knows_everybody_where_all_gave_one_answer_though_he_cannot_subtract() -> None:
    tables = tables_of([1] * 5, group(*range(5), of=5))
    assert recipe_for(0, tables) is None
    assert possible_answers(0, tables) == (1,)


def test_mean_of_a_group_says_less_than_its_counts() -> None:
    tables = tables_of([1, 5, 3, 3, 3], group(*range(5), of=5))
    assert possible_answers(0, tables) == (1, 3, 5)
    assert possible_answers(0, tables, only_means=True) == (1, 2, 3, 4, 5)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(0, 5), min_size=12, max_size=12),
    st.lists(st.sets(st.integers(0, 11), min_size=1), min_size=1, max_size=5),
)
def test_true_answer_is_always_among_the_possible_ones(answers: list[int], groups: list[set[int]]) -> None:
    answers[0] = max(answers[0], 1)
    tables = tables_of(answers, *(group(*members, of=12) for members in groups))
    assert answers[0] in possible_answers(0, tables)
    assert answers[0] in possible_answers(0, tables, only_means=True)


def test_usual_rule_shows_no_group_of_four() -> None:
    answers = np.array([1, 2, 3, 4, 5, 0, 3])
    shown = usual_tables([("four", group(0, 1, 2, 3, 5, of=7)), ("five", group(*range(5), of=7))], answers)
    assert [table.name for table in shown] == ["five"]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5])
def test_usual_rule_gives_sanne_away_whatever_she_answered(statement: str, answer: int) -> None:
    hunt = by_the_usual_rule(statement, sanne=answer)
    assert hunt.found == answer
    assert hunt.recipe is not None
    assert hunt.recipe.left_over.argmax() == answer - 1
    assert min(int(table.counts.sum()) for table in hunt.tables) >= 5


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5])
def test_groups_joined_to_atoms_do_not(statement: str, answer: int) -> None:
    hunt = by_our_release(statement, JOINED, sanne=answer)
    assert hunt.recipe is None
    assert answer in hunt.possible
    assert len(hunt.possible) >= 3
    assert hunt.smallest >= 5


def test_means_of_the_usual_groups_would_give_her_away_too() -> None:
    """The negative control: that only means are known is not what protects her here, the groups are."""
    tables = by_the_usual_rule("safety_2", sanne=4).tables
    assert possible_answers(number_of_sanne(), tables, only_means=True) == (4,)


def test_the_simulation_has_an_answer_of_sanne_to_each_statement() -> None:
    assert all(1 <= made_up_answer(statement) <= 5 for statement in STATEMENTS)
    assert number_of_sanne() == 116
