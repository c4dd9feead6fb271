from __future__ import annotations

import numpy as np
import pytest

from lerend.evidence.effects.measured import EffectCannotBeEstimated, Measured, measured_of, pooled_deviation
from tests.lerend.statistics.frozen_waves import wave

A, B = (("mill", "Team 0"),), (("mill", "Team 1"), ("mill", "Team 3"))


def test_scores_come_from_frozen_sums_as_the_mean_of_item_means() -> None:
    before, after = wave("mill"), wave("mill", seed=2)
    found = measured_of([before, after], "a", {"one": A, "two": B, "gone": (("mill", "Team 9"),)})
    assert found.people.tolist() == [[30, 30], [26, 26], [0, 0]]
    for number, each in enumerate((before, after)):
        counts = each.counts[0, :2]
        items = (counts * np.arange(1, 6)).sum(axis=1) / counts.sum(axis=1)
        assert found.mean[0, number] == pytest.approx(items.mean())
    assert np.isnan(found.mean[2]).all()


def test_item_with_fewer_answers_to_choose_from_is_stretched_to_the_same_scale() -> None:
    one = wave("mill")
    counts = one.counts.copy()
    counts[:, 3] = np.array([10, 5, 15, 0, 0]) * one.people[:, None] // 30
    each = wave("mill", counts=counts)
    found = measured_of([each], "b", {"one": A})
    five = (counts[0, 2] * np.arange(1, 6)).sum() / counts[0, 2].sum()
    three = (10 * 1 + 5 * 3 + 15 * 5) / 30
    assert found.mean[0, 0] == pytest.approx((five + three) / 2)


def test_scale_that_no_wave_asked_is_refused_and_one_wave_without_it_is_empty() -> None:
    with pytest.raises(EffectCannotBeEstimated, match="No wave asked"):
        measured_of([wave("mill")], "z", {"one": A})


def test_spread_of_all_people_together_is_that_of_their_answers() -> None:
    rng = np.random.default_rng(1)
    teams = [rng.normal(mean, 1, size) for mean, size in ((3, 12), (4, 7), (2, 30))]
    one = Measured(
        ("a", "b", "c", "d"),
        np.array([[len(team)] for team in teams] + [[0]], dtype=float),
        np.array([[team.mean()] for team in teams] + [[np.nan]]),
        np.array([[team.var(ddof=1)] for team in teams] + [[np.nan]]),
    )
    assert pooled_deviation(one) == pytest.approx(np.concatenate(teams).std(ddof=1))
    unknown = Measured(one.teams, one.people, one.mean, np.full((4, 1), np.nan))
    with pytest.raises(EffectCannotBeEstimated, match="How much people differ"):
        pooled_deviation(unknown)


def test_digest_changes_with_every_number() -> None:
    people, mean, variance = np.array([[9.0]]), np.array([[3.0]]), np.array([[1.0]])
    digests = {
        Measured(("a",), people, mean, variance).digest,
        Measured(("b",), people, mean, variance).digest,
        Measured(("a",), people + 1, mean, variance).digest,
        Measured(("a",), people, mean + 1e-12, variance).digest,
    }
    assert len(digests) == 4


def test_team_with_people_has_a_mean() -> None:
    with pytest.raises(ValueError, match="has a mean"):
        Measured(("a",), np.array([[9.0]]), np.array([[np.nan]]), np.array([[1.0]]))
    with pytest.raises(ValueError, match="a row for each team"):
        Measured(("a", "b"), np.array([[9.0]]), np.array([[3.0]]), np.array([[1.0]]))
