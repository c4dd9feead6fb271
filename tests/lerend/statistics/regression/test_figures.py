"""The short form of `python -m benchmarks.regression`: intervals hold the truth about as often as they say."""

from __future__ import annotations

import numpy as np

from benchmarks.regression import EFFECT, World, company_figures, made_world, team_figures
from lerend.statistics.regression.least_squares import least_squares

WORLDS = 40
LEAST = 0.8
"""What is 95 in 100 comes out lower than this once in a thousand, with 40 worlds."""


def test_cr2_and_mixed_models_hold_the_effect_and_tests_stay_quiet_with_twelve_teams() -> None:
    rng = np.random.default_rng(12)
    figures = np.array([team_figures(made_world(rng, 12, 1)) for _ in range(WORLDS)]).mean(axis=0)
    _, _, by_cr2, freedom, satterthwaite, kenward_roger, signs, webb = figures
    assert min(by_cr2, satterthwaite, kenward_roger) > LEAST
    assert max(signs, webb) < 1 - LEAST
    assert 6 < freedom < 10.5


def test_two_levels_hold_the_effect_with_ten_companies() -> None:
    rng = np.random.default_rng(10)
    figures = np.array([company_figures(made_world(rng, 40, 4)) for _ in range(WORLDS)]).mean(axis=0)
    assert figures[:3].min() > LEAST


def test_errors_that_take_people_as_unrelated_do_not_hold_it() -> None:
    """The same worlds would catch an error that is too small."""
    rng = np.random.default_rng(12)
    misses = [too_sure(made_world(rng, 12, 1)) for _ in range(3 * WORLDS)]
    assert np.mean(misses) > 0.08


def too_sure(world: World) -> bool:
    fit = least_squares(world.outcome, world.design)
    reach = 1.96 * float(fit.standard_error[1])
    return bool(abs(float(fit.estimate[1]) - EFFECT) > reach)
