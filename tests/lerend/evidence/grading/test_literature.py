from __future__ import annotations

import math

import pytest

from lerend.evidence.advice.next_step import LEAST_CHANCE
from lerend.evidence.advice.offer import something_new
from lerend.evidence.advice.route import USE
from lerend.evidence.grading.literature import DIFFERS, UNKNOWN, Grade, published
from lerend.evidence.grading.standing import standing_of
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.interventions.expected import expected_effect
from lerend.interventions.packaged import packaged_catalogue


@pytest.mark.parametrize("grade", list(Grade))
def test_published_effects_count_for_half(grade: Grade) -> None:
    prior = published(grade, 0.6)
    assert prior.mean == 0.3
    assert math.hypot(prior.deviation, prior.spread.scale) == pytest.approx(DIFFERS[grade])


def test_the_noise_of_the_published_interval_is_halved_with_its_size() -> None:
    plain, noisy = published(Grade.B, 0.6), published(Grade.B, 0.6, 0.2, 1.0)
    halved = 0.5 * (1.0 - 0.2) / (2 * 1.959963984540054)
    assert noisy.deviation == pytest.approx(math.hypot(plain.deviation, halved))


def test_where_nobody_gives_a_size_it_is_what_is_held_likely_of_something_new() -> None:
    assert published(Grade.C, None) == UNKNOWN
    new = something_new("time")
    assert new.above(0.15) == pytest.approx(standing_of((), UNKNOWN, Grade.D).worth_having)
    # It may be offered, and never as something to use without a pilot.
    assert new.above(0.0) > LEAST_CHANCE
    assert new.above(0.15) < USE


@pytest.mark.parametrize("ends", [(0.4, None), (0.4, 0.9), (-0.2, 0.2)])
def test_an_interval_that_does_not_hold_its_size_is_refused(ends: tuple[float, float | None]) -> None:
    with pytest.raises(EffectsAreWrong, match="does not hold its size"):
        published(Grade.B, 0.3, *ends)


def test_before_any_pilot_it_is_what_the_catalogue_expects() -> None:
    """The catalogue and the grading stand in rooms that do not know each other; they must expect the same."""
    seen = 0
    for entry in packaged_catalogue().interventions:
        expected = expected_effect(entry)
        if expected is None:
            continue
        sized = [e for e in entry.effects if e.size is not None and 0.5 * e.size == expected.value]
        prior = published(Grade(entry.evidence.grade.value), sized[0].size, sized[0].low, sized[0].high)
        standing = standing_of((), prior, Grade(entry.evidence.grade.value))
        assert standing.effect == pytest.approx(expected.value)
        assert standing.interval.low == pytest.approx(expected.low, abs=1e-4)
        assert standing.worth_having == pytest.approx(expected.worth_having, abs=1e-4)
        seen += 1
    assert seen > 5
