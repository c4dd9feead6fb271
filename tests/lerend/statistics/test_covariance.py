from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.addition import add
from lerend.statistics.covariance import (
    pair_counts,
    score_covariance,
    total_covariance,
    unit_means,
    within_covariance,
)
from tests.lerend.statistics.brute_force import brute_force_statistics
from tests.lerend.statistics.people import PATHS, People, groups_of_people


def pooled(people: People, depth: int) -> np.ndarray:
    """Within-unit covariance from the rows themselves."""
    unit = people.unit_numbers(depth)
    x = people.codes.astype(float)
    means = np.array([x[unit == number].mean(axis=0) for number in range(unit.max() + 1)])
    away = x - means[unit]
    return np.asarray(away.T @ away / (len(x) - len(means)))


@given(groups_of_people())
@settings(max_examples=30, deadline=None)
def test_total_covariance_is_that_of_the_rows(people: People) -> None:
    found = total_covariance(people.statistics(), people.items)
    np.testing.assert_allclose(found.matrix, np.cov(people.codes.astype(float).T), atol=1e-12)
    assert found.people == len(people.codes)


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("block_depth", [0, 1, 2])
@given(people=groups_of_people(least=20))
@settings(max_examples=10, deadline=None)
def test_covariance_within_units_is_that_of_the_rows_at_any_depth(people: People, block_depth: int, depth: int) -> None:
    found = within_covariance(people.statistics(block_depth), people.items, depth=depth)
    np.testing.assert_allclose(found.matrix, pooled(people, depth), atol=1e-11)
    np.testing.assert_allclose(found.freedom, len(people.codes) - people.unit_numbers(depth).max() - 1, atol=1e-9)


@given(groups_of_people(complete=False))
@settings(max_examples=30, deadline=None)
def test_people_with_missing_answers_count_for_the_pairs_that_they_answered(people: People) -> None:
    found = total_covariance(people.statistics(), people.items)
    x = np.where(people.codes > 0, people.codes, np.nan).astype(float)
    for i in range(x.shape[1]):
        for j in range(x.shape[1]):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            assert found.pair_n[i, j] == both.sum()
            if both.sum() < 2:
                assert np.isnan(found.matrix[i, j])
            else:
                assert found.matrix[i, j] == pytest.approx(np.cov(x[both, i], x[both, j])[0, 1], abs=1e-12)


@given(groups_of_people(complete=False))
@settings(max_examples=30, deadline=None)
def test_a_covariance_is_unknown_only_where_too_few_people_answered_both(people: People) -> None:
    for depth in (0, 1, 2):
        found = within_covariance(people.statistics(), people.items, depth=depth)
        np.testing.assert_array_equal(np.isnan(found.matrix), found.freedom == 0)
        assert found.known == bool((found.freedom > 0).all())


def test_covariance_within_teams_is_unbiased_when_halves_of_the_items_are_asked() -> None:
    rng = np.random.default_rng(7)
    truth = np.array([[1.0, 0.4, 0.2], [0.4, 0.8, 0.3], [0.2, 0.3, 0.6]])
    forms = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
    group = np.repeat(np.arange(len(PATHS)), 8)
    found = []
    for _ in range(150):
        team = rng.normal(size=(len(PATHS), 1))
        x = 40 + 8 * (team[group] + rng.multivariate_normal(np.zeros(3), truth, size=len(group)))
        codes = np.clip(np.round(x), 1, 99) * forms[rng.integers(3, size=len(group))]
        statistics = brute_force_statistics(codes, ("a", "b", "c"), PATHS, group.tolist(), 1, 99)
        found.append(within_covariance(statistics, ("a", "b", "c"), depth=2).matrix * (98 / 4 / 8) ** 2)
    error = np.std(found, axis=0) / np.sqrt(len(found))
    assert (np.abs(np.mean(found, axis=0) - truth) < 4 * error).all()
    assert error.max() < 0.05


@given(groups_of_people(complete=False))
@settings(max_examples=20, deadline=None)
def test_shared_out_pair_counts_add_up_to_what_is_known(people: People) -> None:
    statistics = people.statistics()
    for depth in (0, 1, 2):
        shared = pair_counts(statistics, people.items, depth=depth)
        np.testing.assert_allclose(shared.sum(axis=0), statistics.pair_n.sum(axis=0), atol=1e-9)
        answered = unit_means(statistics, people.items, depth=depth).item_n
        np.testing.assert_allclose(shared.diagonal(axis1=1, axis2=2), answered, atol=1e-9)


@given(groups_of_people())
@settings(max_examples=20, deadline=None)
def test_pair_counts_are_the_people_of_a_unit_when_nothing_is_missing(people: People) -> None:
    statistics = people.statistics()
    for depth in (1, 2):
        size = np.bincount(people.unit_numbers(depth))
        shared = pair_counts(statistics, people.items, depth=depth)
        np.testing.assert_allclose(shared, np.broadcast_to(size[:, None, None], shared.shape), atol=1e-9)


@given(groups_of_people(complete=False), st.integers(1, 7))
@settings(max_examples=20, deadline=None)
def test_order_in_which_parts_are_added_does_not_matter(people: People, cut: int) -> None:
    parts = [
        People(people.codes[part], people.paths, tuple(np.array(people.group)[part].tolist())).statistics()
        for part in (slice(None, cut), slice(cut, None))
    ]
    one, other = add(*parts), add(*reversed(parts))
    for depth in (0, 1, 2):
        first, second = (within_covariance(total, people.items, depth=depth) for total in (one, other))
        np.testing.assert_array_equal(first.matrix, second.matrix)
        whole = within_covariance(people.statistics(), people.items, depth=depth)
        np.testing.assert_allclose(first.matrix, whole.matrix, atol=1e-12)


def test_a_scale_score_is_the_mean_of_the_item_means() -> None:
    codes = [[1, 4], [3, 0], [0, 2]]
    statistics = brute_force_statistics(codes, ("a", "b"), (("c", "t"),), (0, 0, 0))
    means = unit_means(statistics, ("a", "b"))
    np.testing.assert_allclose(means.mean, [[2.0, 3.0]])
    assert means.score[0] == 2.5
    assert means.item_n.tolist() == [[2, 2]]
    assert means.people.tolist() == [3]


def test_items_with_other_numbers_of_categories_are_mapped_to_one_to_five() -> None:
    statistics = brute_force_statistics([[1, 1], [2, 7], [2, 4]], ("a", "b"), (("c",),), (0, 0, 0), 1, 7)
    means = unit_means(statistics, ("a", "b"), categories_of={"a": 2})
    np.testing.assert_allclose(means.mean, [[1 + 4 * 2 / 3, 3.0]])
    found = total_covariance(statistics, ("a", "b"), categories_of={"a": 2})
    np.testing.assert_allclose(found.matrix, np.cov([[1, 5, 5], [1, 5, 3]]), atol=1e-12)


def test_a_unit_that_nobody_answered_in_has_no_score() -> None:
    statistics = brute_force_statistics([[1, 0], [2, 3]], ("a", "b"), (("c",), ("d",)), (0, 1))
    assert np.isnan(unit_means(statistics, ("a", "b")).score).tolist() == [True, False]


@given(groups_of_people(least=12))
@settings(max_examples=20, deadline=None)
def test_covariance_of_scores_is_that_of_person_means_when_nothing_is_missing(people: People) -> None:
    scales = (people.items[:1], people.items[1:])
    x = people.codes.astype(float)
    scores = np.stack([x[:, :1].mean(axis=1), x[:, 1:].mean(axis=1)])
    found = score_covariance(total_covariance(people.statistics(), people.items), scales)
    np.testing.assert_allclose(found, np.cov(scores), atol=1e-12)


def test_an_item_that_is_not_there_is_named() -> None:
    statistics = brute_force_statistics([[1]], ("a",), (("c",),), (0,))
    with pytest.raises(ValueError, match="zzz"):
        total_covariance(statistics, ("a", "zzz"))
    with pytest.raises(ValueError, match="zzz"):
        unit_means(statistics, ("zzz",))


def test_nobody_at_all_gives_unknowns_and_no_warning() -> None:
    statistics = brute_force_statistics(np.zeros((0, 2)), ("a", "b"), (), ())
    found = total_covariance(statistics, ("a", "b"))
    assert np.isnan(found.matrix).all()
    assert not found.known
    assert len(unit_means(statistics, ("a", "b")).units) == 0
