from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.answers.table import Path
from lerend.statistics.addition import add
from lerend.statistics.clustering import (
    Clustering,
    GroupSums,
    clustering,
    group_sums,
    one_way,
    sums_of_rows,
)
from lerend.statistics.variance_components import restricted, variance_components
from tests.lerend.statistics.brute_force import brute_force_statistics
from tests.lerend.statistics.people import People, groups_of_people
from tests.reference.references import column, numbers, reference

CASES = tuple(reference("icc"))
LEADERSHIP = ("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17", "AS28")


def sums_of_case(name: str) -> GroupSums:
    file, unit = ("bhr2000.csv", "GRP") if name.startswith("bhr_") else ("klein2000.csv", "GRPID")
    names = LEADERSHIP if name == "bhr_LEADM" else (reference("icc")[name]["var"],)
    group = np.unique(column(file, unit), return_inverse=True)[1]
    return sums_of_rows(numbers(file, names).mean(axis=1), group)


def test_there_are_seventeen_reference_cases() -> None:
    assert len(CASES) == 17


@pytest.mark.parametrize("name", CASES)
def test_analysis_of_variance_is_that_of_the_reference(name: str) -> None:
    case = reference("icc")[name]
    found = one_way(sums_of_case(name))
    assert found is not None
    pairs = [
        (found.icc1, case["icc1_anova_n0"]),
        (found.icc1_of_mean_size, case["icc1_anova_kbar"]),
        (found.icc2, case["icc2_anova"]),
        (found.icc1_interval.low, case["icc1_F_ci95_n0"][0]),
        (found.icc1_interval.high, case["icc1_F_ci95_n0"][1]),
        (found.icc2_interval.low, case["icc2_F_ci95"][0]),
        (found.icc2_interval.high, case["icc2_F_ci95"][1]),
        (found.standard_error, case["icc1_smith_se_n0"]),
        (found.between, case["MSB"]),
        (found.within, case["MSW"]),
        (found.f, case["F"]),
        (found.p, case["p"]),
        (found.n0, case["n0"]),
        (found.mean_size, case["kbar"]),
    ]
    computed, expected = np.array(pairs).T
    np.testing.assert_allclose(computed, expected, rtol=1e-9)
    assert (found.groups, found.people) == (case["J"], case["N"])


@pytest.mark.parametrize("name", CASES)
def test_restricted_likelihood_is_that_of_the_reference(name: str) -> None:
    case: Mapping[str, Any] = reference("icc")[name]["reml"]
    found = restricted(sums_of_case(name))
    assert found is not None
    pairs = [
        (found.mean, case["mu"]),
        (found.mean_error, case["se_mu"]),
        (found.between, case["tau2"]),
        (found.within, case["sigma2"]),
        (found.icc1, case["icc1"]),
        (found.icc2, case["icc2_kbar"]),
    ]
    computed, expected = np.array(pairs).T
    np.testing.assert_allclose(computed, expected, rtol=1e-5)
    assert found.log_likelihood == pytest.approx(case["logLik"], rel=1e-12)
    assert not found.none_between


@given(groups_of_people(least=20), st.sampled_from([1, 2]))
@settings(max_examples=40, deadline=None)
def test_sums_say_the_same_as_rows_when_nothing_is_missing(people: People, depth: int) -> None:
    by_sums = group_sums(people.statistics(), people.items, depth=depth)
    by_rows = sums_of_rows(people.codes.mean(axis=1), people.unit_numbers(depth))
    assert by_sums is not None
    np.testing.assert_allclose(by_sums.size, by_rows.size, rtol=1e-7)
    np.testing.assert_allclose(by_sums.mean, by_rows.mean, atol=1e-12)
    assert by_sums.within == pytest.approx(by_rows.within, abs=1e-11)
    assert by_sums.freedom == pytest.approx(by_rows.freedom)


@given(groups_of_people(least=20), st.floats(0.1, 20), st.floats(-100, 100))
@settings(max_examples=30, deadline=None)
def test_nothing_changes_when_answers_are_stretched_and_moved(people: People, stretch: float, move: float) -> None:
    group = people.unit_numbers(2)
    value = people.codes.mean(axis=1)
    one, other = one_way(sums_of_rows(value, group)), one_way(sums_of_rows(stretch * value + move, group))
    if one and other:
        assert other.icc1 == pytest.approx(one.icc1, abs=1e-7)
        assert other.icc1_interval.low == pytest.approx(one.icc1_interval.low, abs=1e-7)


@given(groups_of_people(complete=False, least=20), st.permutations(["x", "y", "z"]))
@settings(max_examples=30, deadline=None)
def test_names_of_units_do_not_matter(people: People, names: list[str]) -> None:
    renamed: tuple[Path, ...] = tuple((names[int(path[0][1])], "other " + path[1]) for path in people.paths)
    other = People(people.codes, renamed, people.group)
    for depth in (1, 2):
        first = clustering(people.statistics(), people.items, depth=depth)
        second = clustering(other.statistics(), people.items, depth=depth)
        assert (first is None) == (second is None)
        if first and second:
            assert second.icc1 == pytest.approx(first.icc1, abs=1e-9)
            assert second.people == pytest.approx(first.people)


@given(groups_of_people(least=24))
@settings(max_examples=20, deadline=None)
def test_order_in_which_companies_are_added_does_not_matter(people: People) -> None:
    half = len(people.group) // 2
    parts = [
        People(people.codes[part], people.paths, people.group[part]).statistics()
        for part in (slice(None, half), slice(half, None))
    ]
    found: list[Clustering | None] = [
        clustering(total, people.items) for total in (add(*parts), add(*reversed(parts)), people.statistics())
    ]
    assert [one.icc1 if one else None for one in found[:2]] == [found[2].icc1 if found[2] else None] * 2


@given(groups_of_people(complete=False))
@settings(max_examples=60, deadline=None)
def test_nothing_is_ever_not_a_number(people: People) -> None:
    for depth in (1, 2):
        found = clustering(people.statistics(), people.items, depth=depth)
        if found is not None:
            values = [found.icc1, found.icc1_of_mean_size, found.icc2, found.standard_error, found.f, found.p]
            ends = [found.icc1_interval.low, found.icc1_interval.high]
            assert not np.isnan([*values, *ends, found.icc2_interval.low, found.icc2_interval.high]).any()
            assert ends[0] <= found.icc1 + 1e-9
            assert found.icc1 <= ends[1] + 1e-9
        fitted = variance_components(people.statistics(), people.items, depth=depth)
        if fitted is not None:
            assert np.isfinite([fitted.mean, fitted.mean_error, fitted.between, fitted.within, fitted.icc2]).all()


def test_intraclass_correlation_is_found_back_when_halves_of_the_items_are_asked() -> None:
    rng = np.random.default_rng(11)
    paths = tuple((f"c{number % 4}", f"t{number}") for number in range(60))
    group = np.repeat(np.arange(60), 10)
    found = []
    for _ in range(4):
        team = np.sqrt(0.2) * rng.normal(size=60)[group, None]
        person = np.sqrt(0.4) * rng.normal(size=(600, 1))
        x = team + person + np.sqrt(0.4) * rng.normal(size=(600, 4))
        forms = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]])
        codes = np.clip(np.round(50 + 8 * x), 1, 99) * forms[rng.integers(6, size=600)]
        one = clustering(brute_force_statistics(codes, "abcd", paths, group.tolist(), 1, 99), "abcd", depth=2)
        assert one is not None
        assert 300 < one.people < 600
        found.append(one.icc1)
    assert np.mean(found) == pytest.approx(0.2 / (0.2 + 0.4 + 0.1), abs=0.06)


def test_no_difference_within_groups_is_full_clustering() -> None:
    found = one_way(GroupSums(np.array([3.0, 4.0]), np.array([1.0, 2.0]), 0.0, 5.0))
    assert found is not None
    assert (found.icc1, found.icc2, found.f, found.p) == (1.0, 1.0, math.inf, 0.0)
    assert restricted(GroupSums(np.array([3.0, 4.0]), np.array([1.0, 2.0]), 0.0, 5.0)) is None


def test_no_difference_between_groups_is_no_variance_between_them() -> None:
    same = GroupSums(np.array([5.0, 5.0, 5.0]), np.array([3.0, 3.0, 3.0]), 1.0, 12.0)
    found, fitted = one_way(same), restricted(same)
    assert found is not None
    assert fitted is not None
    assert found.icc1 == pytest.approx(-0.25)
    assert fitted.none_between
    assert (fitted.between, fitted.icc1, fitted.icc2) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "sums",
    [
        GroupSums(np.array([9.0]), np.array([3.0]), 1.0, 8.0),
        GroupSums(np.array([1.0, 1.0]), np.array([3.0, 4.0]), 0.0, 0.0),
        GroupSums(np.array([4.0, 4.0]), np.array([3.0, 3.0]), 0.0, 6.0),
    ],
    ids=["one group", "groups of one", "all the same"],
)
def test_there_is_no_clustering_where_the_data_cannot_say(sums: GroupSums) -> None:
    assert one_way(sums) is None
    assert restricted(sums) is None


def test_units_without_any_answer_to_an_item_are_left_out() -> None:
    codes = [[1, 2], [2, 2], [4, 5], [3, 5], [5, 0], [4, 0]]
    statistics = brute_force_statistics(codes, ("a", "b"), (("x",), ("y",), ("z",)), (0, 0, 1, 1, 2, 2))
    found = clustering(statistics, ("a", "b"))
    assert found is not None
    assert found.groups == 2


def test_items_that_nobody_answered_together_have_no_clustering() -> None:
    statistics = brute_force_statistics([[1, 0], [0, 2], [2, 0], [0, 3]], ("a", "b"), (("x",), ("y",)), (0, 0, 1, 1))
    assert clustering(statistics, ("a", "b")) is None


def test_groups_that_are_worth_less_than_one_person_each_have_no_share_of_variance() -> None:
    sums = GroupSums(size=np.array([0.4, 0.3, 1.2]), mean=np.array([2.0, 3.0, 2.5]), within=0.15, freedom=3.0)
    assert one_way(sums) is None
