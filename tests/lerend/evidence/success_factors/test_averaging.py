from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.pooling.pilot import PilotEffect, arrays_of
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.evidence.success_factors.averaging import Label, label_of, success_factors
from lerend.evidence.success_factors.enumeration import FactorPrior, spread_grid
from lerend.evidence.success_factors.factors import CodedFactor, standardised
from tests.lerend.evidence.success_factors.made_up import factor, made_up


def written_out(pilots: list[PilotEffect], factors: list[CodedFactor]) -> tuple[dict[str, float], dict[str, float]]:
    """Probability and mean effect per standard deviation, each set and each tau by one covariance matrix of the data."""
    prior = FactorPrior()
    y, v = arrays_of(pilots)
    X = standardised(factors, len(y)).values
    grid = spread_grid(prior)
    total, held, moved = 0.0, np.zeros(len(factors)), np.zeros(len(factors))
    for tau, weight in zip(grid.at, grid.weights, strict=True):
        for size in range(min(4, len(factors)) + 1):
            for chosen in combinations(range(len(factors)), size):
                own = X[:, list(chosen)]
                V = np.diag(v + tau**2) + prior.mean_deviation**2 + prior.slope_deviation**2 * own @ own.T
                pulled = np.linalg.solve(V, y - prior.mean)
                log_density = -0.5 * (np.linalg.slogdet(V)[1] + (y - prior.mean) @ pulled)
                chance = prior.inclusion**size * (1 - prior.inclusion) ** (len(factors) - size)
                share = weight * chance * np.exp(log_density)
                total += share
                held[list(chosen)] += share
                moved[list(chosen)] += share * prior.slope_deviation**2 * own.T @ pulled
    names = [each.id for each in factors]
    return dict(zip(names, held / total, strict=True)), dict(zip(names, moved / total, strict=True))


def test_all_sets_weighed_at_once_are_what_one_covariance_matrix_at_a_time_gives() -> None:
    pilots, factors = made_up(1, pilots=15, factors=6, size=0.12)
    found = success_factors(pilots, factors, leave_out=False)
    probability, moved = written_out(pilots, factors)
    deviation = standardised(factors, 15).deviations[1]
    assert found.models == 1 + 6 + 15 + 20 + 15
    for each in found.factors:
        name = each.factor.id
        assert each.probability == pytest.approx(probability[name], rel=1e-9)
        unit = 1 / deviation if name == "f1" else 1.0
        assert each.effect == pytest.approx(unit * moved[name], rel=1e-6, abs=1e-9)


def test_leaving_out_by_taking_off_is_leaving_out() -> None:
    pilots, factors = made_up(2, pilots=10, factors=3, size=0.1)
    found = success_factors(pilots, factors)
    # The scale of the factors stays that of all pilots, so the sums are compared on factors that are scaled already.
    scaled = standardised(factors, 10).values
    each = []
    for gone in range(10):
        kept = np.arange(10) != gone
        y, v = arrays_of(pilots)
        each.append(_inclusion(y[kept], v[kept], scaled[kept]))
    ranges = np.array(each)
    for j in range(3):
        here = found.factor(f"f{j}")
        assert here.left_out.low == pytest.approx(min(ranges[:, j].min(), here.probability), rel=1e-8)
        assert here.left_out.high == pytest.approx(max(ranges[:, j].max(), here.probability), rel=1e-8)


def _inclusion(y: np.ndarray, v: np.ndarray, X: np.ndarray) -> np.ndarray:
    prior = FactorPrior()
    grid = spread_grid(prior)
    total, held = 0.0, np.zeros(X.shape[1])
    for tau, weight in zip(grid.at, grid.weights, strict=True):
        for size in range(X.shape[1] + 1):
            for chosen in combinations(range(X.shape[1]), size):
                own = X[:, list(chosen)]
                V = np.diag(v + tau**2) + prior.mean_deviation**2 + prior.slope_deviation**2 * own @ own.T
                fit = np.linalg.slogdet(V)[1] + y @ np.linalg.solve(V, y)
                share = weight * 0.25**size * 0.75 ** (X.shape[1] - size) * np.exp(-0.5 * fit)
                total += share
                held[list(chosen)] += share
    return held / total


def test_what_matters_is_found_with_its_sign_and_its_pilots() -> None:
    found = success_factors(*made_up(3, pilots=30))
    first, second, idle = found.factor("f0"), found.factor("f1"), found.factor("f2")
    assert {each.factor.id for each in found.factors[:2]} == {"f0", "f1"}
    assert first.label is Label.SUPPORTED
    assert first.effect > 0 > second.effect
    assert first.interval.low <= first.inner.low <= first.effect <= first.inner.high <= first.interval.high
    assert first.pilots_for > first.pilots_against
    assert second.pilots_for > second.pilots_against
    assert first.pilots_for + first.pilots_against == 30
    assert first.sign_consistency > 0.99
    assert idle.label is Label.OPEN
    assert idle.interval.low <= 0 <= idle.interval.high
    assert first.left_out.low <= first.probability <= first.left_out.high
    assert not found.only_hypotheses


def test_what_is_there_or_not_is_told_as_with_minus_without() -> None:
    """Half the pilots have it, so its deviation is one half: the effect per deviation is half the difference."""
    pilots, factors = made_up(3, pilots=30)
    two = factor("f1", 2 * np.array(factors[1].values))
    as_scale = success_factors(pilots, [factors[0], two, *factors[2:]], leave_out=False)
    told = success_factors(pilots, factors, leave_out=False)
    assert told.factor("f1").effect == pytest.approx(2 * as_scale.factor("f1").effect, rel=1e-9)
    assert told.factor("f1").probability == pytest.approx(as_scale.factor("f1").probability, rel=1e-9)


def test_few_pilots_give_hypotheses_only() -> None:
    assert success_factors(*made_up(4, pilots=19), leave_out=False).only_hypotheses
    assert not success_factors(*made_up(4, pilots=20), leave_out=False).only_hypotheses


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(4)), st.floats(0.2, 5), st.floats(-3, 3))
def test_order_of_factors_and_their_scale_change_nothing(
    seed: int, order: list[int], stretch: float, move: float
) -> None:
    pilots, factors = made_up(seed, pilots=12)
    here = success_factors(pilots, factors, leave_out=False)
    changed = [factor("f0", stretch * np.array(factors[0].values) + move), *factors[1:]]
    there = success_factors(pilots, [changed[place] for place in order], leave_out=False)
    assert here.none == pytest.approx(there.none, rel=1e-7)
    for each in here.factors:
        other = there.factor(each.factor.id)
        assert other.probability == pytest.approx(each.probability, rel=1e-6)
        assert other.effect == pytest.approx(each.effect, rel=1e-5, abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_turned_effects_turn_every_factor(seed: int) -> None:
    pilots, factors = made_up(seed, pilots=12)
    turned = [PilotEffect(each.id, -each.value, each.standard_error, each.df) for each in pilots]
    here, there = success_factors(pilots, factors), success_factors(turned, factors)
    for each in here.factors:
        other = there.factor(each.factor.id)
        assert other.effect == pytest.approx(-each.effect, rel=1e-7, abs=1e-12)
        assert other.interval.high == pytest.approx(-each.interval.low, rel=1e-5, abs=1e-9)
        assert other.pilots_for == each.pilots_for


def test_probabilities_become_labels_at_their_limits() -> None:
    assert [label_of(each) for each in (0.8, 0.79, 0.5, 0.49)] == [
        Label.SUPPORTED,
        Label.CANDIDATE,
        Label.CANDIDATE,
        Label.OPEN,
    ]


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ([], "There are 0 factors"),
        ([factor(f"f{j}", np.arange(12.0)) for j in range(13)], "There are 13 factors"),
        ([factor("a", np.arange(12.0)), factor("a", np.arange(12.0))], "there twice"),
        ([factor("a", np.arange(11.0))], "coded for 11 of 12"),
        ([factor("a", np.r_[np.nan, np.arange(11.0)])], "it is unknown"),
        ([factor("a", np.ones(12))], "the same in all pilots"),
    ],
)
def test_factors_that_cannot_be_used_are_named(factors: list[CodedFactor], said: str) -> None:
    with pytest.raises(EffectsAreWrong, match=said):
        success_factors(made_up(1, pilots=12)[0], factors)


def test_two_pilots_are_too_few() -> None:
    with pytest.raises(EffectsAreWrong, match="this needs 3"):
        success_factors(made_up(1, pilots=2)[0], [factor("a", np.array([0.0, 1.0]))])
