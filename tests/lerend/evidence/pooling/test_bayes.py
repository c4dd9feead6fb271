from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.pooling.bayes import Pooled, pool, pooled
from lerend.evidence.pooling.inflation import inflated
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior, Shape, SpreadPrior
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.evidence.pooling.saying import prior_said
from tests.reference.pooled_effects import effects_of
from tests.reference.references import reference

CASES = tuple(reference("bayes_meta"))
PILOTS = st.lists(st.tuples(st.floats(-1, 1), st.floats(0.08, 0.6)), min_size=1, max_size=8)


def of_case(name: str) -> Pooled:
    case = reference("bayes_meta")[name]
    mean, deviation = case["params"]["mu_prior"]
    scale = float(case["params"]["tau_prior"].removeprefix("halfnormal(").removesuffix(")"))
    return pooled(*effects_of(case), prior=Prior(mean, deviation, SpreadPrior(scale)))


@pytest.mark.parametrize("name", CASES)
def test_pooling_is_exact_to_the_digits_of_the_reference(name: str) -> None:
    expected = reference("bayes_meta")[name]["values"]["exact_quadrature"]
    found = of_case(name)
    mean, new = found.mean, found.new
    for mine, theirs in (
        ([mean.mean, mean.deviation, found.spread.mean], [expected[key] for key in ("mu_mean", "mu_sd", "tau_mean")]),
        ([mean.interval.low, mean.median, mean.interval.high], expected["mu_central95"]),
        ([new.interval.low, new.median, new.interval.high], expected["pred_central95"]),
        (
            [mean.above_zero, new.above_zero, new.above_worth],
            [expected[key] for key in ("P_mu_gt0", "P_new_gt0", "P_new_gt_0_2")],
        ),
        ([each.mean for each in found.pilots], expected["theta_mean"]),
        ([each.deviation for each in found.pilots], expected["theta_sd"]),
        ([each.above_zero for each in found.pilots], expected["theta_P_gt0"]),
    ):
        assert mine == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize("name", CASES)
def test_the_spread_has_the_quantiles_that_a_search_on_a_grid_gives(name: str) -> None:
    values = reference("bayes_meta")[name]["values"]
    spread = of_case(name).spread
    assert [spread.interval.low, spread.median, spread.interval.high] == pytest.approx(
        values["tau_central95"], rel=1e-4
    )
    assert spread.deviation == pytest.approx(values["tau"]["sd"], rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(PILOTS, st.sampled_from(Shape))
def test_pooling_agrees_with_sums_over_a_fine_grid(pairs: list[tuple[float, float]], shape: Shape) -> None:
    y, error = np.array(pairs).T
    prior = Prior(0.1, 0.4, SpreadPrior(0.3, shape))
    found = pooled(y, error**2, prior=prior)
    tau = np.tan(np.pi / 2 * (np.arange(4000) + 0.5) / 4000) * 0.3
    step = 0.3 * (1 + (tau / 0.3) ** 2)
    w = 1 / (error**2 + tau[:, None] ** 2)
    precision = w.sum(axis=1) + 0.4**-2
    mean = (w @ y + 0.1 * 0.4**-2) / precision
    log = 0.5 * (
        np.log(w).sum(axis=1)
        - (w * (y - mean[:, None]) ** 2).sum(axis=1)
        - ((mean - 0.1) / 0.4) ** 2
        - np.log(precision)
    )
    density = np.exp(log - log.max() + prior.spread.log_density(tau)) * step
    density /= density.sum()
    assert found.mean.mean == pytest.approx(float(density @ mean), abs=1e-6)
    assert found.prior_share == pytest.approx(float(density @ (0.4**-2 / precision)), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(PILOTS)
def test_the_order_of_pilots_does_not_matter(pairs: list[tuple[float, float]]) -> None:
    pilots = [PilotEffect(str(place), value, error, 8) for place, (value, error) in enumerate(pairs)]
    shuffled = pilots[::-1]
    one, other = pool(pilots), pool(shuffled)
    assert other.mean.mean == pytest.approx(one.mean.mean, abs=1e-12)
    assert [each.mean for each in other.pilots[::-1]] == pytest.approx([each.mean for each in one.pilots], abs=1e-12)


def test_one_pilot_with_a_narrow_prior_of_the_spread_is_itself_and_the_prior() -> None:
    found = pooled([0.4], [0.04], prior=Prior(0.0, 0.2, SpreadPrior(1e-4)))
    assert found.mean.mean == pytest.approx(0.2, abs=1e-6)
    assert found.prior_share == pytest.approx(0.5, abs=1e-6)


def test_more_pilots_that_say_the_same_leave_less_to_the_prior() -> None:
    shares = [pooled([0.3] * k, [0.04] * k).prior_share for k in (1, 3, 10, 40)]
    assert all(few > many for few, many in pairwise(shares))


def test_what_the_prior_still_carries_is_said() -> None:
    sentence = prior_said(pooled([0.2, 0.1, 0.4], [0.06] * 3)).in_language("en")
    assert sentence.startswith("3 pilots: what we held likely before still carries ")


def test_chances_agree_with_quantiles() -> None:
    found = pooled([0.2, 0.1, 0.4, -0.1], [0.06, 0.03, 0.1, 0.05])
    assert found.mean_above(found.mean.interval.low) == pytest.approx(0.975, abs=1e-10)
    assert found.new_above(found.new.inner.high) == pytest.approx(0.1, abs=1e-10)
    assert found.new_observed_below(found.new.median, 1e-12) == pytest.approx(0.5, abs=1e-6)


def test_effects_far_beyond_the_prior_are_still_found() -> None:
    found = pooled([-40.0, 0.0, 40.0, 20.0], [0.01] * 4)
    assert found.spread.mean > 1.0
    assert found.spread.interval.low < found.spread.median < found.spread.interval.high


def test_variances_of_few_teams_are_made_larger() -> None:
    v = inflated([0.04] * 5, [None, 100.0, 12.0, 5.0, 3.0])
    assert v[0] == 0.04
    assert v[1:4] == pytest.approx([0.04 * 100 / 98, 0.04 * 1.2, 0.04 * 5 / 3])
    assert v[4] == pytest.approx(0.04 * (3.182446305284263 / 1.959963984540054) ** 2)
    assert v[4] > v[3] > v[2] > v[1] > v[0]


def test_degrees_of_freedom_that_cannot_be_are_named() -> None:
    with pytest.raises(EffectsAreWrong, match="not above zero"):
        pool([PilotEffect("a", 0.1, 0.2, 0.0)])
    with pytest.raises(EffectsAreWrong, match="this needs 1"):
        pool([])
    with pytest.raises(EffectsAreWrong, match="no scale above zero"):
        SpreadPrior(0.0)


def test_few_teams_make_effects_less_sure_and_hide_no_spread() -> None:
    values, errors = [0.5, -0.1, 0.3, 0.0], [0.1, 0.15, 0.2, 0.1]
    told = pool([PilotEffect(str(i), values[i], errors[i], 5.0) for i in range(4)])
    known = pooled(values, np.array(errors) ** 2)
    assert told.spread == known.spread
    assert told.mean.deviation > known.mean.deviation
    assert all(mine.deviation > theirs.deviation for mine, theirs in zip(told.pilots, known.pilots, strict=True))


def test_chances_beyond_a_threshold_are_those_of_the_intervals() -> None:
    found = pooled([0.5, -0.1, 0.3, 0.0], [0.01, 0.02, 0.04, 0.01])
    assert found.spread_above(found.spread.median) == pytest.approx(0.5, abs=1e-9)
    assert found.spread_above(found.spread.interval.high) == pytest.approx(0.025, abs=1e-9)
    assert (found.spread_above(-1.0), found.spread_above(1e9)) == (1.0, 0.0)
    ends = [each.interval.high for each in found.pilots]
    assert found.pilots_above(ends) == pytest.approx([0.025] * 4, abs=1e-9)
    assert found.mean_above(0.2) == pytest.approx(found.mean.above_worth)


def test_an_error_below_zero_is_not_squared_away() -> None:
    with pytest.raises(EffectsAreWrong, match="not above zero"):
        pool([PilotEffect("a", 0.1, -0.2), PilotEffect("b", 0.1, 0.2)])
