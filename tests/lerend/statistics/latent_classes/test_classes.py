"""Classes: those of the reference, laws, classes that are there, and the answer that there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.latent_classes.choosing import ClassAnswer, NoClassesToFind, choose_classes
from lerend.statistics.latent_classes.curvature import slopes_at
from lerend.statistics.latent_classes.mixture import fit_classes
from lerend.statistics.latent_trait.patterns import patterns_of
from tests.lerend.statistics.latent_trait.trait_answers import Codes, answers, names
from tests.reference.references import codes, reference

CASE = reference("lca")["bhr_ord4"]


def said(found: ClassAnswer) -> str:
    return " ".join(concern.in_language("en") for concern in found.concerns)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_classes_are_those_of_the_reference(number: int) -> None:
    case, items = CASE[f"G{number}"], CASE["vars"]
    found = fit_classes(patterns_of(codes("bhr2000.csv", items), items), number, starts=20)
    assert found.log_likelihood == pytest.approx(case["llik"], abs=1e-5)
    assert found.bic == pytest.approx(case["BIC"], abs=1e-5)
    assert found.unknowns == case["npar"]
    assert found.entropy == pytest.approx(case["entropy_R2"], abs=1e-6)
    np.testing.assert_allclose(found.shares, np.atleast_1d(case["P"]), atol=1e-6)
    for item, likely in zip(items, found.answers, strict=True):
        np.testing.assert_allclose(likely, case["probs"][item], atol=1e-5)
    assert found.settled
    assert found.slope < 1e-9
    assert found.curvature > 1e-7


def crossed(people: int, seed: int) -> Codes:
    """Three kinds, each saying yes to a pair of items of its own, which no one trait can describe."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(3, people, p=[0.5, 0.3, 0.2])
    likely = np.where(np.repeat(np.eye(3), 2, axis=1)[kind] > 0, 0.9, 0.1)
    return (1 + (rng.random((people, 6)) < likely)).astype(np.uint8)


def test_kinds_that_are_there_are_found() -> None:
    rows = crossed(600, 1)
    found = choose_classes(rows, names(rows), most=4, starts=20)
    assert found.chosen is not None
    assert found.chosen.shares == pytest.approx([0.5, 0.3, 0.2], abs=0.05)
    for number, item in enumerate(found.chosen.answers):
        expected = np.where(np.arange(3) == number // 2, 0.9, 0.1)
        np.testing.assert_allclose(item[:, 1], expected, atol=0.12)
    assert "Classes describe these answers best." in said(found)


def test_people_who_differ_by_degree_are_not_split() -> None:
    rows = answers(500, 5)
    found = choose_classes(rows, names(rows), most=3, starts=4)
    assert found.chosen is None
    assert found.degree is not None
    assert min(one.found.bic for one in found.candidates) < found.alone.bic
    assert "people differ by degree" in said(found)


def test_items_that_do_not_go_together_have_no_classes() -> None:
    rows = np.random.default_rng(1).integers(1, 4, (300, 4)).astype(np.uint8)
    found = choose_classes(rows, names(rows), most=2, starts=4)
    assert found.chosen is None
    assert "hardly go with" in said(found)


def test_when_the_most_that_was_tried_fits_best_that_is_said() -> None:
    rows = crossed(600, 2)
    found = choose_classes(rows, names(rows), most=3, starts=6)
    assert "so the number says little" in said(found)


def test_classes_that_the_answers_cannot_tell_apart_are_refused() -> None:
    rows = crossed(300, 3)[:, :3]
    found = choose_classes(rows, names(rows), most=3, starts=4)
    refused = [" ".join(reason.in_language("en") for reason in one.refused) for one in found.candidates]
    assert "cannot tell so many classes apart" in refused[1]
    assert found.chosen is None or len(found.chosen.shares) == 2


def test_one_start_is_too_few_to_believe() -> None:
    rows = crossed(300, 4)
    (only,) = choose_classes(rows, names(rows), most=2, starts=1).candidates
    assert only.classes == 2
    assert "Only one search" in " ".join(reason.in_language("en") for reason in only.refused)


def test_a_trait_as_sharp_as_can_be_is_said() -> None:
    rng = np.random.default_rng(6)
    rows = (1 + (rng.normal(size=(300, 1)) > np.array([-1, 0, 0.5, 1]))).astype(np.uint8)
    found = choose_classes(rows, names(rows), most=2, starts=4)
    assert found.degree is not None
    assert found.degree.endless
    assert "hardly be told apart" in said(found)


@given(st.integers(0, 2**32 - 1), st.permutations(range(6)))
@settings(max_examples=5, deadline=None)
def test_order_changes_nothing_and_more_classes_fit_no_worse(seed: int, order: list[int]) -> None:
    rows = crossed(150, seed)
    one = fit_classes(patterns_of(rows, names(rows)), 2, starts=10)
    other = fit_classes(patterns_of(rows[::-1][:, order], names(rows)), 2, starts=10)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-5)
    assert fit_classes(patterns_of(rows, names(rows)), 1).log_likelihood <= one.log_likelihood
    patterns, people = np.unique(rows, axis=0, return_counts=True)
    counted = fit_classes(patterns_of(patterns, names(rows), people.astype(float)), 2, starts=10)
    assert counted.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-5)


def test_slope_and_information_are_changes_of_the_log_likelihood() -> None:
    rows = crossed(200, 5)[:, :4]
    rows[:40, 1] = 0
    patterns = patterns_of(rows, names(rows))
    shares, likely = np.array([0.6, 0.4]), np.random.default_rng(1).uniform(0.3, 0.7, (8, 2))
    likely /= np.repeat(np.add.reduceat(likely, range(0, 8, 2)), 2, axis=0)

    def whole(at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        share, chance = shares * np.exp(at[:2]), likely * np.exp(at[2:].reshape(2, 8).T)
        return share / share.sum(), chance / np.repeat(np.add.reduceat(chance, range(0, 8, 2)), 2, axis=0)

    def height(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        share, chance = whole(at)
        each = np.array(
            [
                share * np.prod([chance[2 * item + answer] for item, answer in enumerate(row) if answer >= 0], axis=0)
                for row in patterns.answers
            ]
        )
        return float(patterns.people @ np.log(each.sum(axis=1))), each / each.sum(axis=1, keepdims=True)

    def slope(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return slopes_at(patterns, *whole(at), height(at)[1]).slope

    found = slopes_at(patterns, shares, likely, height(np.zeros(18))[1])
    for place, free in enumerate(np.flatnonzero(found.free)):
        step = 1e-5 * np.eye(18)[free]
        assert found.slope[place] == pytest.approx((height(step)[0] - height(-step)[0]) / 2e-5, abs=1e-4)
        np.testing.assert_allclose(found.information[place], (slope(-step) - slope(step)) / 2e-5, atol=1e-4)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (answers(99), "100 people"),
        (answers(200, 2), "3 items"),
        (np.column_stack([answers(200), np.full(200, 4)]).astype(np.uint8), "x5: Everybody gave the same"),
    ],
    ids=["few people", "few items", "all alike"],
)
def test_answers_without_classes_to_find_are_refused(rows: Codes, why: str) -> None:
    with pytest.raises(NoClassesToFind, match=why):
        choose_classes(rows, names(rows))
