from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lerend.statistics.chance import (
    chance_agreement,
    chance_deviation,
    chance_deviation_of_related_items,
    chance_of_related_items,
    critical_deviation,
    critical_rwg,
)
from lerend.statistics.nulls import Null, null_shares, null_variance
from tests.reference.references import reference

EXACT = [*reference("rwg_null")["exact_single_item"], *reference("rwg_null")["exact_A7"]]
SIMULATED = reference("rwg_null")["mc_rwgj"]


@pytest.mark.parametrize("case", EXACT, ids=lambda case: f"{case['n']} raters, {case['A']} answers")
def test_chance_agreement_on_one_item_is_that_of_the_reference(case: dict[str, object]) -> None:
    raters, categories = int(str(case["n"])), int(str(case["A"]))
    found = chance_agreement(raters, categories)
    assert found.values @ found.probability == pytest.approx(case["mean_rwg"], rel=1e-10)
    assert found.probability[found.values == 0].sum() == pytest.approx(case["p_rwg_zero"], rel=1e-10)
    assert found.of_at_least(0.7) == pytest.approx(case["p_rwg_ge_70"], rel=1e-10)
    for level, name in ((0.05, "crit95_rwg"), (0.01, "crit99_rwg")):
        critical, expected = found.critical(level), case[name]
        if expected is None:
            assert critical is None
        else:
            assert isinstance(expected, dict)
            assert critical == pytest.approx(expected["crit"], rel=1e-10)
            assert found.of_at_least(float(critical or 0)) == pytest.approx(expected["p"], rel=1e-10)


@pytest.mark.parametrize("case", EXACT, ids=lambda case: f"{case['n']} raters, {case['A']} answers")
def test_chance_deviation_on_one_item_is_that_of_the_reference(case: dict[str, float]) -> None:
    found = chance_deviation(int(case["n"]), int(case["A"]))
    assert found.values @ found.probability == pytest.approx(case["mean_ad"], rel=1e-10)
    expected = case["crit05_ad"]
    assert isinstance(expected, dict)
    assert found.critical() == pytest.approx(expected["crit"], rel=1e-10)
    assert found.of_at_most(expected["crit"]) == pytest.approx(expected["p"], rel=1e-10)


@pytest.mark.parametrize("case", SIMULATED, ids=lambda case: f"n={case['n']}, r={case['itemcor']}")
def test_agreement_on_related_items_is_near_the_simulated_reference(case: dict[str, float]) -> None:
    found = chance_of_related_items(int(case["n"]), int(case["A"]), int(case["J"]), case["itemcor"])
    assert found.values @ found.probability == pytest.approx(case["mean"], abs=0.01)
    assert found.critical() == pytest.approx(case["multilevel_rwg95"], abs=0.01)


@pytest.mark.parametrize(
    "case", [case for case in SIMULATED if case["itemcor"] == 0], ids=lambda case: f"n={case['n']}"
)
def test_chance_agreement_on_a_scale_is_near_the_simulated_reference(case: dict[str, float]) -> None:
    found = chance_agreement(int(case["n"]), int(case["A"]), int(case["J"]))
    assert found.values @ found.probability == pytest.approx(case["mean"], abs=0.01)
    assert found.critical() == pytest.approx(case["multilevel_rwg95"], abs=0.01)


@pytest.mark.parametrize(("raters", "categories", "items"), [(2, 5, 1), (4, 3, 1), (3, 2, 3), (3, 4, 2)])
def test_chance_agreement_is_that_of_writing_all_answers_out(raters: int, categories: int, items: int) -> None:
    null = (categories**2 - 1) / 12
    spread = [np.var(one, ddof=1) / null for one in product(range(categories), repeat=raters)]
    share = np.minimum([np.mean(all_items) for all_items in product(spread, repeat=items)], 1.0)
    written_out = items * (1 - share) / (items * (1 - share) + share)
    found = chance_agreement(raters, categories, items)
    assert found.probability.sum() == pytest.approx(1.0)
    for value in (0.1, 0.35, 0.6, 0.9, 1.0):
        assert found.of_at_least(value) == pytest.approx(np.mean(written_out >= value - 1e-9))


@pytest.mark.parametrize("null", [Null.UNIFORM, Null.SLIGHT_SKEW, Null.NORMAL, Null.HEAVY_SKEW])
@pytest.mark.parametrize(("raters", "categories", "items"), [(2, 5, 1), (5, 4, 1), (3, 3, 2)])
def test_chance_under_any_null_is_that_of_writing_all_answers_out(
    null: Null, raters: int, categories: int, items: int
) -> None:
    shares = null_shares(categories, null)
    every = list(product(product(range(categories), repeat=raters), repeat=items))
    weight = np.array([np.prod([shares[answer] for one in scale for answer in one]) for scale in every])
    away = np.array([np.mean([np.abs(np.array(one) - np.mean(one)).mean() for one in scale]) for scale in every])
    spread = np.array([np.mean([np.var(one, ddof=1) for one in scale]) for scale in every])
    share = np.minimum(spread / null_variance(categories, null), 1.0)
    rwg = items * (1 - share) / (items * (1 - share) + share)
    deviation = chance_deviation(raters, categories, items, null)
    agreement = chance_agreement(raters, categories, items, null)
    for value in (0.0, 0.3, 0.5, 0.75, 1.0):
        assert deviation.of_at_most(value) == pytest.approx(weight[away <= value + 1e-9].sum())
        assert agreement.of_at_least(value) == pytest.approx(weight[rwg >= value - 1e-9].sum())


def test_a_skewed_null_asks_for_more_agreement() -> None:
    assert (critical_rwg(10, 5) or 0) < (critical_rwg(10, 5, null=Null.SLIGHT_SKEW) or 2)
    assert (critical_deviation(10, 5) or 9) > (critical_deviation(10, 5, null=Null.SLIGHT_SKEW) or 0)
    assert critical_deviation(2, 2) is None


def test_three_people_never_agree_more_than_chance_at_one_percent() -> None:
    assert critical_rwg(3, 5, level=0.01) is None
    assert critical_rwg(3, 5) == pytest.approx(1.0)


def test_more_raters_ask_for_less_agreement_and_more_items_for_more() -> None:
    by_raters = [critical_rwg(raters, 5) or 2.0 for raters in (3, 5, 10, 20, 60)]
    assert by_raters == sorted(by_raters, reverse=True)
    by_items = [critical_rwg(10, 5, items=items) or 2.0 for items in (2, 4, 8)]
    assert by_items == sorted(by_items)


@pytest.mark.parametrize(("raters", "categories", "items"), [(1, 5, 1), (5, 1, 1), (5, 5, 0)])
def test_chance_needs_raters_answers_and_items(raters: int, categories: int, items: int) -> None:
    with pytest.raises(ValueError, match="needs"):
        chance_agreement(raters, categories, items)


def test_drawing_unrelated_items_comes_to_what_counting_says_and_related_ones_agree_more() -> None:
    counted, drawn = chance_deviation(8, 5, items=3), chance_deviation_of_related_items(8, 5, 3, 0.0)
    assert drawn.values @ drawn.probability == pytest.approx(counted.values @ counted.probability, abs=0.005)
    assert drawn.critical() == pytest.approx(counted.critical(), abs=0.02)
    related = chance_deviation_of_related_items(8, 5, 3, 0.6)
    assert (related.critical() or 0) < (counted.critical() or 0)


def test_items_cannot_be_related_perfectly_or_against_each_other() -> None:
    for correlation in (-0.2, 1.0):
        with pytest.raises(ValueError, match="correlation"):
            chance_of_related_items(5, 5, 3, correlation)


def test_a_shared_result_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        chance_agreement(5, 5).values[0] = 1.0
