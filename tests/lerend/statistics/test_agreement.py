from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.answers.table import Path
from lerend.statistics.agreement import (
    Agreement,
    agreement,
    agreements,
    average_deviation,
    deviation,
    summary,
)
from lerend.statistics.answer_sums import answer_sums
from lerend.statistics.nulls import Null, null_shares, null_variance
from lerend.statistics.sufficient import Statistics
from tests.lerend.statistics.brute_force import brute_force_statistics
from tests.lerend.statistics.people import People, groups_of_people
from tests.reference.references import codes, column, reference

CLIMATE = reference("agreement")["bhr11"]
COHESION = reference("agreement")["cohesion5"]


def counted(case: Mapping[str, Any], groups: list[str]) -> Statistics:
    """Counts per group; sums of pairs are no business of agreement and stay empty."""
    answers = codes(case["file"], case["items"])
    names: list[str] = case["group_ids"]
    counts = np.zeros((len(names), len(case["items"]), case["A"]), dtype=np.int64)
    for person, group in zip(answers.tolist(), groups, strict=True):
        for item, code in enumerate(person):
            if code:
                counts[names.index(group), item, code - 1] += 1
    k = len(case["items"])
    empty = np.zeros((1, k, k), dtype=np.int64)
    return Statistics(
        items=tuple(case["items"]),
        categories=case["A"],
        units=tuple((name,) for name in names),
        people=np.array(case["group_n"]),
        counts=counts,
        blocks=((),),
        pair_n=empty,
        pair_sum=empty,
        pair_product=empty,
    )


def climate() -> Statistics:
    return counted(CLIMATE, column("bhr2000.csv", "GRP"))


def cohesion() -> Statistics:
    units, platoons = column("cohesion.csv", "UNIT"), column("cohesion.csv", "PLATOON")
    return counted(COHESION, [f"{unit} {platoon}" for unit, platoon in zip(units, platoons, strict=True)])


def by_unit(case: Mapping[str, Any], found: Agreement, field: str) -> np.ndarray:
    """Reference values in the order of the units, which is the order of names and not of numbers."""
    place = [case["group_ids"].index(unit[0]) for unit in found.units]
    return np.array(case[field][found.null.value], dtype=float)[place]


def items_of(case: Mapping[str, Any], units: tuple[Path, ...], values: Mapping[str, list[float | None]]) -> np.ndarray:
    place = [case["group_ids"].index(unit[0]) for unit in units]
    return np.array([[values[item][row] for item in case["items"]] for row in place], dtype=float)


@pytest.mark.parametrize("null", [Null(name) for name in CLIMATE["rwg_j"]])
def test_rwg_j_of_ninety_nine_units_is_that_of_the_reference(null: Null) -> None:
    found = agreement(climate(), CLIMATE["items"], null=null)
    assert len(found.units) == 99
    np.testing.assert_allclose(found.scale, by_unit(CLIMATE, found, "rwg_j"), rtol=1e-10, atol=1e-14)
    said = summary(found)
    assert said is not None
    assert said.units == 99
    assert said.mean == pytest.approx(CLIMATE["rwg_j_summary"][null.value]["mean"], rel=1e-10)
    assert said.median == pytest.approx(CLIMATE["rwg_j_summary"][null.value]["median"], rel=1e-10)
    assert said.strong == pytest.approx(CLIMATE["rwg_j_summary"][null.value]["pct_ge_70"], rel=1e-10)


@pytest.mark.parametrize("null", [Null(name) for name in CLIMATE["rwg_item_untruncated"]])
def test_rwg_of_items_and_linear_agreement_are_those_of_the_reference(null: Null) -> None:
    found = agreement(climate(), CLIMATE["items"], null=null)
    expected = items_of(CLIMATE, found.units, CLIMATE["rwg_item_untruncated"][null.value])
    np.testing.assert_allclose(found.item, expected, rtol=1e-10, atol=1e-14)
    assert (expected < 0).any()
    np.testing.assert_array_equal(found.item_cut_off, np.where(found.item < 0, 0, found.item))
    linear = by_unit(CLIMATE, found, "rwg_j_lindell")
    np.testing.assert_allclose(found.linear, linear, rtol=1e-10, atol=1e-14)


def test_awg_and_average_deviation_are_those_of_the_reference() -> None:
    found = deviation(climate(), CLIMATE["items"])
    place = [CLIMATE["group_ids"].index(unit[0]) for unit in found.units]
    for name, values in (
        ("awg_item", found.awg_item),
        ("ad_mean_item", found.from_mean_item),
        ("ad_median_item", found.from_median_item),
    ):
        np.testing.assert_allclose(values, items_of(CLIMATE, found.units, CLIMATE[name]), rtol=1e-10, err_msg=name)
    for name, values in (
        ("awg_j", found.awg),
        ("ad_mean_j", found.from_mean),
        ("ad_median_j", found.from_median),
    ):
        np.testing.assert_allclose(values, np.array(CLIMATE[name], dtype=float)[place], rtol=1e-10, err_msg=name)


def test_small_groups_with_a_missing_answer_are_those_of_the_reference() -> None:
    agreed, spread = agreement(cohesion(), COHESION["items"]), deviation(cohesion(), COHESION["items"])
    assert agreed.raters.tolist() == [2, 3, 2, 3]
    untruncated = items_of(COHESION, agreed.units, COHESION["rwg_item_untruncated"]["uniform"])
    np.testing.assert_allclose(agreed.item, untruncated, rtol=1e-10, atol=1e-14)
    for name, values in (
        ("awg_item", spread.awg_item),
        ("ad_mean_item", spread.from_mean_item),
        ("ad_median_item", spread.from_median_item),
    ):
        np.testing.assert_allclose(values, items_of(COHESION, spread.units, COHESION[name]), rtol=1e-10, err_msg=name)
    # the other software leaves out the whole person whose answer is missing, in the first platoon
    np.testing.assert_allclose(agreed.scale[1:], by_unit(COHESION, agreed, "rwg_j")[1:], rtol=1e-10)
    np.testing.assert_allclose(spread.awg[1:], COHESION["awg_j"][1:], rtol=1e-10)
    np.testing.assert_allclose(spread.from_mean[1:], COHESION["ad_mean_j"][1:], rtol=1e-10)
    np.testing.assert_allclose(spread.from_median[1:], COHESION["ad_median_j"][1:], rtol=1e-10)


def test_a_person_with_a_missing_answer_counts_for_the_others() -> None:
    found = agreement(cohesion(), COHESION["items"])
    mean_share = (1 + 2 + 3 * 4 / 3) / 5 / 2
    assert found.linear[0] == pytest.approx(1 - mean_share)
    assert found.scale[0] == pytest.approx(5 * (1 - mean_share) / (5 * (1 - mean_share) + mean_share))


def test_nulls_have_their_published_variances() -> None:
    variances = [null_variance(5, null) for null in Null]
    assert variances == pytest.approx([CLIMATE["null_variances"][null.value] for null in Null], rel=1e-12)
    assert [null_variance(number, Null.UNIFORM) for number in (2, 7)] == [0.25, 4.0]


@pytest.mark.parametrize("categories", range(2, 12))
def test_a_skewed_null_is_narrower_than_a_uniform_one_for_any_number_of_categories(categories: int) -> None:
    skewed = (Null.UNIFORM, Null.SLIGHT_SKEW, Null.MODERATE_SKEW, Null.HEAVY_SKEW)
    variances = [null_variance(categories, null) for null in skewed]
    assert variances == sorted(variances, reverse=True)
    assert variances[-1] > 0
    assert null_shares(categories, Null.HEAVY_SKEW).sum() == pytest.approx(1.0)


def test_several_nulls_at_once_are_each_of_them_alone() -> None:
    both = agreements(climate(), CLIMATE["items"], nulls=(Null.UNIFORM, Null.NORMAL))
    for found, null in zip(both, (Null.UNIFORM, Null.NORMAL), strict=True):
        alone = agreement(climate(), CLIMATE["items"], null=null)
        assert found.null is null
        np.testing.assert_array_equal(found.linear, alone.linear)


@given(st.lists(st.integers(1, 7), min_size=0, max_size=12))
def test_variance_and_deviation_from_counts_are_those_of_the_answers(answers: list[int]) -> None:
    counts = np.bincount(np.array(answers, dtype=int), minlength=8)[None, 1:]
    sums = answer_sums(counts)
    variance = sums.variance[0]
    away = average_deviation(counts, sums.n, np.array([4.0]))[0]
    if len(answers) < 2:
        assert np.isnan(variance)
        assert np.isnan(away)
    else:
        assert variance == pytest.approx(np.var(answers, ddof=1))
        assert away == pytest.approx(np.mean(np.abs(np.array(answers) - 4.0)))


@given(groups_of_people(complete=False), st.permutations(["x", "y", "z"]))
@settings(max_examples=30, deadline=None)
def test_names_of_units_do_not_matter(people: People, names: list[str]) -> None:
    renamed: tuple[Path, ...] = tuple((names[int(path[0][1])], path[1]) for path in people.paths)
    one = agreement(people.statistics(), people.items)
    other = agreement(People(people.codes, renamed, people.group).statistics(), people.items)
    for path, new in zip(people.paths, renamed, strict=True):
        np.testing.assert_array_equal(one.scale[one.units.index(path)], other.scale[other.units.index(new)])


@given(groups_of_people(complete=False))
@settings(max_examples=30, deadline=None)
def test_turning_all_answers_around_does_not_change_agreement(people: People) -> None:
    turned = np.where(people.codes > 0, 6 - people.codes, 0).astype(np.uint8)
    one, other = people.statistics(), People(turned, people.paths, people.group).statistics()
    np.testing.assert_allclose(agreement(one, people.items).scale, agreement(other, people.items).scale, atol=1e-12)
    first, second = deviation(one, people.items), deviation(other, people.items)
    np.testing.assert_allclose(first.awg, second.awg, atol=1e-12)
    np.testing.assert_allclose(first.from_median, second.from_median, atol=1e-12)


@given(groups_of_people(complete=False))
@settings(max_examples=30, deadline=None)
def test_agreement_is_unknown_only_with_fewer_than_two_raters(people: People) -> None:
    for depth in (None, 0, 1):
        found = agreement(people.statistics(), people.items, depth=depth)
        np.testing.assert_array_equal(np.isnan(found.scale), found.raters < 2)
        known = found.scale[found.raters >= 2]
        assert ((known >= 0) & (known <= 1)).all()


def test_full_agreement_is_one_whatever_the_measure() -> None:
    statistics = brute_force_statistics([[2, 5]] * 4, ("a", "b"), (("t",),), (0,) * 4)
    assert agreement(statistics, ("a", "b")).scale.tolist() == [1.0]
    found = deviation(statistics, ("a", "b"))
    assert found.awg_item.tolist() == [[1.0, 1.0]]
    assert (found.awg[0], found.from_mean[0], found.from_median[0]) == (1.0, 0.0, 0.0)


def test_items_with_fewer_categories_are_judged_against_their_own_null() -> None:
    statistics = brute_force_statistics([[1, 1], [2, 7], [1, 1], [2, 7]], ("a", "b"), (("t",),), (0,) * 4, 1, 7)
    found = agreement(statistics, ("a", "b"), categories_of={"a": 2})
    np.testing.assert_allclose(found.item, [[1 - (1 / 3) / 0.25, 1 - 12 / 4]])


def test_small_units_are_left_out_of_the_summary() -> None:
    statistics = brute_force_statistics([[1], [2], [3], [3], [3], [4], [4]], ("a",), (("s",), ("t",)), (0, 0, *[1] * 5))
    found = agreement(statistics, ("a",))
    said = summary(found)
    assert said is not None
    assert said.units == 1
    assert said.mean == pytest.approx(found.scale[1])
    assert summary(found, least_raters=6) is None
