"""Nothing that is shown, alone or subtracted, is about fewer than k people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.answers.table import Path
from lerend.disclosure.atoms import atom_of, atoms, groups_to_show

trees = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("123456")), st.integers(0, 12), min_size=1, max_size=20
)
floors = st.sampled_from([2, 3, 5, 7, 10])


@given(trees, floors)
def test_atoms_hold_everybody_exactly_once_and_never_fewer_than_k(people: dict[Path, int], k: int) -> None:
    found = atoms(people, k=k)
    with_people = {path for path, n in people.items() if n > 0}
    if sum(people.values()) < k:
        assert found == ()
        return
    assert sorted(path for atom in found for path in atom) == sorted(with_people)
    assert all(sum(people[path] for path in atom) >= k for atom in found)


@given(trees, floors)
def test_no_difference_of_shown_groups_is_about_fewer_than_k(people: dict[Path, int], k: int) -> None:
    assert smallest_difference(people, shown_groups(people, k)) >= k


def shown_groups(people: dict[Path, int], k: int) -> list[frozenset[Path]]:
    found = atoms(people, k=k)
    names = [group for depth in (0, 1, 2) for group in groups_to_show(found, depth=depth)]
    return [below(people, name) for name in names]


def below(people: dict[Path, int], group: Path) -> frozenset[Path]:
    return frozenset(path for path, n in people.items() if n > 0 and path[: len(group)] == group)


def smallest_difference(people: dict[Path, int], shown: list[frozenset[Path]]) -> float:
    """An attacker who subtracts shown parts from a shown whole; the smallest group that comes out."""
    sizes: list[float] = [float("inf")]
    for whole in shown:
        parts = [part for part in shown if part < whole]
        for number in range(len(parts) + 1 if len(parts) < 7 else 2):
            for chosen in combinations(parts, number):
                if all(not one & other for one, other in combinations(chosen, 2)):
                    left = whole - frozenset().union(*chosen)
                    sizes.append(sum(people[path] for path in left) or float("inf"))
    return min(sizes)


def test_the_attacker_breaks_the_naive_rule() -> None:
    people: dict[Path, int] = {("A", "1"): 9, ("A", "2"): 8, ("A", "3"): 2}
    naive = [below(people, group) for group in [("A",), ("A", "1"), ("A", "2")]]
    assert smallest_difference(people, naive) == 2
    assert smallest_difference(people, shown_groups(people, 5)) >= 5


def test_a_small_team_takes_the_smallest_team_of_its_company_with_it() -> None:
    people: dict[Path, int] = {("A", "1"): 9, ("A", "2"): 8, ("A", "3"): 2, ("B", "1"): 6}
    found = atoms(people, k=5)
    assert groups_to_show(found, depth=2) == {("A", "1"), ("B", "1")}
    assert atom_of(("A", "3"), found) == {("A", "2"), ("A", "3")}


def test_a_small_company_hides_itself_and_the_smallest_of_the_others() -> None:
    found = atoms({("A",): 20, ("B",): 3, ("C",): 9}, k=5)
    assert groups_to_show(found, depth=1) == {("A",)}
    assert groups_to_show(found, depth=0) == {()}


@pytest.mark.parametrize("people", [{}, {("A",): 0}, {("A",): 4}])
def test_too_few_people_show_nothing_at_all(people: dict[Path, int]) -> None:
    assert atoms(people, k=5) == ()
    assert groups_to_show(atoms(people, k=5), depth=0) == frozenset()
    assert atom_of(("A",), ()) == frozenset()
