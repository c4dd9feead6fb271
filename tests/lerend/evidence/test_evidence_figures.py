"""The acceptance figures in short form: few programmes, wide limits. The long form is `benchmarks.evidence`."""

from __future__ import annotations

import numpy as np

from benchmarks.evidence_programmes import (
    FITTING,
    CatalogueWorld,
    ChoiceWorld,
    FactorWorld,
    PooledWorld,
    catalogue_outcome,
    factor_outcome,
    places_in_posterior,
    pooled_outcome,
    regrets,
)
from lerend.evidence.grading.literature import Grade, published


def test_pooled_intervals_hold_the_truth_and_shrunken_effects_err_less() -> None:
    world = PooledWorld("10 pilots", 10, 0.15)
    found = [pooled_outcome(world, seed) for seed in range(30)]
    assert np.mean([each.mean for each in found]) >= 0.85
    assert 0.90 <= np.mean([each.pilots for each in found]) <= 0.99
    assert np.mean([each.new for each in found]) >= 0.85
    ratio = np.sqrt(np.mean([each.shrunken for each in found]) / np.mean([each.raw for each in found]))
    assert ratio <= 0.70


def test_truth_drawn_from_the_prior_lies_anywhere_in_what_is_thought_of_it() -> None:
    places = np.array([places_in_posterior(5, seed) for seed in range(60)])
    # Sixty evenly spread places have a mean of .5 ± .037 and a deviation of .289 ± .017.
    assert np.abs(places.mean(axis=0) - 0.5).max() < 4 * 0.037
    assert np.abs(places.std(axis=0) - 0.289).max() < 4 * 0.017


def test_success_factors_are_found_where_they_are_and_seldom_where_they_are_not() -> None:
    none = [factor_outcome(FactorWorld("none", 20, 0.0, working=0), seed) for seed in range(12)]
    assert np.mean([each.any_false for each in none]) <= 0.25
    some = [factor_outcome(FactorWorld("some", 20, 0.25), seed) for seed in range(8)]
    assert np.mean([each.top_three for each in some]) >= 0.80
    assert np.mean([each.false_share for each in some]) <= 0.15


def test_advice_loses_less_than_drawing() -> None:
    world = ChoiceWorld("fits", FITTING)
    lost = [regrets(world, 12, seed).mean() for seed in range(3)]
    drawn = []
    for seed in range(3):
        truth = np.random.default_rng([seed, 11]).normal(0.15, world.between, 12)
        drawn.append(truth.max() - truth.mean())
    assert np.mean(lost) < 0.8 * np.mean(drawn)


def test_what_does_nothing_does_not_rise_to_a() -> None:
    world = CatalogueWorld("nothing", 0.0, Grade.C, published(Grade.C, 0.3))
    assert Grade.A not in {catalogue_outcome(world, 4, seed).grade for seed in range(3)}
