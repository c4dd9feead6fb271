"""Ranking: what is dominated never comes first, what has no gap has no room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.diagnosis.room import draw_target, gains, listed_of, rank

M, U, F = 400, 2, 6


def ranking_of(
    score: list[float], slope: list[float], *, listed: int = 2, eligible: list[bool] | None = None
) -> NDArray[np.float64]:
    generator = np.random.default_rng(1)
    scores = (np.array(score) + 0.1 * generator.standard_normal((M, U, F))).astype(np.float32)
    slopes = (np.array(slope) + 0.02 * generator.standard_normal((M, U, F))).astype(np.float32)
    target = draw_target(scores, stated=4.0)
    sd = np.ones(F)
    may = np.broadcast_to(np.array(eligible or [True] * F), (U, F))
    return rank(gains(scores, slopes, target, sd), scores, may, listed=listed).top_five


def test_the_largest_gain_is_gap_times_association() -> None:
    top = ranking_of([2.0, 3.9, 2.0, 3.0, 3.0, 3.0], [0.3, 0.9, 0.0, 0.1, 0.1, 0.1])
    assert top[0, 0] > 0.95
    assert top[0, 2] < 0.2
    np.testing.assert_allclose(top.sum(axis=1), 2, atol=0.05)


def test_a_factor_above_what_is_attainable_has_no_room() -> None:
    top = ranking_of([4.9] * 6, [0.5] * 6)
    assert top.max() == 0


def test_what_is_not_ranked_is_never_listed() -> None:
    top = ranking_of([1.5, 3.0, 3.0, 3.0, 3.0, 3.0], [0.9] * 6, eligible=[False] + [True] * 5)
    assert top[0, 0] == 0


def test_the_target_is_the_upper_quarter_of_the_companies() -> None:
    scores = np.arange(9, dtype=np.float32).reshape(1, 9, 1)
    np.testing.assert_allclose(draw_target(scores, stated=None), [[6.0]])


def test_a_model_with_few_factors_lists_half_of_them() -> None:
    assert [listed_of(n) for n in (20, 10, 9, 4, 1)] == [5, 5, 4, 2, 1]
