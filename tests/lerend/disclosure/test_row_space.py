"""The audits find what subtraction and linear programmes would find."""

from __future__ import annotations

import numpy as np

from lerend.answers.table import Path
from lerend.disclosure.bounds import all_open
from lerend.disclosure.over_waves import atoms_over_waves, masked
from lerend.disclosure.row_space import tells_of_few


def crossed(
    table: list[list[int]],
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.bool_]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Groups by row and by column of a table of numbers of people, and the classes that hold anybody."""
    people = np.array(table, dtype=np.int64)
    row, column = np.nonzero(people)
    groups = np.vstack([row == r for r in range(people.shape[0])] + [column == c for c in range(people.shape[1])])
    return groups, people[row, column]


def test_a_class_that_alone_ties_two_parts_together_is_found() -> None:
    assert tells_of_few(*crossed([[10, 2], [0, 10]]), k=5)
    assert tells_of_few(*crossed([[10, 0, 1], [0, 9, 1], [0, 8, 0]]), k=5)


def test_well_mixed_classes_tell_of_nobody() -> None:
    assert not tells_of_few(*crossed([[5, 5], [5, 5]]), k=5)
    assert not tells_of_few(*crossed([[3, 3], [3, 3]]), k=5)
    assert tells_of_few(*crossed([[2, 2], [2, 20]]), k=5)


def test_somebody_alone_beside_an_extreme_mean_is_found() -> None:
    groups, people = crossed([[6, 1], [6, 6]])
    assert all_open(groups, np.array([3.0, 3.0, 3.0, 3.0]), people)
    assert not all_open(groups, np.array([1.0, 3.0, 2.1, 2.9]), people)


def test_means_that_contradict_each_other_are_refused() -> None:
    groups, people = crossed([[6, 6], [6, 6]])
    assert not all_open(groups, np.array([1.0, 1.0, 5.0, 5.0]), people)


def test_atoms_over_waves_change_by_nobody_or_by_enough() -> None:
    people: dict[Path, int] = {("a", name): 8 for name in "pqrst"}
    moved: dict[Path, int] = {("a", "p"): 2, ("a", "q"): 3, ("a", "r"): 1}
    found = atoms_over_waves(people, [moved], k=5)
    assert sorted(unit for atom in found for unit in atom) == sorted(people)
    for atom in found:
        changed = sum(moved.get(unit, 0) for unit in atom)
        assert changed == 0 or changed >= 5
    assert masked([("a",), ("a", "p"), ("a", "s")], moved, k=5) == (("a", "p"),)
