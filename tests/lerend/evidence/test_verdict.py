from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Effect, probability_above
from lerend.evidence.verdict import Fidelity, Judgement, Verdict, VerdictRule, judge
from lerend.statistics.interval import Interval
from lerend.wording import LANGUAGES
from tests.lerend.evidence.pilots import an_effect

DONE = Fidelity(dose=0.9, reach=0.8, core_kept=True)
RULE = VerdictRule()


def found(estimate: float, se: float, kind: Kind = Kind.LOTTERY, **changed: Any) -> Effect:
    """An effect with these numbers, tested by t with 20 degrees of freedom."""
    reach = 2.086 * se
    effect = an_effect(
        kind,
        estimate=estimate,
        se=se,
        df=20.0,
        interval=Interval(estimate - reach, estimate + reach),
        worth=probability_above(0.2, estimate, se, 20),
        above_zero=probability_above(0, estimate, se, 20),
    )
    return replace(effect, **changed)


def reasons(judgement: Judgement) -> str:
    return " ".join(reason.in_language("en") for reason in judgement.reasons)


@pytest.mark.parametrize(
    ("effect", "fidelity", "verdict", "words"),
    [
        (found(0.6, 0.15), DONE, Verdict.ADOPT, "worth having"),
        (found(0.6, 0.15), replace(DONE, dose=0.4), Verdict.ADOPT, "describe it as it was really done"),
        (found(0.6, 0.15), replace(DONE, core_kept=False), Verdict.ADAPT, "another approach"),
        (found(0.6, 0.15, Kind.COMPARISON), DONE, Verdict.ADAPT, "not drawn by lot"),
        (found(0.22, 0.05), DONE, Verdict.ADAPT, "too small to be worth it"),
        (found(0.15, 0.2), DONE, Verdict.CANNOT_TELL, "none at all"),
        (found(0.0, 0.1), DONE, Verdict.STOP, "unlikely"),
        (found(0.0, 0.1), replace(DONE, dose=0.4), Verdict.ADAPT, "little about the approach"),
        (found(0.0, 0.1), replace(DONE, reach=0.4), Verdict.ADAPT, "people meant"),
        (found(-0.4, 0.15), DONE, Verdict.STOP, "makes things worse"),
        (found(-0.4, 0.15), replace(DONE, dose=0.1), Verdict.STOP, "makes things worse"),
        (found(0.1, 0.2, wave=1, last_wave=2), DONE, Verdict.CANNOT_TELL, "still running"),
        (found(-0.25, 0.15, wave=1, last_wave=2), DONE, Verdict.CANNOT_TELL, "still running"),
        (found(-0.6, 0.15, wave=1, last_wave=2), DONE, Verdict.STOP, "makes things worse"),
        (found(2, 0.1, Kind.BEFORE_AFTER), DONE, Verdict.CANNOT_TELL, "nothing to compare"),
    ],
)
def test_verdict_follows_the_rule(effect: Effect, fidelity: Fidelity, verdict: Verdict, words: str) -> None:
    judgement = judge(effect, fidelity, RULE)
    assert judgement.verdict is verdict
    assert words in reasons(judgement)
    assert judgement.effect == effect.digest
    for message in (judgement.headline, *judgement.reasons):
        assert not any("{" in message.in_language(language) for language in LANGUAGES)


def test_comparison_may_be_enough_where_that_was_agreed_on_before() -> None:
    effect = found(0.6, 0.15, Kind.COMPARISON)
    assert judge(effect, DONE, replace(RULE, accept_comparison=True)).verdict is Verdict.ADOPT


def test_without_a_log_that_is_said() -> None:
    assert "Nobody kept a log" in reasons(judge(found(0.6, 0.15), Fidelity(), RULE))


def test_effect_without_limits_is_never_adopted() -> None:
    effect = found(0.6, 0.1, interval=Interval(-np.inf, np.inf))
    judgement = judge(effect, DONE, RULE)
    assert judgement.verdict is Verdict.CANNOT_TELL
    assert "without limits" in reasons(judgement)
    assert "inf" not in reasons(judgement)


def test_six_teams_cannot_end_in_adopting() -> None:
    for effect in (0.5, 1.0, 3.0):
        assert judge(an_effect(effect=effect, number=6), DONE, RULE).verdict is Verdict.CANNOT_TELL


@given(st.floats(-1, 1), st.floats(0.02, 0.6), st.sampled_from(Kind))
def test_adopting_takes_a_comparison_limits_above_nothing_and_a_good_chance(
    estimate: float, se: float, kind: Kind
) -> None:
    effect = found(estimate, se, kind)
    verdict = judge(effect, DONE, RULE).verdict
    firm = kind not in {Kind.COMPARISON, Kind.BEFORE_AFTER}
    assert (verdict is Verdict.ADOPT) == (firm and effect.interval.low > 0 and effect.worth >= RULE.sure)


@given(st.floats(0.05, 0.4), st.floats(0, 0.5))
def test_larger_effect_never_gets_a_worse_verdict(se: float, estimate: float) -> None:
    order = [Verdict.STOP, Verdict.CANNOT_TELL, Verdict.ADAPT, Verdict.ADOPT]
    places = [order.index(judge(found(size, se), DONE, RULE).verdict) for size in (-estimate, estimate, estimate + 0.3)]
    assert places == sorted(places)


def test_other_smallest_effect_than_that_of_the_effect_is_worked_out_again() -> None:
    effect = found(0.6, 0.15)
    assert judge(effect, DONE, replace(RULE, smallest=0.6)).verdict is Verdict.ADAPT


def test_digest_changes_with_every_number_of_the_rule() -> None:
    rules = [RULE, replace(RULE, sure=0.9), replace(RULE, harm=0.95), replace(RULE, accept_comparison=True)]
    assert len({rule.digest for rule in rules}) == len(rules)
    assert VerdictRule().digest == RULE.digest


@pytest.mark.parametrize("wrong", [{"smallest": 0.0}, {"sure": 1.2}, {"unlikely": 0.9}])
def test_rule_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a rule has"):
        VerdictRule(**wrong)
