"""What may be compared between waves, from sums: the reference, waves with known truth, and where nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend.statistics.structure.continuous.layout import ORDER
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.over_waves import LEVEL, POWER, compare_scale, unseen_shift
from lerend.statistics.structure.continuous.sums import ItemSums, sample_of_sums
from lerend.statistics.structure.indices import noncentrality
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.specification import specification_of
from tests.lerend.statistics.structure.continuous_answers import by_school, measures
from tests.lerend.statistics.structure.wave_answers import ITEMS, answered, sums_of
from tests.reference.references import reference

ONE = specification_of({"f": ITEMS}, identification="unit")


def test_sums_give_the_reference_of_lavaan_without_any_row() -> None:
    groups, model = by_school()
    expected = reference("invariance_continuous")["hs_school_ML"]["steps"]
    without_rows = {
        name: sample_of_sums(
            ItemSums(one.items, one.people, one.mean, one.covariance * one.people / (one.people - 1)), group=name
        )
        for name, one in groups.items()
    }
    for place, step in enumerate(("configural", "metric", "scalar")):
        found = measures(fit_continuous(without_rows, model, estimator="ML", sharing=Sharing(ORDER[:place])))
        for key in found.keys() & expected[step]["fit"].keys():
            assert found[key] == pytest.approx(expected[step]["fit"][key], rel=5e-6, abs=1e-7), (step, key)


def test_robust_errors_of_sums_are_refused() -> None:
    sample = sample_of_sums(sums_of(answered(100, 1)))
    with pytest.raises(ModelCannotBeFitted, match="Only sums are known"):
        fit_continuous(sample, ONE, estimator="MLR")


def test_equal_items_are_alike_also_where_the_factor_itself_moved() -> None:
    found = compare_scale({"spring": sums_of(answered(400, 1)), "autumn": sums_of(answered(420, 2, mean=0.3))})
    assert found.comparable is Comparable.ALIKE
    assert found.changed == ()
    assert [step.adds for step in found.steps] == ["loadings", "intercepts"]
    assert found.people == (400, 420)
    assert found.unseen is not None
    assert found.unseen < 0.1


def test_an_item_whose_meaning_shifted_is_named() -> None:
    found = compare_scale({"1": sums_of(answered(300, 1)), "2": sums_of(answered(300, 2, shift=(0, 0.6, 0, 0)))})
    assert found.comparable is Comparable.CHANGED
    assert found.changed == ("b",)
    assert found.steps[1].explained
    assert "differently than before: b." in found.sentence.in_language("en")


def test_an_item_that_says_less_about_the_factor_is_named() -> None:
    found = compare_scale(
        {"1": sums_of(answered(400, 1)), "2": sums_of(answered(400, 2, loading=(0.8, 0.8, 0.8, 0.2)))}
    )
    assert (found.comparable, found.changed) == (Comparable.CHANGED, ("d",))


def test_three_waves_are_compared_at_once() -> None:
    waves = {name: sums_of(answered(300, seed)) for seed, name in enumerate(("1", "2", "3"))}
    assert compare_scale(waves).comparable in (Comparable.ALIKE, Comparable.NEARLY)
    waves["3"] = sums_of(answered(300, 9, shift=(0.7, 0, 0, 0)))
    assert compare_scale(waves).changed == ("a",)


def test_a_difference_too_small_to_matter_is_called_so() -> None:
    many = {"1": sums_of(answered(20_000, 1)), "2": sums_of(answered(20_000, 2, shift=(0.06, 0, 0, 0)))}
    found = compare_scale(many)
    assert found.comparable is Comparable.NEARLY
    assert found.steps[1].p_value < LEVEL


def test_few_people_cannot_rule_out_what_matters() -> None:
    found = compare_scale({"1": sums_of(answered(55, 1)), "2": sums_of(answered(55, 2))})
    assert found.comparable is Comparable.UNCLEAR
    assert found.unseen is not None
    assert found.unseen > 0.1


def test_too_few_people_and_too_few_items_are_said() -> None:
    few = {"1": sums_of(answered(400, 1)), "2": sums_of(answered(49, 2))}
    assert compare_scale(few).comparable is Comparable.TOO_FEW_PEOPLE
    assert compare_scale(few).sentence.in_language("en") == "Not checked: fewer than 50 people."
    two = {name: sums_of(answered(400, seed)[:, :2], ("a", "b")) for seed, name in enumerate(("1", "2"))}
    assert compare_scale(two).comparable is Comparable.TOO_FEW_ITEMS


def test_items_that_are_not_one_thing_are_not_compared() -> None:
    def two_things(seed: int) -> ItemSums:
        one, other = answered(400, seed)[:, :2], answered(400, seed + 50)[:, :2]
        return sums_of(np.hstack([one, other]))

    assert compare_scale({"1": two_things(1), "2": two_things(2)}).comparable is Comparable.NO_ONE_SCALE


def test_sums_that_no_people_can_have_are_no_error() -> None:
    impossible = ItemSums(ITEMS, 200, np.full(4, 3.0), np.full((4, 4), -0.9) + 1.9 * np.eye(4))
    found = compare_scale({"1": sums_of(answered(200, 1)), "2": impossible})
    assert (found.comparable, found.steps) == (Comparable.NOT_FOUND, ())
    flat = ItemSums(ITEMS, 200, np.full(4, 3.0), np.zeros((4, 4)))
    assert compare_scale({"1": flat, "2": flat}).comparable is Comparable.NOT_FOUND


def test_other_items_and_a_single_wave_are_refused() -> None:
    one = sums_of(answered(100, 1))
    with pytest.raises(ValueError, match="two or more waves"):
        compare_scale({"1": one})
    with pytest.raises(ValueError, match="same items"):
        compare_scale({"1": one, "2": sums_of(answered(100, 1), ("a", "b", "c", "x"))})


def test_what_would_be_missed_is_what_fitting_the_shift_says() -> None:
    samples = {name: sample_of_sums(sums_of(answered(200, seed))) for seed, name in enumerate(("1", "2"))}
    sharing = Sharing(("loadings", "intercepts"))
    fit = fit_continuous(samples, ONE, estimator="ML", sharing=sharing)
    needed = noncentrality(11.344867, 3, 1 - POWER)
    by_fitting = []
    for item in range(4):
        moved = {}
        for name, group in zip(fit.groups, fit.evidence.at.groups, strict=True):
            mean = group.mean + 0.05 * (np.arange(4) == item) * (name == "2")
            moved[name] = sample_of_sums(ItemSums(ITEMS, 200, mean, group.covariance * 200 / 199))
        missed = fit_continuous(moved, ONE, estimator="ML", sharing=sharing).statistic
        by_fitting.append(0.05 * float(np.sqrt(needed / missed)) / 4)
    assert unseen_shift(fit, 3, LEVEL) == pytest.approx(max(by_fitting), rel=0.02)


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(4)), st.floats(0.5, 20))
def test_the_order_of_items_and_the_unit_of_answers_change_nothing(order: list[int], unit: float) -> None:
    first, second = answered(250, 1), answered(250, 2, shift=(0, 0.6, 0, 0))
    plain = compare_scale({"1": sums_of(first), "2": sums_of(second)})
    names = tuple(ITEMS[place] for place in order)
    turned = compare_scale({"1": sums_of(unit * first[:, order], names), "2": sums_of(unit * second[:, order], names)})
    assert (turned.comparable, turned.changed) == (plain.comparable, plain.changed)
    assert turned.steps[1].statistic == pytest.approx(plain.steps[1].statistic, rel=1e-5)
