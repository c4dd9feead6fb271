"""Items compared between groups: those of the reference, laws, false alarms, and what cannot be compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.cumulative.fitting import fit_cumulative
from lerend.statistics.functioning.adjusted import adjusted
from lerend.statistics.functioning.items import Functioning, Matching, NothingToCompare, item_functioning
from lerend.statistics.functioning.tables import table_of
from tests.reference.references import codes, column, reference

CASES: dict[str, Matching] = {"bfi_A_gender_rest": "rest", "bfi_N_gender_rest": "rest", "bfi_N_gender_total": "total"}
BY_STEPS = 2e-6
"""The reference's search ends at slopes this far from the top."""


def compared(name: str) -> Functioning:
    items = list(reference("dif_ordinal")[name]["items"])
    answers = codes("bfi_by_gender.csv", items).astype(np.int64)
    gender = np.array(column("bfi_by_gender.csv", "gender")) == "2"
    whole = (answers > 0).all(axis=1)
    answers, gender = answers[whole], gender[whole]
    if "A1" in items:
        answers[:, items.index("A1")] = 7 - answers[:, items.index("A1")]
    return item_functioning(answers, items, gender.astype(np.intp), ("men", "women"), matching=CASES[name])


def made(
    people: int, rng: np.random.Generator, easier: float = 0.0, higher: float = 0.4
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Four items behind one factor; the second group is higher on it, and the first item is easier for that group."""
    group = rng.integers(0, 2, people)
    latent = 0.8 * (rng.normal(size=people) + higher * group)[:, None] + 0.6 * rng.normal(size=(people, 4))
    latent[:, 0] += easier * group
    return np.searchsorted([-1.2, -0.4, 0.4, 1.2], latent) + 1, group.astype(np.intp)


@pytest.mark.parametrize("name", CASES)
def test_every_test_is_that_of_the_reference(name: str) -> None:
    case, found = reference("dif_ordinal")[name], compared(name)
    assert found.people[1] == case["n_focal"]
    for one in found.items:
        expected = case["items"][one.item]
        assert one.both is not None
        assert one.uniform is not None
        assert one.non_uniform is not None
        tests = (("chi13", one.both), ("chi12", one.uniform), ("chi23", one.non_uniform))
        for key, test in tests:
            assert test.chi_square == pytest.approx(expected[key], abs=1e-8)
            assert test.p == pytest.approx(expected[key.replace("chi", "p")], abs=1e-9)
        np.testing.assert_allclose(one.log_likelihoods, expected["loglik"], rtol=1e-12)
        assert one.rise == pytest.approx(expected["delta_nagelkerke_13"], abs=1e-9)
        assert one.mcfadden[2] - one.mcfadden[0] == pytest.approx(expected["delta_mcfadden_13"], abs=1e-9)
        np.testing.assert_allclose(one.slopes, expected["coef_m2"], atol=BY_STEPS)
        np.testing.assert_allclose(one.thresholds, expected["zeta_m2"], atol=BY_STEPS)
        assert 100 * (one.score_change or 0) == pytest.approx(expected["beta_change_pct"], abs=1e-4)
        assert one.size == "negligible"


@pytest.mark.parametrize("name", ["bfi_A_gender_rest"])
def test_p_values_over_all_items_are_those_of_the_reference(name: str) -> None:
    found = [one.p_adjusted for one in compared(name).items]
    np.testing.assert_allclose(np.array(found, dtype=float), reference("dif_ordinal")[name]["p13_BH"], rtol=1e-8)


def test_swapping_the_groups_turns_the_slope_and_leaves_the_tests() -> None:
    answers, group = made(600, np.random.default_rng(1), easier=0.5)
    one = item_functioning(answers, "abcd", group, ("x", "y")).items[0]
    other = item_functioning(answers, "abcd", 1 - group, ("y", "x")).items[0]
    assert one.both is not None
    assert other.both is not None
    assert other.both.chi_square == pytest.approx(one.both.chi_square, abs=1e-8)
    assert other.slopes[1] == pytest.approx(-one.slopes[1], abs=1e-8)
    assert one.slopes[1] > 0.5
    assert one.both.p < 1e-3


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None)
def test_turning_all_answers_around_leaves_the_tests(seed: int) -> None:
    answers, group = made(400, np.random.default_rng(seed))
    one = item_functioning(answers, "abcd", group, ("x", "y")).items
    other = item_functioning(6 - answers, "abcd", group, ("x", "y")).items
    for first, second in zip(one, other, strict=True):
        if first.both and second.both:
            assert second.both.chi_square == pytest.approx(first.both.chi_square, abs=1e-6)
            assert second.slopes == pytest.approx(first.slopes * [1, -1], abs=1e-6)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None)
def test_counting_loses_nothing_against_rows(seed: int) -> None:
    answers, group = made(120, np.random.default_rng(seed))
    score = answers[:, 1:].sum(axis=1)
    table = table_of(answers[:, 0], score, group)
    chosen, answer = np.unique(answers[:, 0], return_inverse=True)
    by_table = fit_cumulative(table.score[:, None], table.counts)
    by_rows = fit_cumulative(score[:, None].astype(float), np.eye(len(chosen))[answer])
    assert by_table is not None
    assert by_rows is not None
    np.testing.assert_allclose(by_table.thresholds, by_rows.thresholds, atol=1e-7)
    assert by_table.errors == pytest.approx(by_rows.errors, rel=1e-6)


def test_alarms_are_as_rare_as_promised_and_a_real_difference_is_found() -> None:
    rng = np.random.default_rng(7)
    false: list[bool] = []
    right: list[bool] = []
    for _ in range(25):
        for easier, alarms in ((0.0, false), (0.6, right)):
            one = item_functioning(*_arguments(made(300, rng, easier, 0.0))).items[0]
            assert one.both is not None
            alarms.append(one.both.p < 0.05)
    assert sum(false) <= 6  # of 25; benchmarks.functioning has the table
    assert np.mean(right) >= 0.8


def _arguments(
    both: tuple[NDArray[np.int64], NDArray[np.intp]],
) -> tuple[NDArray[np.int64], str, NDArray[np.intp], tuple[str, str]]:
    return both[0], "abcd", both[1], ("x", "y")


def test_an_item_without_end_is_said_and_the_others_are_compared() -> None:
    answers, group = made(200, np.random.default_rng(2))
    answers[:, 0] = np.where(group == 1, 5, 1)
    found = item_functioning(answers, "abcd", group, ("x", "y"))
    assert found.items[0].both is None
    assert found.items[0].p_adjusted is None
    assert found.items[0].unused == ("x", "y")
    assert found.items[1].both is not None
    assert "could not be compared" in " ".join(str(concern.in_language("en")) for concern in found.concerns)


def test_small_groups_are_said() -> None:
    answers, group = made(150, np.random.default_rng(3))
    assert "Fewer than 100" in item_functioning(answers, "abcd", group, ("x", "y")).concerns[0].in_language("en")


def test_answers_that_cannot_be_compared_are_refused() -> None:
    answers, group = made(100, np.random.default_rng(4))
    with pytest.raises(NothingToCompare, match="Two groups"):
        item_functioning(answers, "abcd", np.zeros_like(group), ("x",))
    with pytest.raises(NothingToCompare, match="three are needed"):
        item_functioning(answers[:, :2], "ab", group, ("x", "y"))
    answers[:, 1] = 3
    with pytest.raises(NothingToCompare, match="b"):
        item_functioning(answers, "abcd", group, ("x", "y"))


def test_adjusted_values_keep_their_order_and_pass_over_what_is_not_known() -> None:
    assert adjusted([0.01, None, 0.04, 0.03]) == (0.03, None, 0.04, 0.04)
    assert adjusted([None]) == (None,)
