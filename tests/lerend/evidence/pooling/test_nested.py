from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lerend.evidence.pooling.bayes import pooled
from lerend.evidence.pooling.nested import NestedPrior, pool_nested
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior, SpreadPrior
from lerend.evidence.pooling.problems import EffectsAreWrong

NOTHING = 1e-6


def pilots(seed: int, count: int = 10) -> list[PilotEffect]:
    chance = np.random.default_rng(seed)
    return [
        PilotEffect(
            str(place),
            float(chance.normal(0.2, 0.3)),
            float(chance.uniform(0.12, 0.3)),
            None,
            f"company {chance.integers(4)}",
            f"intervention {chance.integers(3)}",
        )
        for place in range(count)
    ]


def test_without_companies_and_interventions_it_is_the_flat_pooling() -> None:
    some = pilots(1)
    nested = pool_nested(some, prior=NestedPrior(0.1, 0.4, NOTHING, NOTHING, 0.2))
    flat = pooled(
        [each.value for each in some],
        [each.standard_error**2 for each in some],
        prior=Prior(0.1, 0.4, SpreadPrior(0.2)),
    )
    assert nested.mean.mean == pytest.approx(flat.mean.mean, abs=1e-3)
    assert nested.mean.deviation == pytest.approx(flat.mean.deviation, rel=1e-2)
    assert [each.mean for each in nested.pilots] == pytest.approx([each.mean for each in flat.pilots], abs=2e-3)
    assert nested.prior_share == pytest.approx(flat.prior_share, rel=2e-2)


def test_it_agrees_with_the_normal_distribution_written_out() -> None:
    """One draw of the spreads at a time, everything of it in one covariance matrix, averaged over a plain grid."""
    some = pilots(2)
    prior = NestedPrior()
    names = sorted({each.intervention for each in some})
    a = np.array([[each.intervention == name for name in names] for each in some], float)
    same_company = np.array([[one.company == other.company for one in some] for other in some], float)
    y = np.array([each.value for each in some])
    v = np.array([each.standard_error**2 for each in some])
    points = (np.arange(12) + 0.5) / 12
    weight, means = [], []
    for x, z, e in product(*(spread.quantile(points) for spread in prior.spreads)):
        V = prior.deviation**2 + x**2 * a @ a.T + z**2 * same_company + np.diag(v + e**2)
        pulled = np.linalg.solve(V, y)
        weight.append(-0.5 * (np.linalg.slogdet(V)[1] + y @ pulled))
        means.append((prior.deviation**2 + x**2 * a.T) @ pulled)
    share = np.exp(np.array(weight) - max(weight))
    expected = share @ np.array(means) / share.sum()
    found = pool_nested(some)
    assert [each.mean.mean for each in found.interventions] == pytest.approx(expected.tolist(), abs=4e-3)


def test_an_intervention_that_was_tried_often_is_known_better() -> None:
    some = [PilotEffect(str(i), 0.3, 0.2, 20, f"c{i}", "often" if i else "once") for i in range(9)]
    found = pool_nested(some)
    assert found.intervention("often").mean.deviation < found.intervention("once").mean.deviation
    assert found.intervention("often").companies == 8
    assert found.intervention("once").new.deviation > found.intervention("once").mean.deviation
    assert found.same_everywhere


def test_a_pilot_without_a_company_is_refused() -> None:
    with pytest.raises(EffectsAreWrong, match="no company or no intervention"):
        pool_nested([PilotEffect("a", 0.1, 0.2, 8, "", "b")])
