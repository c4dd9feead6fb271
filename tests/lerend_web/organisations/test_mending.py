"""Broken trees in files: put right where one meaning is left, and said; else handed back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.organisations.domain.mending import Mended, key_of, mend
from lerend_web.organisations.domain.unit_files import UnitLine
from lerend_web.organisations.rules import MOST_LEVELS

Row = tuple[str, str, int | None]
"""Name, what stands above it (with arrows: a whole path), own people."""


def mended(*rows: Row, existing: Sequence[tuple[str, ...]] = ()) -> Mended:
    lines = [
        UnitLine(
            f"row {number}", name, tuple(filter(None, above.split(" > "))), above.count(">") > 0 or not above, count
        )
        for number, (name, above, count) in enumerate(rows, start=2)
    ]
    return mend(lines, organisation="Dairy", existing=existing)


def test_parents_stand_before_their_teams_whatever_the_order_of_the_rows() -> None:
    result = mended(("Team A", "Production", 12), ("Production", "", 0))
    assert list(result.headcounts.items()) == [(("Production",), 0), (("Production", "Team A"), 12)]
    assert not result.repairs


def test_missing_parent_is_made_and_said() -> None:
    result = mended(("Team A", "Production", 12))
    assert result.headcounts == {("Production",): None, ("Production", "Team A"): 12}
    assert len(result.repairs) == 1
    assert "Production" in result.repairs[0]


def test_parent_that_is_there_already_is_used_where_it_stands() -> None:
    result = mended(("Team A", "production", 12), existing=[("North",), ("North", "Production")])
    assert ("North", "Production", "Team A") in result.headcounts
    assert not result.repairs


def test_circle_is_cut_at_its_first_row_and_said() -> None:
    result = mended(("A", "C", 5), ("B", "A", 6), ("C", "B", 7))
    assert list(result.headcounts) == [("A",), ("A", "B"), ("A", "B", "C")]
    assert "A > C > B > A" in result.repairs[0]


def test_team_that_stands_below_itself_goes_to_the_top() -> None:
    assert list(mended(("A", "A", 5)).headcounts) == [("A",)]


def test_double_name_in_one_place_is_numbered_and_said() -> None:
    result = mended(("Team", "Hall", 5), ("Team", "Hall", 6), ("Hall", "", 0), ("Night", "Team", 3))
    assert result.headcounts[("Hall", "Team")] == 5
    assert result.headcounts[("Hall", "Team (2)")] == 6
    assert ("Hall", "Team", "Night") in result.headcounts
    assert len(result.repairs) == 1


def test_same_name_in_two_places_is_fine_until_a_row_hangs_below_it() -> None:
    fine = mended(("Team", "Hall 1", 5), ("Team", "Hall 2", 6), ("Hall 1", "", 0), ("Hall 2", "", 0))
    assert not fine.problems
    assert not fine.repairs
    unclear = mended(("Team", "Hall 1", 5), ("Team", "Hall 2", 6), ("Night", "Team", 3))
    assert [problem.where for problem in unclear.problems] == ["row 4"]


def test_number_that_is_the_sum_of_the_teams_is_a_total() -> None:
    result = mended(("Site", "", 23), ("Hall", "Site", 23), ("A", "Hall", 12), ("B", "Hall", 11))
    assert [result.headcounts[path] for path in (("Site",), ("Site", "Hall"))] == [0, 0]
    assert len(result.repairs) == 2


def test_number_that_is_not_the_sum_stays_own_people() -> None:
    assert mended(("Hall", "", 4), ("A", "Hall", 12)).headcounts[("Hall",)] == 4


def test_organisation_itself_is_the_top_and_no_team() -> None:
    result = mended(("Dairy", "", 23), ("A", "dairy", 12), ("B", "Dairy > Hall", 11))
    assert set(result.headcounts) == {("A",), ("Hall",), ("Hall", "B")}


def test_tree_that_is_too_deep_is_handed_back() -> None:
    rows = [(f"level {n}", f"level {n - 1}" if n else "", 1) for n in range(3000)]
    result = mended(*rows)
    assert len(result.problems) == 3000 - MOST_LEVELS


names = st.sampled_from(["A", "B", "C", "D", "E", "a", "Dairy"])
rows = st.tuples(names, st.one_of(st.just(""), names, st.just("A > B")), st.one_of(st.none(), st.integers(0, 9)))


@given(st.lists(rows, max_size=12))
def test_whatever_the_file_the_tree_holds_together(given_rows: list[Row]) -> None:
    result = mended(*given_rows)
    keys = [key_of(path) for path in result.headcounts]
    assert len(keys) == len(set(keys))
    for number, key in enumerate(keys):
        assert len(key) == 1 or key[:-1] in keys[:number]


@given(st.lists(rows, max_size=12))
def test_mended_tree_needs_no_more_mending(given_rows: list[Row]) -> None:
    once = mended(*given_rows)
    again = mended(*[(path[-1], " > ".join(path[:-1]) + " > ", count) for path, count in once.headcounts.items()])
    assert again.headcounts.keys() == once.headcounts.keys()


@pytest.mark.parametrize("circle", [2, 50, 5000])
def test_long_circles_are_cut_in_time(circle: int) -> None:
    result = mended(*[(f"n{n}", f"n{(n + 1) % circle}", None) for n in range(circle)])
    assert len(result.repairs) == 1
