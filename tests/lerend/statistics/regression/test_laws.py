"""What least squares, errors that allow for clusters and the wild bootstrap obey on any data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.regression.cluster_parts import KINDS, Kind, dense_parts
from lerend.statistics.regression.cluster_robust import ClusterRobust, cluster_robust, contrast, wald_test
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.wild_bootstrap import wild_bootstrap, wild_interval
from lerend.statistics.regression.wild_weights import POINTS, Weights

Floats = NDArray[np.float64]
SEEDS = st.integers(0, 100_000)


@dataclass(frozen=True)
class Data:
    outcome: Floats
    design: Floats
    teams: NDArray[np.int64]
    weights: Floats


def made(seed: int, teams: int = 8) -> Data:
    """Teams of unequal size; an intercept, a column of people and a column of teams."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), rng.integers(3, 9, teams))
    started = rng.permutation(np.arange(teams) % 2)[team].astype(float)
    person = rng.standard_normal(len(team))
    outcome = person + rng.standard_normal(teams)[team] + rng.standard_normal(len(team))
    design = np.column_stack([np.ones(len(team)), person, started])
    return Data(outcome, design, team, rng.uniform(0.5, 2.0, len(team)))


def sandwich(data: Data, weights: Floats | None) -> Floats:
    """CR2 as it is defined, with matrices as large as rows: rows equally spread, weights of any kind."""
    x, n = data.design, len(data.outcome)
    w = np.ones(n) if weights is None else weights
    bread = np.linalg.inv(x.T @ (x * w[:, None]))
    hat = x @ bread @ (x * w[:, None]).T
    residual = data.outcome - hat @ data.outcome
    apart = (np.eye(n) - hat) @ (np.eye(n) - hat).T
    covariance = np.zeros((3, 3))
    for team in np.unique(data.teams):
        rows = np.flatnonzero(data.teams == team)
        size, vectors = np.linalg.eigh(apart[np.ix_(rows, rows)])
        root = np.where(size > 1e-10, size, np.inf) ** -0.5
        score = bread @ (x * w[:, None])[rows].T @ (vectors * root) @ vectors.T @ residual[rows]
        covariance += np.outer(score, score)
    return covariance


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.booleans())
def test_cr2_is_the_sandwich_that_it_is_defined_as(seed: int, weighted: bool) -> None:
    data = made(seed)
    weights = data.weights if weighted else None
    found = cluster_robust(least_squares(data.outcome, data.design, weights=weights), data.teams)
    np.testing.assert_allclose(found.covariance, sandwich(data, weights), rtol=1e-6, atol=1e-10)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_cr2_is_right_on_average_where_rows_are_unrelated(seed: int) -> None:
    """Its mean under the working model is the covariance of the estimates: what CR2 is made for."""
    data = made(seed)
    fit = least_squares(data.outcome, data.design)
    by_team = [np.flatnonzero(data.teams == team) for team in np.unique(data.teams)]
    one = [np.eye(len(rows)) for rows in by_team]
    parts = dense_parts([data.design[r] for r in by_team], one, one, [fit.residual[r] for r in by_team], "CR2")
    truth = np.linalg.inv(data.design.T @ data.design)
    # A team that is fitted exactly in a direction adds nothing there; `started` and the intercept are such directions.
    np.testing.assert_allclose(parts.expected(), truth, rtol=1e-6, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(KINDS))
def test_order_of_rows_units_and_names_of_teams_do_not_matter(seed: int, kind: Kind) -> None:
    data = made(seed)
    found = cluster_robust(least_squares(data.outcome, data.design), data.teams, kind)
    order = np.random.default_rng(seed).permutation(len(data.outcome))
    scale = np.array([1.0, 100.0, -0.5])
    names = np.array([f"team {97 - team}" for team in data.teams])
    turned = least_squares(10 * data.outcome[order], (data.design * scale)[order])
    again = cluster_robust(turned, names[order], kind)
    np.testing.assert_allclose(again.t * np.sign(scale), found.t, rtol=1e-7)
    np.testing.assert_allclose(again.degrees_of_freedom, found.degrees_of_freedom, rtol=1e-7)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(KINDS), st.booleans())
def test_absorbed_effects_are_columns_that_are_not_shown(seed: int, kind: Kind, across: bool) -> None:
    data = made(seed)
    level = np.arange(len(data.teams)) % 3 if across else data.teams
    columns = (level[:, None] == np.unique(level)).astype(float)
    absorbed = least_squares(data.outcome, data.design[:, 1:2], absorb=[level])
    written_out = least_squares(data.outcome, np.column_stack([data.design[:, 1:2], columns]))
    assert absorbed.degrees_of_freedom == written_out.degrees_of_freedom
    np.testing.assert_allclose(absorbed.residual, written_out.residual, atol=1e-9)
    one = cluster_robust(absorbed, data.teams, kind)
    other = cluster_robust(written_out, data.teams, kind)
    assert one.standard_error[0] == pytest.approx(other.standard_error[0], rel=1e-7)
    assert one.degrees_of_freedom[0] == pytest.approx(other.degrees_of_freedom[0], rel=1e-6)


def test_two_factors_are_absorbed_as_if_they_were_columns() -> None:
    data = made(11)
    period = np.arange(len(data.teams)) % 4
    absorbed = least_squares(data.outcome, data.design[:, 1:2], absorb=[data.teams, period])
    columns = [
        data.design[:, 1:2],
        *((of[:, None] == np.unique(of)[skip:]) for skip, of in enumerate((data.teams, period))),
    ]
    written_out = least_squares(data.outcome, np.hstack(columns).astype(float))
    assert absorbed.estimate[0] == pytest.approx(written_out.estimate[0], rel=1e-9)
    assert absorbed.degrees_of_freedom == written_out.degrees_of_freedom


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_a_row_of_weight_zero_is_no_row_and_a_test_of_one_is_its_t_test(seed: int) -> None:
    data = made(seed)
    weights = np.where(np.arange(len(data.teams)) % 5 == 0, 0.0, data.weights)
    kept = weights > 0
    one = cluster_robust(least_squares(data.outcome, data.design, weights=weights), data.teams)
    fit = least_squares(data.outcome[kept], data.design[kept], weights=weights[kept])
    other = cluster_robust(fit, data.teams[kept])
    np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-8, atol=1e-14)
    test = wald_test(fit, data.teams[kept], ["x2"])
    assert test.f == pytest.approx(other.t[1] ** 2, rel=1e-7)
    assert test.p == pytest.approx(other.p[1], rel=1e-6)


def test_sums_of_coefficients_are_tested_as_if_they_were_coefficients() -> None:
    data = made(4)
    fit = least_squares(data.outcome, data.design, names=("intercept", "person", "started"))
    turned = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    found = contrast(fit, data.teams, turned, ("started level", "person", "started"))
    direct = cluster_robust(least_squares(data.outcome, data.design @ np.linalg.inv(turned)), data.teams)
    np.testing.assert_allclose(found.t, direct.t, rtol=1e-8)
    np.testing.assert_allclose(found.degrees_of_freedom, direct.degrees_of_freedom, rtol=1e-8)
    interval = found.interval("started")
    assert interval.low < found.estimate[2] < interval.high


@settings(max_examples=3, deadline=None)
@given(SEEDS, st.sampled_from(("rademacher", "webb")))
def test_every_pattern_is_what_fitting_again_and_again_gives(seed: int, weights: Weights) -> None:
    data = made(seed, teams=3)
    fit = least_squares(data.outcome, data.design)
    found = wild_bootstrap(fit, data.teams, "x2", weights=weights)
    null = least_squares(data.outcome, np.delete(data.design, 1, axis=1))
    fitted = data.outcome - null.residual
    drawn = []
    for pattern in product(POINTS[weights], repeat=3):
        again = least_squares(fitted + null.residual * np.array(pattern)[data.teams], data.design)
        drawn.append(cluster_robust(again, data.teams, "CR1S").t[1])
    assert found.p == pytest.approx(float((np.abs(drawn) >= abs(found.t) - 1e-10).mean()), abs=1e-12)
    np.testing.assert_allclose(np.sort(found.t_star), np.sort(drawn), rtol=1e-7, atol=1e-8)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_the_interval_holds_what_the_test_does_not_refuse(seed: int) -> None:
    data = made(seed)
    fit = least_squares(data.outcome, data.design)
    interval = wild_interval(fit, data.teams, "x2", level=0.9)
    reach = 1e-6 * (interval.high - interval.low)
    for end, inside in ((interval.low, 1), (interval.high, -1)):
        assert wild_bootstrap(fit, data.teams, "x2", null=end + inside * reach).p > 0.1
        assert wild_bootstrap(fit, data.teams, "x2", null=end - inside * reach).p <= 0.1


def test_four_clusters_cannot_refuse_anything_by_signs_and_say_so_but_can_by_webb() -> None:
    data = made(2, teams=4)
    fit = least_squares(data.outcome + 50 * data.design[:, 1], data.design)
    signs = wild_bootstrap(fit, data.teams, "x2")
    assert signs.p == signs.smallest == 1 / 8
    assert "1 in 8" in signs.cautions[0].in_language("en")
    assert wild_interval(fit, data.teams, "x2").high == np.inf
    webb = wild_bootstrap(fit, data.teams, "x2", weights="webb")
    assert (webb.enumerated, webb.smallest) == (True, 1 / 216)
    assert "refuse too often" in webb.cautions[0].in_language("en")
    assert webb.p < 0.05


def test_drawn_patterns_come_close_to_all_of_them_and_come_again_with_the_seed() -> None:
    data = made(8, teams=13)
    fit = least_squares(data.outcome, data.design)
    one, again, other = (wild_bootstrap(fit, data.teams, "x3", seed=seed) for seed in (1, 1, 2))
    assert not one.enumerated
    assert one.p == again.p
    assert one.p == pytest.approx(other.p, abs=0.03)
    assert one.cautions == ()
    assert wild_bootstrap(fit, data.teams, "x3", weights="webb").p == pytest.approx(one.p, abs=0.1)


def test_intervals_by_t_and_by_bootstrap_agree_where_there_are_many_teams() -> None:
    data = made(3, teams=60)
    fit = least_squares(data.outcome, data.design)
    robust: ClusterRobust = cluster_robust(fit, data.teams)
    by_t, by_bootstrap = robust.interval("x2"), wild_interval(fit, data.teams, "x2", draws=1999)
    width = by_t.high - by_t.low
    assert abs(by_t.low - by_bootstrap.low) < 0.15 * width
    assert abs(by_t.high - by_bootstrap.high) < 0.15 * width
