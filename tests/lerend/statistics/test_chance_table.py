"""What agreement must reach for groups of every size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from lerend.statistics.chance import chance_of_related_items, critical_deviation, critical_rwg
from lerend.statistics.chance_table import ChanceTable, correlation_within
from lerend.statistics.nulls import Null
from tests.lerend.statistics.people import People, groups_of_people


def test_unrelated_items_are_counted_and_related_ones_drawn() -> None:
    unrelated, related = ChanceTable(5, 3, 0.02), ChanceTable(5, 3, 0.5, seed=4)
    assert unrelated.rwg(7, Null.UNIFORM) == critical_rwg(7, 5, items=3)
    assert unrelated.deviation(7, Null.NORMAL) == critical_deviation(7, 5, items=3, null=Null.NORMAL)
    assert related.rwg(7, Null.UNIFORM) == chance_of_related_items(7, 5, 3, 0.5, seed=4).critical()
    assert ChanceTable(5, 1, 0.9).rwg(7, Null.UNIFORM) == critical_rwg(7, 5)


def test_larger_groups_get_the_value_of_thirty() -> None:
    table = ChanceTable(5, 1, 0.0)
    assert table.rwg(200, Null.UNIFORM) == table.rwg(30, Null.UNIFORM) == critical_rwg(30, 5)
    assert table.rwg(29, Null.UNIFORM) != table.rwg(30, Null.UNIFORM)


@given(groups_of_people(least=30))
@settings(max_examples=15, deadline=None)
def test_the_correlation_is_that_of_people_about_the_means_of_their_units(people: People) -> None:
    x, unit = people.codes.astype(np.float64), people.unit_numbers(2)
    apart = x - np.array([x[unit == number].mean(axis=0) for number in range(unit.max() + 1)])[unit]
    found = correlation_within(people.statistics(), people.items)
    if (apart.std(axis=0) > 0).all():
        pairs = np.corrcoef(apart.T)[np.triu_indices(len(people.items), 1)]
        assert found == pytest.approx(np.clip(pairs.mean(), 0.0, 0.99), abs=1e-9)


def test_one_item_goes_with_nothing() -> None:
    people = People(np.array([[1], [2], [3]], dtype=np.uint8), (("a", "b"),), (0, 0, 0))
    assert correlation_within(people.statistics(), people.items) == 0.0
