"""Relative importance against relaimpo, domir and base R, laws that shares obey, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.importance.relative_importance import (
    by_chance,
    importance_of_correlations,
    relative_importance,
)
from lerend.statistics.importance.subsets import explained_by_subsets, shapley_values
from lerend.statistics.regression.problems import CannotBeFitted
from tests.reference.references import numbers, reference

Floats = NDArray[np.float64]
CASES = list(reference("relative_importance"))
RELATIVE = 1e-9


def columns_of(of: Mapping[str, Any]) -> tuple[Floats, Floats]:
    values = numbers(of["file"], [of["y"], *of["x"]])
    values = values[~np.isnan(values).any(axis=1)]
    return values[:, 0], values[:, 1:]


def made(seed: int, rows: int, k: int) -> Floats:
    """(rows, k + 1) related columns, the outcome last."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.standard_normal((rows, k + 1)) @ rng.standard_normal((k + 1, k + 1)))


@pytest.mark.parametrize("name", CASES)
def test_shares_are_those_of_the_reference(name: str) -> None:
    of = reference("relative_importance")[name]
    outcome, factors = columns_of(of)
    found = relative_importance(outcome, factors, names=of["x"], draws=0)
    assert (found.rows, found.names) == (of["n"], tuple(of["x"]))
    np.testing.assert_allclose([found.r_squared, found.adjusted], [of["R2"], of["R2adj"]], rtol=RELATIVE)
    for part, expected in (
        (found.johnson, "johnson_relative_weights"),
        (found.shapley, "lmg"),
        (found.first, "first"),
        (found.last, "last"),
        (found.pratt, "pratt"),
        (found.car, "car"),
        (found.standardised, "beta_std"),
        (found.inflation, "vif"),
    ):
        assert part is not None
        np.testing.assert_allclose(part, of[expected], rtol=RELATIVE, atol=1e-12)


@pytest.mark.parametrize(
    "name", [name for name in CASES if "conditional_dominance" in reference("relative_importance")[name]]
)
def test_dominance_is_that_of_the_reference(name: str) -> None:
    of = reference("relative_importance")[name]
    found = relative_importance(*columns_of(of), names=of["x"], draws=0).dominance
    assert found is not None
    np.testing.assert_allclose(found.general, of["general_dominance"], rtol=RELATIVE, atol=1e-12)
    np.testing.assert_allclose(
        found.conditional, np.array(of["conditional_dominance"]["m"], float), rtol=1e-8, atol=1e-12
    )
    np.testing.assert_allclose(found.complete, np.array(of["complete_dominance"]["m"], float), atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_shares_add_up_and_do_not_ask_for_units_or_order(seed: int, k: int) -> None:
    values = made(seed, 40, k)
    found = relative_importance(values[:, -1], values[:, :-1], draws=0)
    assert found.shapley is not None
    for shares in (found.johnson, found.shapley):
        assert shares.sum() == pytest.approx(found.r_squared, rel=1e-8)
        assert shares.min() >= -1e-12
    assert (found.shapley <= found.first.max() + found.r_squared).all()
    turned = relative_importance(7 - 3 * values[:, -1], values[:, -2::-1] * 100 + 4, draws=0)
    assert turned.shapley is not None
    np.testing.assert_allclose(turned.johnson[::-1], found.johnson, rtol=1e-6, atol=1e-10)
    np.testing.assert_allclose(turned.shapley[::-1], found.shapley, rtol=1e-6, atol=1e-10)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_shapley_values_are_means_over_all_orders_of_entering(seed: int) -> None:
    k = 4
    table = np.asarray(np.corrcoef(made(seed, 30, k), rowvar=False), dtype=np.float64)
    gains = np.zeros(k)
    for order in permutations(range(k)):
        for place, factor in enumerate(order):
            gains[factor] += r_squared(table, order[: place + 1]) - r_squared(table, order[:place])
    np.testing.assert_allclose(shapley_values(explained_by_subsets(table)), gains / 24, rtol=1e-7, atol=1e-10)


def r_squared(table: Floats, factors: Sequence[int]) -> float:
    chosen = list(factors)
    pull = table[chosen, -1]
    return float(pull @ np.linalg.solve(table[np.ix_(chosen, chosen)], pull)) if chosen else 0.0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_correlations_alone_give_what_rows_give(seed: int, k: int) -> None:
    values = made(seed, 50, k)
    rows = relative_importance(values[:, -1], values[:, :-1], draws=0)
    sums = importance_of_correlations(np.cov(values, rowvar=False), 50, draws=0)
    np.testing.assert_allclose(sums.johnson, rows.johnson, rtol=1e-7, atol=1e-12)
    assert sums.adjusted == pytest.approx(rows.adjusted, rel=1e-8)


def test_unrelated_factors_have_their_squared_correlation_as_share() -> None:
    table = np.eye(4)
    table[-1, :-1] = table[:-1, -1] = (0.5, 0.3, 0.0)
    found = importance_of_correlations(table, 100, draws=0)
    np.testing.assert_allclose(found.johnson, [0.25, 0.09, 0.0], atol=1e-12)


def test_intervals_hold_the_shares_come_again_with_the_seed_and_narrow_with_people() -> None:
    of = reference("relative_importance")["sat_act"]
    outcome, factors = columns_of(of)
    one = relative_importance(outcome, factors, draws=400, seed=3)
    again = relative_importance(outcome, factors, draws=400, seed=3)
    assert one.johnson_interval == again.johnson_interval
    assert all(part.low < share < part.high for part, share in zip(one.johnson_interval, one.johnson, strict=True))
    few = relative_importance(outcome[:100], factors[:100], draws=400, seed=3)
    width = [sum(part.high - part.low for part in found.johnson_interval) for found in (few, one)]
    assert width[0] > 1.5 * width[1]
    assert len(one.shapley_interval) == len(one.names)


def test_whole_clusters_drawn_again_give_wider_intervals_where_people_of_a_cluster_go_together() -> None:
    rng = np.random.default_rng(5)
    team = np.repeat(np.arange(20), 20)
    factor = rng.standard_normal(20)[team] + 0.3 * rng.standard_normal(400)
    outcome = factor + 2 * rng.standard_normal(20)[team] + rng.standard_normal(400)
    alone = relative_importance(outcome, factor, draws=400).johnson_interval[0]
    together = relative_importance(outcome, factor, clusters=team, draws=400).johnson_interval[0]
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_intervals_that_stand_on_few_clusters_are_flagged() -> None:
    values = made(2, 100, 2)
    found = relative_importance(values[:, -1], values[:, :-1], clusters=np.arange(100) % 8, draws=20)
    assert "8 clusters are too narrow" in found.cautions[0].in_language("en")
    assert relative_importance(values[:, -1], values[:, :-1], draws=20).cautions == ()


def test_more_than_twenty_factors_have_johnson_weights_only_and_say_so() -> None:
    values = made(1, 400, 21)
    found = relative_importance(values[:, -1], values[:, :-1], draws=0)
    assert found.shapley is None
    assert found.dominance is None
    assert found.johnson.sum() == pytest.approx(found.r_squared)
    assert "Shapley" in found.cautions[-1].in_language("en")


@pytest.mark.parametrize(
    ("factors", "what"),
    [
        (np.column_stack([np.arange(30.0), 2 * np.arange(30.0) + 1, np.arange(30.0) ** 2]), "follows exactly"),
        (np.column_stack([np.arange(30.0), np.ones(30)]), "does not vary"),
        (np.random.default_rng(1).standard_normal((30, 29)), "explain 30 rows completely"),
        (np.where(np.arange(60).reshape(30, 2) == 7, np.nan, np.arange(60).reshape(30, 2) ** 1.5), "missing"),
    ],
)
def test_factors_that_cannot_be_told_apart_are_named(factors: Floats, what: str) -> None:
    outcome = np.random.default_rng(2).standard_normal(30)
    with pytest.raises(CannotBeFitted, match=what):
        relative_importance(outcome, factors, draws=0)


def test_a_table_that_no_answers_can_give_is_refused() -> None:
    table = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, -0.9], [0.9, -0.9, 1.0]])
    with pytest.raises(CannotBeFitted, match="not positive definite"):
        importance_of_correlations(table, 100)
    with pytest.raises(CannotBeFitted, match="no table of correlations"):
        importance_of_correlations(table[:2], 100)


def test_few_rows_a_factor_are_flagged_and_chance_alone_explains_something() -> None:
    values = made(3, 30, 5)
    found = relative_importance(values[:, -1], values[:, :-1], draws=0)
    assert "mostly chance" in found.cautions[0].in_language("en")
    assert by_chance(30, 5) == pytest.approx(5 / 29)
