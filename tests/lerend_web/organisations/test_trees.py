"""Changing the tree: one verb each, with its row of history; what would break the tree is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.domain.trees import (
    TreeIsWrong,
    add_unit,
    count_people,
    move_unit,
    remove_unit,
    rename_unit,
)
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import MOST_LEVELS, tree_rows


@pytest.fixture(autouse=True)
def in_english(in_dutch: None) -> Iterator[None]:
    """What these tests read is the English of the code."""
    with translation.override("en"):
        yield


pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def dairy() -> Organisation:
    return Organisation.objects.create(name="Dairy")


def add(dairy: Organisation, name: str, parent: Unit | None = None, headcount: int = 0) -> Unit:
    return add_unit(organisation=dairy, parent=parent, name=name, headcount=headcount, by=None, at=AT)


def shape(dairy: Organisation) -> dict[str, int]:
    return {row.where: row.unit.headcount for row in tree_rows(Unit.objects.filter(organisation=dairy))}


def history() -> list[str]:
    return [entry.code for entry in AuditEntry.objects.order_by("id")]


def test_team_is_added_where_it_belongs_and_history_knows(dairy: Organisation) -> None:
    hall = add(dairy, "  Hall   1 ")
    add(dairy, "Night", hall, 12)
    assert shape(dairy) == {"Hall 1": 0, "Hall 1 > Night": 12}
    assert history() == ["unit.added", "unit.added"]


@pytest.mark.parametrize(
    ("name", "headcount", "field"), [(" ", 1, "name"), ("x" * 121, 1, "name"), ("A", -1, "headcount")]
)
def test_team_that_cannot_be_is_refused_at_its_field(
    dairy: Organisation, name: str, headcount: int, field: str
) -> None:
    with pytest.raises(TreeIsWrong) as refusal:
        add(dairy, name, headcount=headcount)
    assert refusal.value.field == field
    assert not Unit.objects.exists()
    assert history() == []


def test_name_is_taken_by_a_neighbour_only(dairy: Organisation) -> None:
    hall = add(dairy, "Hall")
    add(dairy, "Night", hall)
    add(dairy, "Night")
    with pytest.raises(TreeIsWrong, match="already there"):
        add(dairy, "night", hall)


def test_rename_and_count_leave_one_row_of_history_each_and_none_when_nothing_changes(dairy: Organisation) -> None:
    unit = add(dairy, "Night", headcount=3)
    rename_unit(unit=unit, name="Late", by=None, at=AT)
    count_people(unit=unit, headcount=4, by=None, at=AT)
    rename_unit(unit=unit, name="Late", by=None, at=AT)
    count_people(unit=unit, headcount=4, by=None, at=AT)
    assert shape(dairy) == {"Late": 4}
    assert history() == ["unit.added", "unit.renamed", "unit.counted"]
    assert AuditEntry.objects.get(code="unit.counted").detail == {"before": 3, "after": 4}


def test_team_takes_what_is_below_it_along(dairy: Organisation) -> None:
    hall, site = add(dairy, "Hall"), add(dairy, "Site")
    add(dairy, "Night", hall, 5)
    move_unit(unit=hall, parent=site, by=None, at=AT)
    assert shape(dairy) == {"Site": 0, "Site > Hall": 0, "Site > Hall > Night": 5}


def test_team_never_moves_below_itself(dairy: Organisation) -> None:
    hall = add(dairy, "Hall")
    night = add(dairy, "Night", add(dairy, "Shift", hall))
    for place in (hall, night):
        with pytest.raises(TreeIsWrong, match="below the team itself"):
            move_unit(unit=hall, parent=place, by=None, at=AT)
    assert "Hall > Shift > Night" in shape(dairy)


def test_team_never_moves_where_its_name_is_taken(dairy: Organisation) -> None:
    hall = add(dairy, "Hall")
    add(dairy, "Night", hall)
    top = add(dairy, "Night")
    with pytest.raises(TreeIsWrong, match="already there"):
        move_unit(unit=top, parent=hall, by=None, at=AT)


def test_tree_has_a_deepest_level(dairy: Organisation) -> None:
    parent = None
    for level in range(MOST_LEVELS):
        parent = add(dairy, f"level {level}", parent)
    with pytest.raises(TreeIsWrong, match="levels"):
        add(dairy, "one more", parent)
    other = add(dairy, "other", add(dairy, "more"))
    with pytest.raises(TreeIsWrong, match="levels"):
        move_unit(unit=other.parent or other, parent=Unit.objects.get(name=f"level {MOST_LEVELS - 2}"), by=None, at=AT)


def test_removed_team_hands_its_teams_and_people_up(dairy: Organisation) -> None:
    site = add(dairy, "Site", headcount=2)
    hall = add(dairy, "Hall", site, 3)
    add(dairy, "Night", hall, 5)
    remove_unit(unit=hall, people="up", by=None, at=AT)
    assert shape(dairy) == {"Site": 5, "Site > Night": 5}


def test_removed_team_can_take_its_people_out_of_the_count(dairy: Organisation) -> None:
    hall = add(dairy, "Hall", add(dairy, "Site", headcount=2), 3)
    remove_unit(unit=hall, people="gone", by=None, at=AT)
    assert shape(dairy) == {"Site": 2}
    assert AuditEntry.objects.get(code="unit.removed").detail == {"name": "Hall", "headcount": 3, "people": "gone"}


def test_people_at_the_top_have_nowhere_to_go_up_to(dairy: Organisation) -> None:
    hall = add(dairy, "Hall", headcount=3)
    with pytest.raises(TreeIsWrong, match="Nothing stands above"):
        remove_unit(unit=hall, people="up", by=None, at=AT)


def test_removing_never_makes_two_teams_of_one_name(dairy: Organisation) -> None:
    hall = add(dairy, "Hall")
    add(dairy, "Night", hall)
    add(dairy, "Night")
    with pytest.raises(TreeIsWrong, match="already there"):
        remove_unit(unit=hall, people="gone", by=None, at=AT)
    assert len(shape(dairy)) == 3
