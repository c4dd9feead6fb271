"""Indices of careless answering: those of the reference, and what becomes of rows that cannot have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.response.indices import (
    NoIndex,
    Values,
    agreement_over_pairs,
    average_string,
    even_odd,
    longest_string,
    mahalanobis,
    pairs_alike,
    pairs_opposed,
    person_total,
    variability,
)
from tests.reference.references import numbers, reference

CASE: Mapping[str, Any] = reference("careless")["bfi25"]
ITEMS = [f"{scale}{number}" for scale in "ACENO" for number in range(1, 6)]
ROWS = st.lists(st.lists(st.integers(1, 5), min_size=6, max_size=6), min_size=8, max_size=20)


def answers() -> NDArray[np.float64]:
    return numbers("bfi25.csv", ITEMS)


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("longstring", longest_string),
        ("avgstr", average_string),
        ("irv", variability),
        ("mahad", mahalanobis),
        ("person_total_rest", person_total),
        ("person_total_mean", lambda rows: person_total(rows, without_self=False)),
    ],
)
def test_an_index_is_that_of_the_reference(name: str, index: Callable[[Values], Values]) -> None:
    expected = np.array(CASE[name], dtype=np.float64)
    np.testing.assert_allclose(index(answers())[: len(expected)], expected, rtol=1e-9)


def test_pairs_that_say_the_opposite_are_those_of_the_reference_where_it_does_not_draw_by_lot() -> None:
    pairs = pairs_opposed(answers())
    assert len(pairs) == CASE["n_ant_pairs_40"]
    assert len(pairs_alike(answers())) == CASE["n_syn_pairs_60"]
    found = agreement_over_pairs(answers(), pairs)[: len(CASE["psychant_40"])]
    known = ~np.isnan(found)
    np.testing.assert_allclose(found[known], np.array(CASE["psychant_40"], dtype=np.float64)[known], rtol=1e-9)


@given(ROWS)
def test_strings_are_those_that_counting_by_hand_finds(some: list[list[int]]) -> None:
    rows = np.array(some, dtype=np.float64)
    for row, longest, average in zip(some, longest_string(rows), average_string(rows), strict=True):
        runs = "".join("|" + str(a) if a != b else str(a) for a, b in zip(row, [None, *row[:-1]], strict=True))
        lengths = [len(run) for run in runs.split("|") if run]
        assert (longest, average) == (max(lengths), pytest.approx(np.mean(lengths)))


@given(ROWS, st.floats(0.5, 3), st.floats(-5, 5))
def test_units_of_the_answers_change_nothing_but_the_spread(some: list[list[int]], stretch: float, move: float) -> None:
    rows = np.array(some, dtype=np.float64)
    other = stretch * rows + move
    assert variability(other) == pytest.approx(stretch * variability(rows), abs=1e-9)
    scales = [(0, 1), (2, 3), (4, 5)]
    np.testing.assert_allclose(even_odd(rows, scales), even_odd(other, scales), atol=1e-6)


def test_the_even_odd_value_is_lower_for_consistent_answers() -> None:
    rows = np.array([[1.0, 1, 3, 3, 5, 5], [1, 5, 3, 3, 5, 1]])
    assert even_odd(rows, [(0, 1), (2, 3), (4, 5)]).tolist() == [-1.0, 1.0]


def test_a_mahalanobis_distance_is_that_by_the_inverse_covariance() -> None:
    rows = np.random.default_rng(1).normal(size=(40, 4))
    centred = rows - rows.mean(axis=0)
    inverse = np.linalg.inv(np.cov(rows.T))
    assert mahalanobis(rows) == pytest.approx(np.einsum("ij,jk,ik->i", centred, inverse, centred))


def test_what_does_not_vary_has_no_correlation() -> None:
    flat = np.array([[3.0] * 6, [1, 2, 3, 4, 5, 1]])
    assert np.isnan(even_odd(flat, [(0, 1), (2, 3), (4, 5)])[0])
    assert np.isnan(person_total(np.vstack([flat, flat[1]]))[0])
    assert np.isnan(variability(np.array([[np.nan, 3.0, np.nan]]))[0])


@pytest.mark.parametrize(
    "look",
    [
        lambda: mahalanobis(np.ones((3, 5))),
        lambda: mahalanobis(np.tile([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], 2)),
        lambda: longest_string(np.array([[1.0, np.nan]])),
        lambda: even_odd(np.ones((3, 4)), [(0, 1), (2, 3)]),
        lambda: agreement_over_pairs(np.ones((3, 4)), np.array([[0, 1], [2, 3]])),
        lambda: person_total(np.ones((1, 4))),
    ],
    ids=["few rows", "items that say the same", "a hole", "two scales", "two pairs", "alone"],
)
def test_there_is_no_index_where_the_answers_cannot_say(look: Callable[[], object]) -> None:
    with pytest.raises(NoIndex):
        look()
