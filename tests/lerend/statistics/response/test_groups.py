"""What is told of groups: shares in steps, never a person, never few people."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.response.groups import (
    LEAST_IN_A_GROUP,
    Amount,
    Index,
    ResponseQuality,
    beyond_cut,
    response_quality,
)

K = 5


def answers(careful: int, careless: int, seed: int = 1) -> NDArray[np.float64]:
    """Rows of 12 items; the careless ones give the same answer throughout."""
    rows = np.random.default_rng(seed).integers(1, 6, (careful, 12)).astype(np.float64)
    return np.vstack([rows, np.full((careless, 12), 4.0)])


def arrays_in(value: object) -> list[object]:
    """Everything in a result that could hold something of each person."""
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict | tuple | list):
        parts = value.values() if isinstance(value, dict) else value
        return [found for part in parts for found in arrays_in(part)]
    if is_dataclass(value):
        return [found for field in fields(value) for found in arrays_in(getattr(value, field.name))]
    return []


def quality(careful: int, careless: int, others: int = 40) -> ResponseQuality:
    rows = np.vstack([answers(careful, careless), answers(others, 0, seed=2)])
    groups = np.repeat([0, 1], [careful + careless, others])
    return response_quality(rows, groups, ("one", "other"), k=K)


def test_a_group_with_many_careless_people_is_seen_and_the_other_is_not() -> None:
    one, other = quality(30, 20).groups
    assert one.beyond[Index.LONGEST_STRING].amount is Amount.SHARE
    assert one.beyond[Index.LONGEST_STRING].share == pytest.approx(0.4, abs=0.06)
    assert other.beyond[Index.LONGEST_STRING].amount is Amount.FEW


@pytest.mark.parametrize("careless", [0, 1, 4])
def test_fewer_than_k_people_look_like_nobody(careless: int) -> None:
    found = quality(40 - careless, careless).groups[0].beyond
    assert found[Index.LONGEST_STRING] == beyond_cut(0, 40, K)


def test_a_group_that_is_too_small_is_not_told_and_neither_is_everybody_where_all_are_few() -> None:
    found = quality(10, 5)
    assert [group.group for group in found.groups] == ["other"]
    assert found.too_small == 1
    few = response_quality(answers(12, 0), np.zeros(12, dtype=np.int64), ("one",), k=K)
    assert (few.all, few.groups) == (None, ())


def test_there_is_nothing_about_a_person_in_the_result() -> None:
    assert arrays_in(quality(30, 20)) == []


def test_rows_with_a_hole_are_counted_out_and_indices_that_cannot_be_had_are_named() -> None:
    rows = answers(40, 0)
    rows[:3, 0] = np.nan
    found = response_quality(rows, np.zeros(40, dtype=np.int64), ("one",), k=K)
    assert found.left_out == 3
    assert found.groups[0].people == 37
    assert Index.EVEN_ODD in found.not_had  # no scales were named
    assert Index.MAHALANOBIS in found.groups[0].beyond


def test_nobody_is_left_out_of_the_answers_that_were_given() -> None:
    rows = answers(30, 20)
    before = rows.copy()
    response_quality(rows, np.zeros(50, dtype=np.int64), ("one",), k=K)
    assert (rows == before).all()


@given(st.integers(3, 10), st.data())
def test_a_share_stands_for_so_many_counts_that_none_can_be_told(k: int, data: st.DataObject) -> None:
    people = data.draw(st.integers(max(LEAST_IN_A_GROUP, 3 * k), 300))
    count = data.draw(st.integers(0, people))
    found = beyond_cut(count, people, k)
    alike = [other for other in range(people + 1) if beyond_cut(other, people, k) == found]
    assert count in alike
    assert len(alike) >= k
    if found.amount is Amount.SHARE:
        assert found.share is not None
        assert found.interval is not None
        assert len(alike) >= 0.05 * people
        assert alike == list(range(alike[0], alike[-1] + 1))
        assert found.share == pytest.approx(np.mean(alike) / people, abs=1e-4)
        assert found.interval.low <= alike[0] / people <= alike[-1] / people <= found.interval.high
