"""The kernel counts what plain loops count, and its sums add up to the bit."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, AnswerBatch, Path
from lerend.statistics.addition import total
from lerend.statistics.kernel import statistics_of
from lerend.statistics.sufficient import Statistics

ITEMS = ("a1", "a2", "b1")
PATHS: tuple[Path, ...] = (("A", "1"), ("A", "2"), ("B", "1"))
SCALES = {"a": ("a1", "a2"), "b": ("b1",)}
answers = st.sampled_from([0, 1, 2, 3, 4, 5, NOT_APPLICABLE, NOT_ASKED])
people = st.lists(st.tuples(st.integers(0, 2), answers, answers, answers), max_size=30)
Person = tuple[int, int, int, int]


def batch_of(rows: list[Person]) -> AnswerBatch:
    codes = np.array([row[1:] for row in rows], dtype=np.uint8).reshape(-1, 3)
    return AnswerBatch(ITEMS, codes, PATHS, np.array([row[0] for row in rows], dtype=np.int32))


def counted(rows: list[Person], *, with_tables: bool = True) -> Statistics:
    return statistics_of(batch_of(rows), categories=5, with_tables=with_tables, scales=SCALES)


def assert_same(one: Statistics, other: Statistics) -> None:
    assert (one.items, one.units, one.blocks, one.scales) == (other.items, other.units, other.blocks, other.scales)
    for name in ("people", "counts", "pair_n", "pair_sum", "pair_product", "tables", "scale_people"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


@given(people)
def test_every_sum_is_what_plain_loops_give(rows: list[Person]) -> None:
    found = counted(rows)
    for unit, path in enumerate(found.units):
        members = [row[1:] for row in rows if PATHS[row[0]] == path]
        assert found.people[unit] == sum(any(1 <= code <= 5 for code in row) for row in members)
        for item in range(3):
            for category in range(1, 6):
                assert found.counts[unit, item, category - 1] == sum(row[item] == category for row in members)
        for scale, columns in enumerate([(0, 1), (2,)]):
            some = sum(any(1 <= row[column] <= 5 for column in columns) for row in members)
            assert found.scale_people is not None
            assert found.scale_people[unit, scale] == some


@given(people)
def test_sums_of_pairs_count_only_people_who_answered_both(rows: list[Person]) -> None:
    found = counted(rows)
    for block, path in enumerate(found.blocks):
        members = [row[1:] for row in rows if PATHS[row[0]][:1] == path]
        for i in range(3):
            for j in range(3):
                both = [(row[i], row[j]) for row in members if 1 <= row[i] <= 5 and 1 <= row[j] <= 5]
                assert found.pair_n[block, i, j] == len(both)
                assert found.pair_sum[block, i, j] == sum(x for x, _ in both)
                assert found.pair_product[block, i, j] == sum(x * y for x, y in both)


@given(people)
def test_tables_count_every_pair_of_answers(rows: list[Person]) -> None:
    found = counted(rows)
    assert found.tables is not None
    for i in range(3):
        for j in range(3):
            for a in range(1, 6):
                for b in range(1, 6):
                    both = sum(row[i + 1] == a and row[j + 1] == b for row in rows)
                    assert found.tables[i, a - 1, j, b - 1] == both


@given(people, people)
def test_splitting_and_adding_gives_the_whole(one: list[Person], other: list[Person]) -> None:
    assert_same(counted(one) + counted(other), counted(one + other))


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_people_never_matters(rows: list[Person], random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert_same(counted(mixed), counted(rows))


@given(people, people, people)
def test_the_order_of_adding_never_matters(a: list[Person], b: list[Person], c: list[Person]) -> None:
    assert_same(total([counted(a), counted(b), counted(c)]), total([counted(c), counted(a), counted(b)]))


def test_many_complete_answers_are_counted_exactly() -> None:
    generator = np.random.default_rng(7)
    codes = generator.integers(1, 6, size=(20_000, 4), dtype=np.uint8)
    batch = AnswerBatch(("a", "b", "c", "d"), codes, (("A",),), np.zeros(20_000, dtype=np.int32))
    found = statistics_of(batch, categories=5, with_tables=True)
    wide = codes.astype(np.int64)
    np.testing.assert_array_equal(found.pair_product[0], wide.T @ wide)
    assert found.tables is not None
    assert found.tables[0, 0, 1, 4] == np.count_nonzero((codes[:, 0] == 1) & (codes[:, 1] == 5))
    assert found.tables[2, 0, 3, 0] == np.count_nonzero((codes[:, 2] == 1) & (codes[:, 3] == 1))


def test_units_of_different_files_stay_apart_and_equal_ones_join() -> None:
    one = AnswerBatch(("a",), np.array([[1], [5]], dtype=np.uint8), (("A",), ("B",)), np.array([0, 1], dtype=np.int32))
    other = AnswerBatch(
        ("a",), np.array([[2], [4]], dtype=np.uint8), (("C",), ("A",)), np.array([0, 1], dtype=np.int32)
    )
    both = statistics_of(one, categories=5) + statistics_of(other, categories=5)
    assert both.units == (("A",), ("B",), ("C",))
    assert both.people.tolist() == [2, 1, 1]


def test_statistics_of_other_items_are_not_added() -> None:
    codes, group = np.array([[1]], dtype=np.uint8), np.zeros(1, dtype=np.int32)
    one = statistics_of(AnswerBatch(("a",), codes, (("A",),), group), categories=5)
    other = statistics_of(AnswerBatch(("b",), codes, (("A",),), group), categories=5)
    with pytest.raises(ValueError, match="same items"):
        one + other
    with pytest.raises(ValueError, match="tables"):
        one + statistics_of(AnswerBatch(("a",), codes, (("A",),), group), categories=5, with_tables=True)


@pytest.mark.parametrize("categories", [1, 11])
def test_a_strange_number_of_categories_is_refused(categories: int) -> None:
    with pytest.raises(ValueError, match="between 2 and 10"):
        statistics_of(batch_of([]), categories=categories)
