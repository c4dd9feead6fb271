from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.permuting import BY_LOT
from lerend.evidence.effects.effect import Basis, Effect, Method
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import EffectCannotBeEstimated, Measured
from lerend.evidence.effects.saying import headline_of, sentences_of
from lerend.evidence.effects.stepped_readings import stepped_readings
from lerend.statistics.interval import Interval
from lerend.statistics.regression.problems import CannotBeFitted
from lerend.wording import LANGUAGES
from tests.lerend.evidence.pilots import a_design, a_measurement, an_effect, measured

METHODS = {
    Kind.LOTTERY: Method.ANCOVA,
    Kind.STEPPED: Method.STEPPED,
    Kind.TIE_BREAKER: Method.ANCOVA,
    Kind.CUT_OFF: Method.ANCOVA,
    Kind.ENCOURAGEMENT: Method.INSTRUMENT,
    Kind.COMPARISON: Method.CHANGE,
    Kind.BEFORE_AFTER: Method.BEFORE_AFTER,
}
CLEAN = 1e-3
"""Noise that hides nothing, in points."""


def found_with(kind: Kind, effect: float, *, noise: float = 0.3, number: int = 16, seed: int = 1) -> Effect:
    design = a_design(kind, number)
    began = [one.begins is not None for one in design.placements] if kind is Kind.ENCOURAGEMENT else None
    measurement = a_measurement(design, effect, seed=seed, noise=noise)
    return estimate_effect(measurement, design, smallest=0.2, deviation=0.8, began=began)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.estimates_effect])
def test_every_comparison_finds_the_effect_that_was_put_in(kind: Kind) -> None:
    effect = found_with(kind, 0.4, noise=CLEAN)
    assert effect.method is METHODS[kind]
    assert effect.estimate == pytest.approx(0.5, abs=0.01)
    assert effect.points == pytest.approx(0.4, abs=0.01)
    assert effect.interval.low < 0.5 < effect.interval.high
    assert effect.worth > 0.99
    assert effect.p is not None
    assert effect.p < 0.01


def test_before_and_after_finds_the_trend_too_and_has_no_test() -> None:
    effect = found_with(Kind.BEFORE_AFTER, 0.4, noise=CLEAN)
    assert effect.points == pytest.approx(0.5, abs=0.01)
    assert not effect.is_effect
    assert (effect.p, effect.tested_by) == (None, Basis.NOTHING)
    assert "effect" not in headline_of(effect).in_language("en").lower()


@pytest.mark.parametrize("kind", [Kind.LOTTERY, Kind.STEPPED])
def test_up_to_twelve_teams_the_lot_is_the_test_and_gives_the_interval(kind: Kind) -> None:
    few, many = (found_with(kind, 0.3, number=number) for number in (BY_LOT, BY_LOT + 4))
    assert (few.tested_by, many.tested_by) == (Basis.LOT, Basis.T)
    assert few.by_lot is not None
    assert few.interval == few.by_lot.interval(0.95)
    assert many.by_lot is None
    assert few.interval.low < few.estimate < few.interval.high


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([Kind.LOTTERY, Kind.STEPPED]), st.floats(-0.5, 0.5))
def test_interval_and_test_agree_on_no_effect(seed: int, kind: Kind, effect: float) -> None:
    found = found_with(kind, effect, number=8, seed=seed)
    assert found.p is not None
    assert (found.p <= 0.05) == (not found.interval.low <= 0 <= found.interval.high)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(-0.5, 0.5), st.sampled_from([Kind.LOTTERY, Kind.STEPPED, Kind.COMPARISON]))
def test_adding_to_what_began_moves_estimate_and_interval_by_as_much(seed: int, more: float, kind: Kind) -> None:
    design = a_design(kind, 10)
    plain = a_measurement(design, 0.0, seed=seed)
    moved = measured(design, plain.mean + more * design.treated())
    one, other = (estimate_effect(each, design, smallest=0.2, deviation=1) for each in (plain, moved))
    assert other.estimate == pytest.approx(one.estimate + more, abs=1e-9)
    assert other.se == pytest.approx(one.se, rel=1e-6)
    for end in ("low", "high"):
        assert getattr(other.interval, end) == pytest.approx(getattr(one.interval, end) + more, abs=1e-9)


def test_order_of_the_rows_does_not_matter() -> None:
    design = a_design()
    one = a_measurement(design, 0.3)
    turned = Measured(one.teams[::-1], one.people[::-1], one.mean[::-1], one.variance[::-1])
    found = [estimate_effect(each, design, smallest=0.2, deviation=0.8) for each in (one, turned)]
    assert found[0] == found[1]


def test_six_teams_have_no_limits_and_say_why() -> None:
    effect = found_with(Kind.LOTTERY, 1.0, number=6)
    assert effect.p == pytest.approx(0.1)
    assert effect.interval == Interval(-np.inf, np.inf)
    said = " ".join(one.in_language("en") for one in (headline_of(effect), *sentences_of(effect)))
    assert "cannot be told" in said
    assert "Too little is known" in said
    assert "So few lots" in said
    assert "inf" not in said


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (an_effect(effect=0.6), "There is an effect"),
        (an_effect(effect=-0.6), "in the wrong direction"),
        (an_effect(), "No effect can be seen"),
    ],
)
def test_success_nothing_and_harm_are_said_as_plainly(effect: Effect, words: str) -> None:
    said = [headline_of(effect), *sentences_of(effect)]
    assert words in said[0].in_language("en")
    assert any("possible lots" in one.in_language("en") for one in said)
    assert not any("{" in one.in_language(language) for one in said for language in LANGUAGES)


def test_earlier_look_uses_only_what_was_known_then() -> None:
    design = a_design(waves=4)
    measurement = a_measurement(design, 0.3)
    early = estimate_effect(measurement, design, smallest=0.2, deviation=0.8, wave=1)
    known = estimate_effect(measurement.until(1), design, smallest=0.2, deviation=0.8, wave=1)
    assert early == known
    assert (early.wave, early.is_final) == (1, False)


def test_means_of_all_waves_since_the_start_count_together() -> None:
    design = a_design(waves=3)
    mean = np.full((12, 3), 3.0) + np.linspace(0, 1, 12)[:, None] + 0.01 * np.random.default_rng(1).normal(size=(12, 3))
    mean[:, 1] += 0.2 * design.treated()[:, 1]
    mean[:, 2] += 0.6 * design.treated()[:, 2]
    found = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=1)
    assert found.estimate == pytest.approx(0.4, abs=0.02)


def test_team_that_was_not_measured_after_is_left_out_and_said() -> None:
    design = a_design()
    mean = a_measurement(design, 0.3).mean
    mean[0, 1] = np.nan
    effect = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=0.8)
    assert effect.teams == 11
    assert "1 team was not measured" in " ".join(one.in_language("en") for one in effect.remarks)


def test_unequal_drop_out_takes_away_what_the_effect_can_say() -> None:
    design = a_design()
    one = a_measurement(design, 0.3)
    people = np.where(design.treated(), one.people * 0.6, one.people)
    effect = estimate_effect(Measured(one.teams, people, one.mean, one.variance), design, smallest=0.2, deviation=0.8)
    assert "60 % of the people" in effect.cannot_say[-1].in_language("en")


def test_scores_near_the_top_are_a_remark() -> None:
    design = a_design()
    high = measured(design, a_measurement(design, 0.1).mean + 1.5)
    effect = estimate_effect(high, design, smallest=0.2, deviation=0.8)
    assert any("little room to rise" in one.in_language("en") for one in effect.remarks)


def test_questions_that_were_not_answered_are_refused() -> None:
    design = a_design()
    one = a_measurement(design, 0.3)
    for changed, words in (({"wave": 2}, "no measurement 2"), ({"deviation": 0.0}, "no spread")):
        with pytest.raises(EffectCannotBeEstimated, match=words):
            estimate_effect(one, design, **({"smallest": 0.2, "deviation": 0.8} | changed))
    gone = np.where(design.treated()[:, 1:], np.nan, one.mean)
    with pytest.raises(EffectCannotBeEstimated, match="Fewer than two teams"):
        estimate_effect(measured(design, gone), design, smallest=0.2, deviation=0.8)
    invited = a_design(Kind.ENCOURAGEMENT, 16)
    with pytest.raises(EffectCannotBeEstimated, match="which teams began"):
        estimate_effect(a_measurement(invited, 0), invited, smallest=0.2, deviation=0.8)
    with pytest.raises(EffectCannotBeEstimated, match="Nothing was measured of team 12"):
        estimate_effect(one, a_design(number=13), smallest=0.2, deviation=0.8)


def test_teams_that_differ_in_nothing_say_nothing_about_how_sure_it_is() -> None:
    design = a_design(Kind.COMPARISON, 12)
    mean = np.asarray(3 + 0.5 * design.treated(), dtype=np.float64)
    with pytest.raises((EffectCannotBeEstimated, CannotBeFitted)):
        estimate_effect(measured(design, mean), design, smallest=0.2, deviation=0.8)


def test_invitation_that_half_follows_gives_the_effect_on_those_that_began_by_it() -> None:
    design = a_design(Kind.ENCOURAGEMENT, 40)
    invited = design.treated()[:, 1]
    began = invited & (np.arange(40) % 4 > 0)
    rng = np.random.default_rng(2)
    mean = np.column_stack([np.full(40, 3.0), 3 + 0.8 * began]) + rng.normal(0, 0.05, (40, 2))
    found = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=1, began=began.tolist())
    assert found.estimate == pytest.approx(0.8, abs=0.06)
    assert found.interval.low < 0.8 < found.interval.high
    one_followed = np.arange(40) == np.flatnonzero(invited)[0]
    nobody = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=1, began=one_followed.tolist())
    assert not nobody.has_limits


def test_stepped_start_read_in_other_ways_finds_an_effect_that_grows() -> None:
    design = a_design(Kind.STEPPED, 12, waves=5)
    rng = np.random.default_rng(4)
    mean = 3 + rng.normal(0, 0.3, (12, 1)) + 0.2 * design.exposure() + rng.normal(0, 0.02, (12, 5))
    found = stepped_readings(measured(design, mean), design, deviation=1)
    assert [one.estimate for one in found.by_time] == pytest.approx([0.2, 0.4, 0.6, 0.8], abs=0.03)
    assert found.average.estimate == pytest.approx(0.5, abs=0.03)
    assert found.by_groups is not None
    assert [one.value for one in found.by_groups.by if one.at >= 0] == pytest.approx([0.2, 0.4, 0.6], abs=0.05)
    assert found.same.estimate < found.average.estimate - 0.1
    effect = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=1)
    assert "grows or fades" in effect.remarks[0].in_language("en")


def test_readings_leave_out_what_needs_every_measurement() -> None:
    design = a_design(Kind.STEPPED, 8)
    mean = a_measurement(design, 0.3).mean
    mean[0, 2] = np.nan
    assert stepped_readings(measured(design, mean), design, deviation=1).by_groups is None
    effect = estimate_effect(measured(design, mean), design, smallest=0.2, deviation=0.8)
    assert effect.teams == 8


def test_reading_by_another_interval_keeps_the_estimate() -> None:
    effect = an_effect()
    other = effect.read_by(interval=Interval(-1, 1), p=None, tested_by=Basis.ANYTIME, remark=effect.label)
    assert other.estimate == effect.estimate
    assert (
        replace(other, interval=effect.interval, p=effect.p, tested_by=effect.tested_by, remarks=effect.remarks)
        == effect
    )
