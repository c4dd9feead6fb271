from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lerend.statistics.chance import chance_agreement, critical_rwg
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


def test_a_shared_result_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        chance_agreement(5, 5).values[0] = 1.0
