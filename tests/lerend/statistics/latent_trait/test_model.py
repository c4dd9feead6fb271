"""The graded response model: that of the reference, laws, and what is refused or said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.latent_trait.model import (
    GradedResponse,
    graded_response,
    likeliest_scores,
    mean_scores,
    precision,
)
from lerend.statistics.latent_trait.trouble import NoTraitToMeasure
from tests.lerend.statistics.latent_trait.trait_answers import Codes, answers, names
from tests.reference.references import codes, numbers, reference

CASES = ("bhr11", "bfi_N", "bfi_N_missing", "ability8")
WHOLE = tuple(name for name in CASES if name != "bfi_N_missing")


def case_of(name: str) -> Any:
    return reference("irt_2pl" if name == "ability8" else "irt_grm")[name]


def answers_of(name: str) -> Codes:
    case = case_of(name)
    if name == "ability8":
        return (numbers(case["file"], case["items"]) + 1).astype(np.uint8)
    found = codes(case["file"], case["items"])
    return found[(found > 0).any(axis=1)] if name == "bfi_N_missing" else found[(found > 0).all(axis=1)]


FITTED: dict[str, GradedResponse] = {}


def fitted(name: str) -> GradedResponse:
    if name not in FITTED:
        FITTED[name] = graded_response(answers_of(name), case_of(name)["items"])
    return FITTED[name]


def said(model: GradedResponse) -> str:
    return " ".join(concern.in_language("en") for concern in model.concerns)


@pytest.mark.parametrize("name", CASES)
def test_slopes_thresholds_and_log_likelihood_are_those_of_the_reference(name: str) -> None:
    case, found = case_of(name), fitted(name)
    assert found.people == case["n"]
    assert found.log_likelihood == pytest.approx(case["logLik"], abs=1e-7)
    curves = [[one.slope, *one.thresholds] for one in found.items]
    np.testing.assert_allclose(curves, case["irt_pars"]["m"], atol=1e-5)
    assert found.arrival.slope < 1e-9
    assert found.arrival.curvature > 0
    assert abs(found.arrival.finer) < 1e-4


@pytest.mark.parametrize("name", ["bhr11", "bfi_N", "bfi_N_missing"])
def test_standard_errors_are_those_of_the_reference(name: str) -> None:
    case, found = case_of(name), fitted(name)
    assert found.unknowns == case["npar"]
    assert found.bic == pytest.approx(case["BIC"], abs=1e-6)
    for one in found.items:
        expected = case["se_slope_intercept"][one.item]
        np.testing.assert_allclose([one.slope_error, *one.intercept_errors], expected, rtol=1e-5)


@pytest.mark.parametrize("name", CASES)
def test_places_of_people_are_those_of_the_reference(name: str) -> None:
    case, first = case_of(name), answers_of(name)[:25]
    mean = mean_scores(fitted(name), first)
    np.testing.assert_allclose(mean.value, case["eap_first"]["theta"][:25], atol=1e-5)
    np.testing.assert_allclose(mean.error, case["eap_first"]["se"][:25], atol=1e-5)
    if "map_first" in case:
        mode = likeliest_scores(fitted(name), first)
        np.testing.assert_allclose(mode.value, case["map_first"]["theta"][:25], atol=1e-5)
        np.testing.assert_allclose(mode.error, case["map_first"]["se"][:25], atol=5e-5)


@pytest.mark.parametrize("name", ["bhr11", "bfi_N"])
def test_information_and_reliability_are_those_of_the_reference(name: str) -> None:
    case, found = case_of(name), fitted(name)
    measured = precision(found, np.array(case["theta_grid"], dtype=float))
    np.testing.assert_allclose(measured.items, case["item_info"], rtol=1e-4)
    np.testing.assert_allclose(measured.scale, case["test_info"], rtol=1e-5)
    np.testing.assert_allclose(measured.error, 1 / np.sqrt(measured.scale))
    assert found.marginal_reliability == pytest.approx(case["marginal_rxx"], abs=1e-6)
    assert found.empirical_reliability == pytest.approx(case["empirical_rxx"], abs=1e-6)


@pytest.mark.parametrize("name", WHOLE)
def test_fit_is_that_of_the_reference(name: str) -> None:
    case, found = case_of(name), fitted(name).fit
    expected = case["M2"] if name == "ability8" else case["C2"]
    assert found is not None
    assert found.statistic == pytest.approx(expected["M2"], rel=1e-6)
    assert found.degrees == expected["df"]
    assert found.p == pytest.approx(expected["p"], rel=1e-4, abs=1e-15)
    assert found.indices.rmsea.value == pytest.approx(expected["RMSEA"], abs=1e-6)
    # The reference divides by people here, and by people minus one for the value between.
    assert found.indices.rmsea.low == pytest.approx(expected["RMSEA_5"], abs=5e-5)
    assert found.indices.rmsea.high == pytest.approx(expected["RMSEA_95"], abs=5e-5)
    assert found.indices.cfi == pytest.approx(expected["CFI"], abs=2e-5)
    assert found.indices.tli == pytest.approx(expected["TLI"], abs=3e-5)
    assert found.srmr == pytest.approx(expected["SRMSR"], abs=1e-6)


def test_bad_fit_and_rows_with_holes_are_said() -> None:
    assert "does not account" in said(fitted("bhr11"))
    assert fitted("bfi_N_missing").fit is None
    assert "whole rows only" in said(fitted("bfi_N_missing"))


@given(st.integers(0, 2**32 - 1), st.permutations(range(5)))
@settings(max_examples=3, deadline=None)
def test_order_of_people_and_items_changes_nothing_and_patterns_do_what_rows_do(seed: int, order: list[int]) -> None:
    rows = answers(150, seed=seed)
    one = graded_response(rows, names(rows))
    other = graded_response(rows[::-1][:, order], [names(rows)[place] for place in order])
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    for place, item in zip(order, other.items, strict=True):
        np.testing.assert_allclose(item.thresholds, one.items[place].thresholds, atol=1e-5)
        np.testing.assert_allclose(item.threshold_errors, one.items[place].threshold_errors, rtol=1e-4)
    patterns, people = np.unique(rows, axis=0, return_counts=True)
    counted = graded_response(patterns, names(rows), people=people.astype(float))
    assert counted.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    assert (counted.people, counted.patterns) == (150, len(patterns))


def test_turning_all_answers_round_mirrors_the_curves() -> None:
    rows = answers(300)
    one, other = graded_response(rows, names(rows)), graded_response(6 - rows, names(rows))
    for item, turned in zip(one.items, other.items, strict=True):
        assert turned.slope == pytest.approx(item.slope, abs=1e-5)
        np.testing.assert_allclose(turned.thresholds, -item.thresholds[::-1], atol=1e-5)


def test_slopes_and_thresholds_that_made_the_answers_are_found() -> None:
    rng = np.random.default_rng(7)
    place, slopes = rng.normal(size=4000), np.array([0.8, 1.2, 1.6, 2.0, 2.5])
    chance = 1 / (1 + np.exp(-slopes[None, :, None] * (place[:, None, None] - np.array([-1.0, 0.0, 1.5]))))
    rows = 1 + (rng.random((4000, 5, 1)) < chance).sum(axis=2)
    found = graded_response(rows.astype(np.uint8), list("abcde"))
    for item, slope in zip(found.items, slopes, strict=True):
        assert abs(item.slope - slope) < 4 * item.slope_error
        assert (np.abs(item.thresholds - [-1.0, 0.0, 1.5]) < 4 * item.threshold_errors).all()
    assert found.fit is not None
    assert found.fit.p > 0.001
    assert found.concerns == ()
    measured = mean_scores(found, rows.astype(np.uint8))
    assert np.corrcoef(measured.value, place)[0, 1] ** 2 == pytest.approx(found.marginal_reliability, abs=0.02)
    assert np.mean((measured.value - place) ** 2) == pytest.approx(np.mean(measured.error**2), abs=0.02)


def test_an_answer_that_nobody_gave_is_left_out_and_said() -> None:
    rows = answers(300)
    rows[rows[:, 2] == 3, 2] = 4
    rows[rows[:, 3] == 5, 3] = 4
    rows[:3, 3] = 5
    found = graded_response(rows, names(rows))
    assert found.items[2].answers == (1, 2, 4, 5)
    assert len(found.items[2].thresholds) == 3
    assert "Nobody gave some of the answers to these items: x2." in said(found)
    assert "Fewer than 5 people gave one of the answers to these items: x3." in said(found)
    assert "Fewer than 500 people" in said(found)


def test_an_item_the_other_way_round_is_said_and_turning_it_gives_the_same_fit() -> None:
    rows = answers(600)
    turned = rows.copy()
    turned[:, 1] = 6 - turned[:, 1]
    found = graded_response(turned, names(rows))
    assert found.items[1].slope < 0
    assert found.items[1].loading < 0
    assert "point against the others: x1." in said(found)
    assert found.log_likelihood == pytest.approx(graded_response(rows, names(rows)).log_likelihood, abs=1e-6)


def test_a_slope_without_end_is_said_and_nothing_is_made_of_it() -> None:
    rows = answers(300)
    rows[:, 1] = rows[:, 0]
    found = graded_response(rows, names(rows))
    assert [item.endless for item in found.items] == [True, True, False, False, False]
    assert "slope of these items has no end: x0 and x1." in said(found)
    assert np.isnan(found.items[0].slope_error)
    assert np.isnan(found.items[1].threshold_errors).all()
    assert (found.fit, found.marginal_reliability, found.empirical_reliability) == (None, None, None)


def test_steep_items_ask_for_a_finer_grid_and_get_it() -> None:
    rows = answers(600, 14, noise=0.3)
    assert "grid is too rough" in said(graded_response(rows, names(rows), nodes=31))
    fine = graded_response(rows, names(rows), nodes=121)
    assert "grid is too rough" not in said(fine)
    assert "nearly the trait itself" in said(fine)


def test_three_items_have_curves_but_no_fit() -> None:
    rows = answers(600, 3)
    found = graded_response(rows, names(rows))
    assert found.fit is None
    assert "takes four items" in said(found)


def test_rows_without_answers_are_left_out_and_have_no_place() -> None:
    rows = answers(600)
    rows[0] = 0
    found = graded_response(rows, names(rows))
    assert (found.people, found.left_out) == (599, 1)
    assert np.isnan(mean_scores(found, rows[:2]).value).tolist() == [True, False]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (answers(99), "100 people"),
        (answers(200, 2), "3 items"),
        (np.column_stack([answers(200), np.full(200, 4)]).astype(np.uint8), "x5: Everybody gave the same"),
    ],
    ids=["few people", "few items", "all alike"],
)
def test_answers_without_a_trait_to_measure_are_refused(rows: Codes, why: str) -> None:
    with pytest.raises(NoTraitToMeasure, match=why):
        graded_response(rows, names(rows))


def test_a_grid_that_is_no_grid_and_answers_that_are_not_known_are_refused() -> None:
    rows = answers(200, cuts=(-0.5, 0.5))
    with pytest.raises(NoTraitToMeasure, match="from 21"):
        graded_response(rows, names(rows), nodes=5)
    model = graded_response(rows, names(rows))
    with pytest.raises(NoTraitToMeasure, match="x1: An answer was given"):
        mean_scores(model, np.array([[1, 4, 1, 1, 1]], dtype=np.uint8))


def test_a_search_that_has_not_arrived_gives_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lerend.statistics.latent_trait.search._ROUNDS", 1)
    monkeypatch.setattr("lerend.statistics.latent_trait.search._NEWTON_STEPS", 0)
    rows = answers(200)
    with pytest.raises(NoTraitToMeasure, match="came to no end"):
        graded_response(rows, names(rows))
