"""Owen values against all orders in which groups stay together, the laws that they obey, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.statistics.importance.owen import owen_values
from lerend.statistics.importance.relative_importance import importance_of_correlations, relative_importance
from lerend.statistics.importance.subsets import explained_by_subsets, shapley_values
from lerend.statistics.regression.problems import CannotBeFitted
from tests.lerend.statistics.importance.test_relative_importance import Floats, made, r_squared
from tests.reference.references import numbers


def table_of(seed: int, k: int) -> Floats:
    return np.asarray(np.corrcoef(made(seed, 40, k), rowvar=False), dtype=np.float64)


def orders_of(group_of: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every order in which the factors of a group enter one right after the other."""
    members = [[factor for factor, group in enumerate(group_of) if group == own] for own in sorted(set(group_of))]
    for groups in permutations(members):
        for inside in product(*(permutations(group) for group in groups)):
            yield tuple(factor for part in inside for factor in part)


GROUPS = st.sampled_from([(0, 0, 1, 1, 1), (0, 1, 0, 2, 1), (0, 1, 2, 2, 3), (2, 1, 0, 0, 0), (0, 1, 1, 1, 1)])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), GROUPS)
def test_they_are_means_over_all_orders_in_which_groups_stay_together(seed: int, group_of: tuple[int, ...]) -> None:
    table, gains, count = table_of(seed, 5), np.zeros(5), 0
    explained = {chosen: r_squared(table, chosen) for size in range(6) for chosen in permutations(range(5), size)}
    for order in orders_of(group_of):
        count += 1
        for place, factor in enumerate(order):
            gains[factor] += explained[order[: place + 1]] - explained[order[:place]]
    np.testing.assert_allclose(owen_values(table, group_of), gains / count, rtol=1e-7, atol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_one_group_and_groups_of_one_give_shapley_values(seed: int, k: int) -> None:
    table = table_of(seed, k)
    shapley = shapley_values(explained_by_subsets(table))
    np.testing.assert_allclose(owen_values(table, [0] * k), shapley, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(owen_values(table, list(range(k))), shapley, rtol=1e-8, atol=1e-11)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), GROUPS)
def test_they_add_up_and_groups_share_as_if_each_were_one_factor(seed: int, group_of: tuple[int, ...]) -> None:
    table = table_of(seed, 5)
    found = importance_of_correlations(table, 40, groups=[f"layer {own}" for own in group_of], draws=0)
    assert found.grouped is not None
    assert found.grouped.value.sum() == pytest.approx(found.r_squared, rel=1e-8)
    assert found.grouped.value.min() >= -1e-12
    groups = list(dict.fromkeys(group_of))
    total = np.zeros(len(groups))
    orders = list(permutations(groups))
    for order in orders:
        entered: list[int] = []
        for group in order:
            before = r_squared(table, entered)
            entered += [factor for factor, own in enumerate(group_of) if own == group]
            total[groups.index(group)] += (r_squared(table, entered) - before) / len(orders)
    np.testing.assert_allclose(found.grouped.total, total, rtol=1e-7, atol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(5)))
def test_the_order_of_factors_does_not_matter(seed: int, order: list[int]) -> None:
    table, group_of = table_of(seed, 5), [0, 0, 1, 1, 2]
    turned = [*order, 5]
    other = owen_values(table[np.ix_(turned, turned)], [group_of[factor] for factor in order])
    np.testing.assert_allclose(other, owen_values(table, group_of)[order], rtol=1e-7, atol=1e-10)


def test_factors_that_are_alike_in_one_group_have_equal_values_and_one_of_nothing_has_none() -> None:
    table = np.eye(5)
    table[0, 1] = table[1, 0] = 0.4
    table[:2, 4] = table[4, :2] = 0.5
    table[2, 4] = table[4, 2] = 0.3
    value = owen_values(table, [0, 0, 1, 1])
    assert value[0] == pytest.approx(value[1], rel=1e-12)
    assert value[2] == pytest.approx(0.09, rel=1e-12)
    assert value[3] == pytest.approx(0, abs=1e-15)


def test_a_factor_with_a_twin_in_its_own_group_takes_nothing_from_another_group() -> None:
    """Shapley values give two nearly equal factors more than one together; as a group they count as one."""
    table = np.full((4, 4), 0.5)
    table[0, 1] = table[1, 0] = 0.999
    np.fill_diagonal(table, 1)
    found = importance_of_correlations(table, 100, groups=["a", "a", "b"], draws=0)
    assert found.grouped is not None
    assert found.shapley is not None
    assert found.grouped.total[0] == pytest.approx(found.grouped.total[1], rel=2e-3)
    assert found.shapley[:2].sum() > 1.2 * found.shapley[2]


def test_twenty_three_factors_in_four_layers_have_owen_values() -> None:
    values, layers = made(7, 600, 23), [f"layer {place}" for place in [0] * 3 + [1] * 8 + [2] * 6 + [3] * 6]
    found = relative_importance(values[:, -1], values[:, :-1], groups=layers, draws=20)
    assert found.shapley is None
    assert found.grouped is not None
    assert found.grouped.names == ("layer 0", "layer 1", "layer 2", "layer 3")
    assert found.grouped.value.sum() == pytest.approx(found.r_squared)
    for shares, intervals in (
        (found.grouped.value, found.grouped.value_interval),
        (found.grouped.total, found.grouped.total_interval),
    ):
        assert len(intervals) == len(shares)
        assert sum(
            one.low - 0.02 < share < one.high + 0.02 for one, share in zip(intervals, shares, strict=True)
        ) == len(shares)
    assert not any("would be there" in one.in_language("en") for one in found.cautions)
    alone = relative_importance(values[:, -1], values[:, :-1], draws=0)
    assert alone.grouped is None
    assert any("would be there" in one.in_language("en") for one in alone.cautions)


def test_groups_that_do_not_go_with_factors_or_make_too_many_subsets_are_refused() -> None:
    values = made(7, 400, 25)
    with pytest.raises(CannotBeFitted, match="2 groups for 25 factors"):
        relative_importance(values[:, -1], values[:, :-1], groups=["a", "b"], draws=0)
    with pytest.raises(CannotBeFitted, match="too many subsets"):
        relative_importance(values[:, -1], values[:, :-1], groups=["a"] * 24 + ["b"], draws=0)


def test_by_name_groups_are_named_in_the_order_of_the_factors() -> None:
    names = ["SATV", "SATQ", "age", "education", "ACT"]
    values = numbers("sat_act.csv", names)
    table = Table(
        "sat_act.csv", {name: list(map(repr, column.tolist())) for name, column in zip(names, values.T, strict=True)}
    )
    told = plain(
        estimate(
            "relative-importance",
            table,
            outcome="ACT",
            factors="SATV,SATQ,age,education",
            groups="test,test,life,life",
            draws="0",
        )
    )
    grouped = told["importance"]["grouped"]
    assert grouped["names"] == ["test", "life"]
    assert grouped["group_of"] == [0, 0, 1, 1]
    assert sum(grouped["total"]) == pytest.approx(told["importance"]["r_squared"])
    assert grouped["total"][0] == pytest.approx(sum(grouped["value"][:2]))
