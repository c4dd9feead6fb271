from __future__ import annotations

import pytest

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.effects.effect import Basis, Effect
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.looks.looking import LookPlan, look_anytime, look_at, plan_looks
from lerend.evidence.looks.spending import bounds
from lerend.wording import LANGUAGES
from tests.lerend.evidence.pilots import a_design, a_measurement, an_effect


def seen_at(wave: int, effect: float, *, number: int = 30) -> tuple[Effect, PilotDesign]:
    design = a_design(number=number, waves=4)
    found = estimate_effect(a_measurement(design, effect), design, smallest=0.2, deviation=0.8, wave=wave)
    return found, design


def test_information_grows_to_the_end_and_bounds_follow_it() -> None:
    plan = plan_looks(a_design(number=30, waves=4))
    assert plan.waves == (1, 2, 3)
    assert list(plan.fractions) == sorted(plan.fractions)
    assert plan.fractions[-1] == 1
    assert plan.bounds == bounds(plan.fractions)
    assert [one.p for one in plan.bounds] == sorted(one.p for one in plan.bounds)


def test_stepped_start_has_a_look_after_each_step() -> None:
    plan = plan_looks(a_design(Kind.STEPPED, 12))
    assert plan.waves == (1, 2, 3)
    assert plan.fractions[0] < plan.fractions[1] < 1


def test_before_the_end_there_is_no_p_and_a_wider_interval() -> None:
    effect, design = seen_at(1, 0.1)
    look = look_at(effect, plan_looks(design))
    assert effect.p is not None
    assert look.effect.p is None
    assert look.effect.interval.low < effect.interval.low < effect.interval.high < look.effect.interval.high
    assert not look.clear
    assert "wide on purpose" in look.sentence.in_language("en")
    assert look.effect.remarks[-1] == look.sentence


def test_clear_effect_may_stop_early_and_then_its_interval_leaves_out_nothing() -> None:
    effect, design = seen_at(2, 0.8)
    look = look_at(effect, plan_looks(design))
    assert look.clear
    assert look.effect.interval.low > 0
    assert (look.number, look.of) == (2, 3)


def test_harm_is_seen_early() -> None:
    effect, design = seen_at(2, -0.5)
    look = look_at(effect, plan_looks(design))
    assert look.harm
    assert "harm" in look.sentence.in_language("en")


def test_last_look_gives_p_again() -> None:
    effect, design = seen_at(3, 0.3)
    look = look_at(effect, plan_looks(design))
    assert look.effect.p == effect.p
    assert look.bound.p < 0.05


def test_few_teams_are_judged_by_their_lots_at_every_look() -> None:
    effect, design = seen_at(1, 0.8, number=12)
    plan = plan_looks(design)
    look = look_at(effect, plan)
    assert effect.tested_by is Basis.LOT
    assert effect.by_lot is not None
    assert look.effect.interval == effect.by_lot.interval(1 - plan.bounds[0].p)
    assert not look.clear


def test_looks_that_slip_keep_what_was_spent() -> None:
    plan = plan_looks(a_design(number=30, waves=4))
    later = plan.slipped(1, [3], [1.0])
    assert later.waves == (1, 3)
    assert later.bounds[0] == plan.bounds[0]
    assert later.bounds[-1].p > plan.bounds[-1].p


def test_looks_outside_the_plan_are_refused() -> None:
    effect, design = seen_at(1, 0.3)
    with pytest.raises(ValueError, match="no look at this wave"):
        look_at(effect, plan_looks(design, waves=[2, 3]))
    with pytest.raises(ValueError, match="no effect to look at"):
        plan_looks(a_design(Kind.BEFORE_AFTER))
    with pytest.raises(ValueError, match="wave of its own"):
        LookPlan((1, 1), (0.5, 1.0))


def test_pulses_without_an_end_have_an_interval_that_always_holds() -> None:
    effect = an_effect(effect=0.6, number=30)
    found = look_anytime(effect)
    assert found.tested_by is Basis.ANYTIME
    assert found.interval.low < effect.interval.low < effect.interval.high < found.interval.high
    assert found.p is not None
    assert effect.p is not None
    assert found.p > effect.p
    assert "however often" in found.remarks[-1].in_language("en")


def test_too_few_teams_for_that_say_so() -> None:
    found = look_anytime(an_effect(number=6), prior=1000)
    assert not found.has_limits
    assert "Too little is known" in found.remarks[-1].in_language("en")


@pytest.mark.parametrize(("wave", "effect"), [(1, 0.0), (2, 0.8), (2, -0.5), (3, 0.3)])
def test_every_look_can_be_read_in_both_languages(wave: int, effect: float) -> None:
    found, design = seen_at(wave, effect)
    sentence = look_at(found, plan_looks(design)).sentence
    assert not any("{" in sentence.in_language(language) for language in LANGUAGES)
