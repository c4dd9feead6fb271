"""Polychoric correlations: those of the reference, laws they obey, and what is said about answers that cannot bear them."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import quad

from lerend.statistics.ordinal.fourth_moments import fourth_moments
from lerend.statistics.ordinal.normal import both_below, cells, with_margins
from lerend.statistics.ordinal.polychoric import Polychoric, polychoric, tetrachoric
from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.ordinal.tables import PairTables, pair_tables, tables_of_statistics
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from tests.lerend.statistics.brute_force import brute_force_statistics
from tests.lerend.statistics.people import People, groups_of_people
from tests.reference.references import codes, reference

EXACT = 1e-10
BY_LAVAAN = 1e-7
"""How closely lavaan's optimiser ends at the maximum of each pair's likelihood."""

Codes = NDArray[np.uint8]
answers = st.integers(0, 10_000).map(lambda seed: made_up(60, 4, 4, seed))


def made_up(people: int, items: int, categories: int, seed: int) -> Codes:
    """Answers that go together by .5 or so, all categories in use."""
    rng = np.random.default_rng(seed)
    variable = rng.standard_normal((people, 1)) + rng.standard_normal((people, items))
    inner = np.quantile(variable, np.arange(1, categories) / categories)
    return (1 + np.searchsorted(inner, variable)).astype(np.uint8)


def names(found: Codes) -> list[str]:
    return [f"x{item + 1}" for item in range(found.shape[1])]


def correlated(found: Codes) -> Polychoric:
    return polychoric(pair_tables(found, names(found))[0])


def case_answers(name: str) -> Codes:
    case = reference("polychoric")[name]
    found = codes(case["file"], case["items"])
    found = found[(found > 0).all(axis=1)]
    if name == "bfi_AN":
        found[:, 0] = 7 - found[:, 0]
    return found


@pytest.mark.parametrize("name", ["bhr11", "bfi_AN"])
def test_correlations_thresholds_and_errors_are_those_of_the_reference(name: str) -> None:
    case = reference("polychoric")[name]
    found = polychoric(pair_tables(case_answers(name), case["items"])[0])
    np.testing.assert_allclose(found.correlations, case["cor"], atol=EXACT)
    np.testing.assert_allclose(found.thresholds.ravel(), case["thresholds"], atol=1e-12)
    np.testing.assert_allclose(found.threshold_errors.ravel(), case["se_thr"], rtol=1e-10)
    np.testing.assert_allclose(found.standard_errors[np.triu_indices(len(case["items"]), 1)], case["se_cor"], rtol=1e-6)


@pytest.mark.parametrize("name", ["bhr11", "bfi_AN"])
def test_fourth_moments_are_those_of_the_reference(name: str) -> None:
    case = reference("polychoric")[name]
    sample = sample_of(case_answers(name), case["items"])
    moments = fourth_moments(sample, thresholds=True, weight=np.ones(len(sample.thresholds[0]) + len(sample.pairs[0])))
    assert np.trace(moments) == pytest.approx(case["gamma_trace"], rel=1e-6)
    assert np.linalg.norm(moments) == pytest.approx(case["gamma_frobenius"], rel=1e-6)


def test_tetrachoric_correlations_are_those_of_the_reference() -> None:
    case = reference("tetrachoric")["ability8"]
    found = tetrachoric(pair_tables(codes("ability8.csv", case["items"]) + np.uint8(1), case["items"])[0])
    np.testing.assert_allclose(found.correlations, case["cor"], atol=BY_LAVAAN)
    np.testing.assert_allclose(found.standard_errors[np.triu_indices(8, 1)], case["se"], rtol=1e-6)
    np.testing.assert_allclose(found.thresholds[:, 0], case["thresholds"], atol=1e-12)


@pytest.mark.parametrize("correlation", [-0.97, -0.6, 0.0, 0.3, 0.76, 0.9, 0.985, 0.996])
def test_both_below_is_the_bivariate_normal_distribution(correlation: float) -> None:
    at = np.array([[-2.5, -0.3, 1.1]])
    found = both_below(at, at, np.array([correlation]))[0]
    left = math.sqrt(1 - correlation**2)

    def share(x: float, k: float) -> float:
        return (
            math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * math.erfc((correlation * x - k) / left / math.sqrt(2)) / 2
        )

    expected = [[quad(share, -10, h, args=(k,), epsabs=1e-13, limit=200)[0] for k in at[0]] for h in at[0]]
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("correlation", [-0.99, -0.8, -0.2, 0.05, 0.5, 0.95, 0.995])
def test_a_table_without_chance_gives_back_its_correlation(correlation: float) -> None:
    first, second = np.array([[-1.0, 0.2]]), np.array([[-0.5, 0.1]])
    r = np.array([correlation])
    share = cells(with_margins(both_below(first, second, r), first, second))[0]
    counts = np.round(share * 1e12).astype(np.int64)
    tables = np.zeros((2, 3, 2, 3), dtype=np.int64)
    tables[0, :, 1, :], tables[1, :, 0, :] = counts, counts.T
    margins = np.stack([counts.sum(axis=1), counts.sum(axis=0)])
    found = polychoric(PairTables(("a", "b"), ((1, 2, 3),) * 2, int(counts.sum()), margins, tables))
    assert found.correlations[0, 1] == pytest.approx(correlation, abs=1e-8)


@settings(max_examples=8, deadline=None)
@given(answers)
def test_turning_an_item_round_turns_its_correlations_and_nothing_else(found: Codes) -> None:
    turned = found.copy()
    turned[:, 1] = 5 - turned[:, 1]
    before, after = correlated(found), correlated(turned)
    sign = np.array([1, -1, 1, 1])
    np.testing.assert_allclose(after.correlations, before.correlations * np.outer(sign, sign), atol=1e-9)
    np.testing.assert_allclose(after.standard_errors, before.standard_errors, atol=1e-8)


@settings(max_examples=8, deadline=None)
@given(answers)
def test_people_twice_over_leave_correlations_and_shrink_errors(found: Codes) -> None:
    once, twice = correlated(found), correlated(np.concatenate([found, found]))
    np.testing.assert_allclose(twice.correlations, once.correlations, atol=1e-9)
    n = len(found)
    np.testing.assert_allclose(twice.standard_errors, once.standard_errors * np.sqrt((n - 1) / (2 * n - 1)), atol=1e-9)


def test_standard_errors_are_the_spread_over_repeated_samples() -> None:
    """Also where people skip items, which changes who is counted in each pair."""
    drawn, errors = [], []
    for seed in range(100):
        found = made_up(200, 2, 4, seed)
        found[np.random.default_rng(seed).random(found.shape) < 0.2] = 0
        one = correlated(found)
        drawn.append(one.correlations[0, 1])
        errors.append(one.standard_errors[0, 1])
    assert np.mean(errors) == pytest.approx(np.std(drawn), rel=0.2)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_tables_count_each_pair_of_answers(seed: int, skips: bool) -> None:
    found = made_up(40, 3, 3, seed)
    if skips:
        found[np.random.default_rng(seed).random(found.shape) < 0.2] = 0
    tables, _ = pair_tables(found, names(found))
    for one, other in combinations(range(3), 2):
        for a, b in np.ndindex(3, 3):
            both = int(((found[:, one] == a + 1) & (found[:, other] == b + 1)).sum())
            assert tables.tables[one, a, other, b] == tables.tables[other, b, one, a] == both


@settings(max_examples=8, deadline=None)
@given(groups_of_people(complete=False))
def test_tables_of_sums_are_those_of_the_answers(people: People) -> None:
    sums = brute_force_statistics(people.codes, people.items, people.paths, people.group, with_tables=True)
    try:
        expected, _ = pair_tables(people.codes, people.items)
    except ModelCannotBeFitted as error:
        with pytest.raises(ModelCannotBeFitted, match=str(error.problems[0].where)):
            tables_of_statistics(sums, people.items)
        return
    found = tables_of_statistics(sums, people.items)
    assert found.chosen == expected.chosen
    np.testing.assert_array_equal(found.counts, expected.counts)
    np.testing.assert_array_equal(found.tables, expected.tables)


def test_a_category_in_between_that_nobody_chose_is_left_out_and_said() -> None:
    found = made_up(80, 3, 4, 1)
    closed = correlated(found)
    open_again = found.copy()
    open_again[:, 0] = np.where(found[:, 0] >= 3, found[:, 0] + 1, found[:, 0])
    gap = correlated(open_again)
    assert gap.gaps == ("x1",)
    assert closed.gaps == ()
    np.testing.assert_allclose(gap.correlations, closed.correlations, atol=1e-12)


def test_ten_careless_people_are_seen_to_move_a_correlation() -> None:
    """They answer 5 and 1 to two items that others answer alike."""
    careful = case_answers("bhr11")[:, [0, 1]]
    careful = careful[np.abs(careful.astype(int) @ [1, -1]) < 3]
    careless = np.tile(np.array([[5, 1]], dtype=np.uint8), (10, 1))
    assert correlated(careful).corners == ()
    found = correlated(np.concatenate([careful, careless]))
    (corner,) = found.corners
    assert (corner.answers, corner.people) == ((5, 1), 10)
    moved = found.correlations[0, 1] - correlated(careful).correlations[0, 1]
    assert corner.moves == pytest.approx(moved, abs=1e-9)
    assert moved < -0.01


def test_correlations_that_do_not_fit_together_are_said_not_to() -> None:
    """Each pair was answered by people of its own, so that three correlations contradict one another."""
    found = np.zeros((90, 3), dtype=np.uint8)
    for number, (one, other, sign) in enumerate([(0, 1, 1), (1, 2, 1), (0, 2, -1)]):
        part = slice(30 * number, 30 * number + 30)
        base = np.tile([1, 2, 3], 10)
        near = base.copy()
        near[:3] = [2, 3, 1]
        found[part, one], found[part, other] = base, near if sign > 0 else 4 - near
    assert not correlated(found).positive_definite
    assert correlated(made_up(90, 3, 3, 1)).positive_definite


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (np.ones((50, 2)), "Everybody gave the same answer"),
        (np.tile([[1, 1], [2, 2], [3, 3]], (20, 1)), "go together perfectly"),
        (np.tile([[1, 3], [2, 2], [3, 1]], (20, 1)), "go together perfectly"),
        (np.tile([[1, 0], [2, 0], [0, 1], [0, 2]], (20, 1)), "Hardly anybody answered both"),
        (np.array([[1, 2]]), "There is 1 row"),
    ],
)
def test_answers_that_bear_no_correlation_are_refused_in_words(found: NDArray[np.float64], words: str) -> None:
    with pytest.raises(ModelCannotBeFitted, match=words):
        correlated(found.astype(np.uint8))


def test_tetrachoric_correlations_are_of_two_categories_only() -> None:
    with pytest.raises(ModelCannotBeFitted, match="two categories"):
        tetrachoric(pair_tables(made_up(60, 2, 3, 1), ["a", "b"])[0])


def test_sums_without_tables_say_so() -> None:
    people = np.tile(np.array([[1, 2], [2, 1]], dtype=np.uint8), (5, 1))
    with pytest.raises(ModelCannotBeFitted, match="how often each pair"):
        tables_of_statistics(brute_force_statistics(people, ["a", "b"], [("c",)], [0] * 10), ["a", "b"])
