"""Groupings that cut across each other: against matrices as large as rows, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.mixed.crossed import crossed_model
from lerend.statistics.mixed.crossed_sums import crossed_codes, crossed_sums
from lerend.statistics.mixed.fitting import crossed_mixed_model, mixed_model, nested_mixed_model
from lerend.statistics.mixed.predicting import group_effects
from lerend.statistics.mixed.sums import prepared
from lerend.statistics.regression.problems import CannotBeFitted
from tests.lerend.statistics.mixed.test_laws import Codes, Floats, indicators, log_likelihood

SEEDS = st.integers(0, 100_000)


def ratings(seed: int, rows: int = 150) -> tuple[Floats, Floats, dict[str, Codes]]:
    """Outcome, design, and three groupings that cut across each other."""
    rng = np.random.default_rng(seed)
    sizes = {"rated": 9, "rater": 25, "round": 4}
    groupings = {name: rng.integers(0, size, rows) for name, size in sizes.items()}
    person = rng.standard_normal(rows)
    y = 2 + 0.5 * person + rng.standard_normal(rows)
    for of in groupings.values():
        y = y + 0.8 * rng.standard_normal(of.max() + 1)[of]
    return y, np.column_stack([np.ones(rows), person]), groupings


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.booleans())
def test_the_likelihood_is_the_one_that_is_defined_and_lower_all_around(seed: int, restricted: bool) -> None:
    y, x, groupings = ratings(seed)
    found = crossed_mixed_model(y, x, groupings, restricted=restricted).model
    assert [level.name for level in found.levels] == ["rater", "rated", "round"]
    parts = [(indicators(groupings[level.name]), level.covariance) for level in found.levels]
    best = log_likelihood(found, y, x, parts)
    assert found.log_likelihood == pytest.approx(best, abs=1e-6)
    for place in range(3):
        for change in (-0.02, 0.02):
            other = [(of, np.abs(among + (change if at == place else 0.0))) for at, (of, among) in enumerate(parts)]
            assert log_likelihood(found, y, x, other) <= best + 1e-9
    assert found.proof.slope < 1e-3
    assert found.proof.curvature > 0


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3))
def test_every_piece_is_what_matrices_as_large_as_rows_make(seed: int, relative: list[float]) -> None:
    y, x, groupings = ratings(seed, rows=60)
    ready = prepared(y, x, None)
    codes = crossed_codes(groupings, 60)
    found = crossed_model(crossed_sums(ready, codes)).pieces(np.array(relative))
    shapes = [of[:, None] == of for of in codes.values()]
    whole = np.eye(60) + sum(size * shape for size, shape in zip(relative, shapes, strict=True))
    inverse = np.linalg.inv(whole)
    turned = [inverse @ shape for shape in shapes]
    both = ready.columns
    assert found.log_determinant == pytest.approx(np.linalg.slogdet(whole)[1], abs=1e-9)
    np.testing.assert_allclose(found.products, both.T @ inverse @ both, atol=1e-9)
    np.testing.assert_allclose(found.trace, [np.trace(part) for part in turned], rtol=1e-9)
    for i, one in enumerate(turned):
        np.testing.assert_allclose(found.chain[i], both.T @ one @ inverse @ both, atol=1e-9)
        for j, other in enumerate(turned):
            assert found.traces[i, j] == pytest.approx(np.trace(one @ other), rel=1e-9)
            np.testing.assert_allclose(found.chains[i, j], both.T @ one @ other @ inverse @ both, atol=1e-9)


def test_teams_in_companies_named_as_groupings_are_the_model_of_two_levels() -> None:
    y, x, _ = ratings(4)
    team = np.random.default_rng(4).integers(0, 30, 150)
    y = y + np.random.default_rng(5).standard_normal(6)[team // 5]
    apart = nested_mixed_model(y, x, team, team // 5)
    crossed = crossed_mixed_model(y, x, {"company": team // 5, "team": team})
    assert crossed.model.log_likelihood == pytest.approx(apart.model.log_likelihood, abs=1e-8)
    np.testing.assert_allclose(crossed.model.standard_error, apart.model.standard_error, rtol=1e-6)
    np.testing.assert_allclose(crossed.model.degrees_of_freedom, apart.model.degrees_of_freedom, rtol=1e-4)
    for one, other in zip(group_effects(crossed), group_effects(apart), strict=True):
        np.testing.assert_allclose(one.effect, other.effect, atol=1e-6)
        np.testing.assert_allclose(one.standard_error, other.standard_error, rtol=1e-5)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.floats(0.0, 1.0))
def test_where_everybody_rates_everything_variances_are_those_of_the_analysis_of_variance(
    seed: int, between: float
) -> None:
    rng = np.random.default_rng(seed)
    rater, rated = np.divmod(np.arange(60), 6)
    table = rng.standard_normal((10, 6)) + rng.standard_normal((10, 1)) + between * rng.standard_normal(6)
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    left = table - rows[:, None] - columns + table.mean()
    within = float((left**2).sum() / 45)
    squares = {"rater": 6 * float(rows.var(ddof=1)), "rated": 10 * float(columns.var(ddof=1))}
    found = crossed_mixed_model(table.ravel(), np.ones((60, 1)), {"rater": rater, "rated": rated}).model
    if min(squares.values()) > 1.05 * within:
        assert not found.singular
        assert found.residual_variance == pytest.approx(within, rel=1e-5)
        for level, size in zip(found.levels, (6, 10), strict=True):
            expected = (squares[level.name] - within) / size
            assert level.covariance[0, 0] == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_a_grouping_without_differences_is_flagged_and_leaves_the_model_without_it() -> None:
    rater, turn = np.divmod(np.arange(60), 6)
    table = np.random.default_rng(5).standard_normal((10, 6)) + np.random.default_rng(6).standard_normal((10, 1))
    y = (table - table.mean(axis=0)).ravel()
    found = crossed_mixed_model(y, np.ones((60, 1)), {"rater": rater, "turn": turn}).model
    assert found.singular
    assert "show no difference" in found.cautions[0].in_language("en")
    assert found.levels[1].covariance[0, 0] == pytest.approx(0.0, abs=1e-6)
    assert found.log_likelihood == pytest.approx(mixed_model(y, np.ones((60, 1)), rater).model.log_likelihood, abs=1e-6)


def test_effects_of_groups_and_their_errors_are_those_of_the_large_matrices() -> None:
    y, x, groupings = ratings(7)
    fitted = crossed_mixed_model(y, x, groupings)
    model = fitted.model
    parts = {level.name: indicators(groupings[level.name]) for level in model.levels}
    among = {level.name: float(level.covariance[0, 0]) for level in model.levels}
    whole = model.residual_variance * np.eye(len(y)) + sum(among[name] * z @ z.T for name, z in parts.items())
    inverse = np.linalg.inv(whole)
    for found in group_effects(fitted):
        z, variance = parts[found.name], among[found.name]
        np.testing.assert_allclose(found.effect[:, 0], variance * z.T @ inverse @ (y - x @ model.estimate), atol=1e-7)
        left = variance - variance**2 * np.diag(z.T @ inverse @ z)
        np.testing.assert_allclose(found.standard_error[:, 0], np.sqrt(left), rtol=1e-6)


def test_order_of_rows_and_names_of_groups_do_not_matter() -> None:
    y, x, groupings = ratings(11)
    order = np.random.default_rng(1).permutation(len(y))
    one = crossed_mixed_model(y, x, groupings).model
    named: dict[str, NDArray[np.str_]] = {
        name: np.array([f"{9 - part % 10}-{part}" for part in of[order]]) for name, of in reversed(groupings.items())
    }
    other = crossed_mixed_model(y[order] * 10, x[order], named).model
    np.testing.assert_allclose(other.t, one.t, rtol=1e-6)
    assert [level.groups for level in other.levels] == [level.groups for level in one.levels]
    assert other.residual_variance == pytest.approx(100 * one.residual_variance, rel=1e-6)


def test_groupings_that_tell_nothing_are_refused_by_name() -> None:
    y, x, groupings = ratings(3)
    rater = groupings["rater"]
    with pytest.raises(CannotBeFitted, match="two groupings or more"):
        crossed_mixed_model(y, x, {"rater": rater})
    with pytest.raises(CannotBeFitted, match="again: This grouping divides the rows as rater does"):
        crossed_mixed_model(y, x, {"rater": rater, "again": 100 - rater})
    with pytest.raises(CannotBeFitted, match="form: Every group has one member"):
        crossed_mixed_model(y, x, {"rater": rater, "form": np.arange(len(y))})
    with pytest.raises(CannotBeFitted, match="round: There is one group only"):
        crossed_mixed_model(y, x, {"rater": rater, "round": np.zeros(len(y))})
    with pytest.raises(CannotBeFitted, match="149 labels for 150 rows"):
        crossed_mixed_model(y, x, {"rater": rater, "round": np.arange(149) % 3})
    many = np.arange(12_000)
    with pytest.raises(CannotBeFitted, match="6000 groups together"):
        crossed_mixed_model(many * 1.0, np.ones((12_000, 1)), {"one": many // 2, "other": many % 6000})
    with pytest.raises(CannotBeFitted, match="does not vary within groups"):
        crossed_mixed_model(rater + 0.5, np.ones((150, 1)), groupings)
