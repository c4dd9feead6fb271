"""Profiles: those of the reference, laws, kinds that are there, and the answer that there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.profiles.choosing import Candidate, NoProfilesToFind, choose_profiles
from lerend.statistics.profiles.mixture import fit_profiles
from lerend.statistics.profiles.shapes import Shape, unknowns
from tests.reference.references import codes, reference

SCALES = reference("lpa")["bfi_scales"]
CASES = tuple(name for name in SCALES if name[:3] in set(Shape))
FEW = (Shape.EEI, Shape.VVI)
TURNED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")


def scores() -> NDArray[np.float64]:
    items = [f"{scale}{number}" for scale in "ACENO" for number in range(1, 6)]
    answers = codes("bfi_by_gender.csv", items).astype(np.float64)
    answers = answers[(answers > 0).all(axis=1)]
    for item in TURNED:
        answers[:, items.index(item)] = 7 - answers[:, items.index(item)]
    return np.asarray(answers.reshape(-1, 5, 5).mean(axis=2))


def kinds(people: int, rng: np.random.Generator, apart: float = 3.0) -> NDArray[np.float64]:
    """Two kinds of people, unrelated within: a third is higher on the first two and lower on the third."""
    kind = rng.random(people) < 1 / 3
    return np.asarray(rng.normal(size=(people, 3)) + apart * kind[:, None] * np.array([1.0, 1.0, -1.0]))


def degrees(people: int, rng: np.random.Generator) -> NDArray[np.float64]:
    return rng.normal(size=(people, 1)) + 0.7 * rng.normal(size=(people, 3))


@pytest.mark.parametrize("name", CASES)
def test_profiles_are_those_of_the_reference(name: str) -> None:
    case, (shape, number) = SCALES[name], name.split("_")
    found = fit_profiles(scores(), int(number), Shape(shape), starts=8)
    order = np.argsort(-np.atleast_1d(case["pro"]))
    assert found.log_likelihood == pytest.approx(case["loglik"], abs=1e-5)
    assert found.bic == pytest.approx(case["BIC_lower_better"], abs=1e-5)
    assert found.entropy == pytest.approx(case["entropy_R2"], abs=1e-4)
    assert found.unknowns == case["npar"]
    np.testing.assert_allclose(found.shares, np.atleast_1d(case["pro"])[order], atol=1e-4)
    np.testing.assert_allclose(found.means, np.array(case["mean"]).T[order], atol=1e-3)
    assert found.settled
    assert not found.at_floor


def test_two_kinds_are_found_and_people_of_one_kind_are_not_split() -> None:
    rng = np.random.default_rng(1)
    found = choose_profiles(kinds(300, rng), most=3, shapes=FEW, starts=4)
    assert found.chosen is not None
    assert len(found.chosen.shares) == 2
    assert found.chosen.shares == pytest.approx([2 / 3, 1 / 3], abs=0.08)
    assert "describe these answers best" in found.concerns[0].in_language("en")
    none = choose_profiles(degrees(300, rng), most=3, shapes=FEW, starts=4)
    assert none.chosen is None
    assert "no profiles" in none.concerns[0].in_language("en")


def test_kinds_that_hardly_differ_are_no_kinds() -> None:
    assert choose_profiles(kinds(300, np.random.default_rng(2), 0.4), most=2, shapes=FEW, starts=4).chosen is None


def test_a_spike_on_people_with_the_same_answers_is_refused() -> None:
    rng = np.random.default_rng(3)
    values = degrees(300, rng)
    values[:90] = 4.0
    found = choose_profiles(values, most=2, shapes=(Shape.VVI,), starts=6)
    (only,) = found.candidates
    assert only.found.at_floor
    assert np.isfinite(only.found.log_likelihood)
    assert "same answers" in only.refused[0].in_language("en")
    assert found.chosen is None


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10), st.floats(-50, 50))
@settings(max_examples=6, deadline=None)
def test_stretching_and_moving_a_variable_changes_shares_and_entropy_nothing(
    seed: int, stretch: float, move: float
) -> None:
    values = kinds(200, np.random.default_rng(seed))
    one = fit_profiles(values, 2, Shape.EEI, starts=4)
    other = fit_profiles(values * [stretch, 1, 1] + [move, 0, 0], 2, Shape.EEI, starts=4)
    assert other.shares == pytest.approx(one.shares, abs=1e-4)
    assert other.entropy == pytest.approx(one.entropy, abs=1e-4)
    assert other.log_likelihood == pytest.approx(one.log_likelihood - 200 * np.log(stretch), abs=1e-3)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None)
def test_the_order_of_people_changes_nothing_and_freer_shapes_fit_no_worse(seed: int) -> None:
    values = kinds(150, np.random.default_rng(seed))
    found = {shape: fit_profiles(values, 2, shape, starts=8) for shape in (Shape.EII, Shape.EEI, Shape.VVI)}
    back = fit_profiles(values[::-1], 2, Shape.EEI, starts=8)
    assert back.log_likelihood == pytest.approx(found[Shape.EEI].log_likelihood, abs=1e-6)
    assert found[Shape.EII].log_likelihood <= found[Shape.EEI].log_likelihood + 1e-4
    assert found[Shape.EEI].log_likelihood <= found[Shape.VVI].log_likelihood + 1e-4


def test_a_number_is_counted_once() -> None:
    assert [unknowns(shape, 3, 4) for shape in Shape] == [15, 18, 26, 24, 44]


def test_a_search_that_has_not_ended_or_came_out_once_may_not_be_chosen() -> None:
    found = choose_profiles(kinds(200, np.random.default_rng(5)), most=2, shapes=(Shape.EEI,), starts=1)
    (only,) = found.candidates
    assert isinstance(only, Candidate)
    assert only.profiles == 2
    assert "Only one search" in " ".join(str(reason.in_language("en")) for reason in only.refused)
    assert found.chosen is None


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).normal(size=(60, 3)),
        np.random.default_rng(1).normal(size=(200, 1)),
        np.repeat(np.random.default_rng(1).normal(size=(200, 1)), 2, axis=1),
        np.column_stack([np.random.default_rng(1).normal(size=200), np.ones(200)]),
    ],
    ids=["few people", "one variable", "twins", "constant"],
)
@pytest.mark.filterwarnings("ignore:invalid value encountered in divide")
def test_values_without_profiles_to_find_are_refused(values: NDArray[np.float64]) -> None:
    with pytest.raises(NoProfilesToFind):
        choose_profiles(values)


def test_too_few_distinct_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="distinct"):
        fit_profiles(np.ones((10, 2)), 2, Shape.EII)
