from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.advice.best import chances_of_best
from lerend.evidence.advice.learning import knowledge_gradient, value_of_pilot


def test_the_value_of_a_pilot_is_what_choosing_after_it_gains_on_average() -> None:
    """By drawing: true effect, pilot, choice by the mean that follows; against the choice without it."""
    chance = np.random.default_rng(1)
    mean, deviation, error, threshold = 0.1, 0.25, 0.2, 0.15
    truth = chance.normal(mean, deviation, 400_000)
    seen = truth + chance.normal(0, error, 400_000)
    share = deviation**2 / (deviation**2 + error**2)
    after = mean + share * (seen - mean)
    gained = np.where(after > threshold, truth - threshold, 0).mean() - max(mean - threshold, 0)
    assert value_of_pilot(mean, deviation, error, threshold) == pytest.approx(gained, abs=5e-4)


def test_the_knowledge_gradient_is_what_the_best_mean_rises_by() -> None:
    chance = np.random.default_rng(2)
    means, deviations, errors = np.array([0.2, 0.1, 0.15]), np.array([0.1, 0.2, 0.05]), np.array([0.3, 0.25, 0.3])
    told = knowledge_gradient(means, deviations, errors)
    for place in range(3):
        moves = deviations[place] ** 2 / np.hypot(deviations[place], errors[place])
        after = means[place] + moves * chance.standard_normal(400_000)
        rises = np.maximum(after, np.delete(means, place).max()).mean() - means.max()
        assert told[place] == pytest.approx(rises, abs=5e-4)


def test_what_is_certain_teaches_nothing() -> None:
    assert value_of_pilot(0.2, 0.0, 0.25, 0.15) == 0.0
    assert knowledge_gradient(np.array([0.2, 0.1]), np.zeros(2), np.full(2, 0.25)).tolist() == [0.0, 0.0]


@settings(max_examples=30, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0.01, 0.5), st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_a_surer_pilot_is_never_worth_less(mean: float, deviation: float, one: float, other: float) -> None:
    surer, rougher = min(one, other), max(one, other)
    assert (
        value_of_pilot(mean, deviation, surer, 0.15) >= value_of_pilot(mean, deviation, rougher, 0.15) - 1e-15 >= -1e-15
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.02, 0.4)), min_size=2, max_size=6))
def test_chances_of_being_best_are_those_of_drawing(pairs: list[tuple[float, float]]) -> None:
    means, deviations = np.array(pairs).T
    told = chances_of_best(means, deviations)
    assert told.sum() == pytest.approx(1.0)
    drawn = means + deviations * np.random.default_rng(3).standard_normal((20_000, len(means)))
    counted = np.bincount(drawn.argmax(axis=1), minlength=len(means)) / 20_000
    assert told == pytest.approx(counted, abs=0.02)


def test_equal_options_share_the_chance() -> None:
    assert chances_of_best(np.full(4, 0.2), np.full(4, 0.1)) == pytest.approx([0.25] * 4)
