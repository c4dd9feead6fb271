"""Every unit is in exactly one key group, and no key group is too small."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.organisations.models import Unit
from lerend_web.scans.domain.key_groups import draw_key_groups, groups_of, tree_of
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import minimum_invited
from tests.lerend_web.scans.dairy import Dairy, plan

PATHS = st.lists(st.sampled_from(["A", "B", "C", "x" * 120, "Night"]), min_size=1, max_size=4).map(tuple)
TREES = st.dictionaries(PATHS, st.integers(1, 30), min_size=1, max_size=25)


@given(people=TREES, k=st.integers(5, 12))
def test_every_unit_is_in_exactly_one_group_of_at_least_the_minimum(people: dict[tuple[str, ...], int], k: int) -> None:
    minimum = minimum_invited(k)
    groups = groups_of(people, minimum=minimum)
    if sum(people.values()) < minimum:
        assert groups == ()
        return
    assert sorted(unit for group in groups for unit in group.units) == sorted(people)
    assert all(group.invited >= minimum for group in groups)
    assert all(group.invited == sum(people[unit] for unit in group.units) for group in groups)
    labels = [group.label for group in groups]
    assert len(set(labels)) == len(labels)
    assert all(0 < len(label) <= 200 for label in labels)


@given(people=TREES)
def test_order_of_the_units_changes_nothing(people: dict[tuple[str, ...], int]) -> None:
    assert groups_of(dict(reversed(people.items())), minimum=7) == groups_of(people, minimum=7)


@pytest.mark.parametrize(("k", "least"), [(5, 7), (7, 7), (9, 9)])
def test_seven_are_invited_where_k_is_five(k: int, least: int) -> None:
    assert minimum_invited(k) == least


def test_units_that_make_up_a_whole_part_are_called_after_it() -> None:
    people = {("Packing", "Day"): 5, ("Packing", "Night"): 4, ("Office",): 9}
    assert {group.label for group in groups_of(people, minimum=7)} == {"Packing", "Office"}


def test_same_name_in_two_places_is_told_apart_by_the_place() -> None:
    people: dict[tuple[str, ...], int] = {("Packing", "Night"): 8, ("Cheese", "Night"): 9}
    assert {group.label for group in groups_of(people, minimum=7)} == {"Packing / Night", "Cheese / Night"}


def test_units_from_different_places_are_named_side_by_side() -> None:
    people: dict[tuple[str, ...], int] = {("Lab",): 3, ("Office",): 5, ("Cheese",): 20}
    assert "Lab + Office" in {group.label for group in groups_of(people, minimum=7)}


def test_drawing_writes_down_the_tree_of_that_moment(db: None, dairy: Dairy) -> None:
    wave = plan(dairy)
    groups = draw_key_groups(wave)
    assert sum(group.invited for group in groups) == sum(unit.headcount for unit in wave.units.all()) == 62
    assert {group.label for group in groups} == {"Packing", "Cheese", "Office", "Lab"}
    Unit.objects.filter(name="Lab").update(headcount=50)
    assert sum(unit.headcount for unit in wave.units.all()) == 62
    assert all(group.token_key is None for group in groups)


def test_mail_gives_every_group_a_key_of_its_own(db: None, dairy: Dairy) -> None:
    groups = draw_key_groups(plan(dairy, mode=Mode.MAIL))
    assert len({bytes(group.token_key or b"") for group in groups}) == len(groups)


def test_drawing_again_replaces(db: None, dairy: Dairy) -> None:
    wave: Wave = plan(dairy)
    first = {group.code for group in draw_key_groups(wave)}
    second = {group.code for group in draw_key_groups(wave)}
    assert not first & second
    assert set(wave.key_groups.values_list("code", flat=True)) == second


def test_tree_says_which_headcounts_are_missing_and_which_units_are_below_each_other(db: None, dairy: Dairy) -> None:
    a, b = (Unit.objects.create(organisation=dairy.organisation, name=name) for name in "ab")
    Unit.objects.create(organisation=dairy.organisation, name="Garage")
    Unit.objects.filter(pk=a.pk).update(parent=b)
    Unit.objects.filter(pk=b.pk).update(parent=a)
    tree = tree_of(dairy.organisation)
    assert tree.empty == (("Garage",),)
    assert tree.unreachable == ("a", "b")


def test_people_of_a_unit_above_others_count(db: None, dairy: Dairy) -> None:
    Unit.objects.filter(name="Packing").update(headcount=2)
    assert tree_of(dairy.organisation).people[("Packing",)] == 2
