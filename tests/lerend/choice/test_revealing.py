"""What a room sees of a round of rating: laws that hold for every meeting, and small meetings by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.choice.joining import joined_groups
from lerend.choice.revealing import reveal
from lerend.choice.value import (
    LEAST_RATERS,
    Criterion,
    Firmness,
    Group,
    Marks,
    Reveal,
    Sheet,
    SheetIsWrong,
    Spread,
)

ROLES = ("company", "teacher", "employees", "researcher")
OPTIONS = ("tasks", "feedback", "time")

mark = st.integers(1, 5)
marks = st.tuples(mark, mark, mark)
sheet = st.builds(Sheet, st.sampled_from(ROLES), st.tuples(*(st.one_of(st.none(), marks) for _option in OPTIONS)))
sheets = st.lists(sheet, max_size=24)


def seen(given: list[Sheet]) -> Reveal:
    return reveal(given, OPTIONS, ROLES)


def said(role: str, *scores: int, people: int = 1) -> list[Sheet]:
    """People of one role who all give these marks, the same on every criterion."""
    return [Sheet(role, tuple((score, score, score) for score in scores))] * people


@given(sheets)
def test_every_group_that_is_shown_has_three_raters_unless_there_are_no_three(given: list[Sheet]) -> None:
    shown = seen(given)
    raters = sum(group.raters for group in shown.groups)
    assert raters == sum(any(sheet.marks) for sheet in given)
    assert all(group.raters >= LEAST_RATERS for group in shown.groups) or len(shown.groups) == 1
    if raters < LEAST_RATERS:
        assert shown.stability.firmness is Firmness.TOO_FEW
        assert all(option.score is None and not any(option.cells) for option in shown.options)


@given(sheets, st.randoms())
def test_order_of_people_makes_no_difference(given: list[Sheet], chance: object) -> None:
    mixed = list(given)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert seen(mixed) == seen(given)


@given(sheets)
def test_scores_lie_between_one_and_five_and_fall(given: list[Sheet]) -> None:
    scores = [option.score for option in seen(given).options if option.score is not None]
    assert all(1 <= score <= 5 for score in scores)
    assert scores == sorted(scores, reverse=True)


@given(sheets, marks)
def test_what_is_hidden_gives_nothing_away(given: list[Sheet], other: Marks) -> None:
    """Other marks in a cell that is not shown change nothing of what is."""
    before = seen(given)
    hidden = [
        (option.option, group.roles)
        for option in before.options
        for group, cell in zip(before.groups, option.cells, strict=True)
        if cell is None
    ]
    for option, roles in hidden:
        place = OPTIONS.index(option)
        changed = [
            replace(one, marks=tuple(other if at == place and had else had for at, had in enumerate(one.marks)))
            if one.role in roles
            else one
            for one in given
        ]
        assert seen(changed) == before


@given(st.lists(st.sampled_from(ROLES), max_size=30))
def test_joining_keeps_everybody_and_joins_no_more_than_it_must(roles: list[str]) -> None:
    groups = joined_groups(roles, ROLES)
    assert sum(group.raters for group in groups) == len(roles)
    assert sorted(role for group in groups for role in group.roles) == sorted(set(roles))
    if all(roles.count(role) >= LEAST_RATERS for role in set(roles)):
        assert all(len(group.roles) == 1 for group in groups)


def test_role_of_two_is_joined_with_the_next_smallest() -> None:
    roles = ["company"] * 6 + ["teacher"] * 2 + ["employees"] * 3 + ["researcher"] * 4
    assert joined_groups(roles, ROLES) == (
        Group(("company",), 6),
        Group(("teacher", "employees"), 5),
        Group(("researcher",), 4),
    )


def test_every_role_counts_the_same_however_many_people_it_has() -> None:
    shown = seen([*said("company", 5, 1, 3, people=9), *said("teacher", 1, 5, 4, people=3)])
    assert [(option.option, option.score) for option in shown.options] == [
        ("time", 3.5),
        ("tasks", 3.0),
        ("feedback", 3.0),
    ]


def test_largest_difference_between_roles_comes_first() -> None:
    company = [Sheet("company", ((5, 5, 2), (3, 4, 3), (3, 3, 3)))] * 3
    teacher = [Sheet("teacher", ((5, 3, 5), (3, 3, 3), (3, 3, 3)))] * 3
    first, second = seen([*company, *teacher]).differences
    assert (first.option, first.criterion, first.by) == ("tasks", Criterion.FEASIBILITY, 3.0)
    assert (first.higher.roles, first.lower.roles) == (("teacher",), ("company",))
    assert (second.option, second.criterion, second.by) == ("feedback", Criterion.INFLUENCE, 1.0)


def test_spread_is_told_in_words() -> None:
    close, far = (
        said("company", 4, 4, 4, people=4),
        [*said("teacher", 1, 3, 3, people=2), *said("teacher", 5, 3, 3, people=2)],
    )
    cells = {option.option: option.cells for option in seen([*close, *far]).options}
    assert [cell and cell.spread for cell in cells["tasks"]] == [Spread.CLOSE, Spread.FAR]


def test_choice_of_all_roles_is_decided() -> None:
    shown = seen([*said("company", 5, 2, 3, people=5), *said("teacher", 4, 2, 3, people=4)])
    assert shown.stability.firmness is Firmness.DECIDED
    assert (shown.stability.people_changing, shown.stability.groups_changing, shown.stability.rivals) == (0, 0, ())


def test_choice_that_hangs_on_one_role_is_undecided_and_says_between_what() -> None:
    shown = seen([*said("company", 5, 1, 1, people=5), *said("teacher", 3, 4, 1, people=5)])
    assert shown.options[0].option == "tasks"
    assert shown.stability.firmness is Firmness.UNDECIDED
    assert (shown.stability.groups_changing, shown.stability.rivals) == (1, ("feedback",))


def test_choice_that_hangs_on_one_in_four_people_is_undecided() -> None:
    shown = seen([*said("company", 4, 3, 1, people=2), *said("company", 3, 4, 1), *said("company", 3, 3, 1)])
    assert shown.stability.firmness is Firmness.UNDECIDED
    assert shown.stability.people_changing == 2


def test_shared_first_place_is_undecided() -> None:
    shown = seen(said("company", 4, 4, 1, people=4))
    assert shown.stability.firmness is Firmness.UNDECIDED
    assert shown.stability.rivals == ("tasks", "feedback")


@pytest.mark.parametrize(
    "wrong",
    [
        Sheet("company", ((3, 3, 3),)),
        Sheet("visitor", ((3, 3, 3), None, None)),
        Sheet("company", ((3, 3, 6), None, None)),
        Sheet("company", ((0, 3, 3), None, None)),
    ],
)
def test_sheet_that_does_not_fit_is_refused(wrong: Sheet) -> None:
    with pytest.raises(SheetIsWrong):
        seen([wrong])
