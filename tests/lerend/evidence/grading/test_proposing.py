from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.grading.finished import Comparison, FinishedPilot, by_company
from lerend.evidence.grading.literature import UNKNOWN, Grade, published
from lerend.evidence.grading.proposing import GradeProposal, propose
from lerend.evidence.grading.standing import Contradiction
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.problems import EffectsAreWrong
from tests.lerend.evidence.grading.finished_pilots import TODAY, finished, row_of

LIKELY = published(Grade.B, 0.6)


def proposed(
    pilot: FinishedPilot, earlier: Sequence[FinishedPilot] = (), grade: Grade = Grade.C, prior: Prior = LIKELY
) -> GradeProposal:
    return propose(pilot, earlier, grade=grade, prior=prior, today=TODAY)


def said(proposal: GradeProposal) -> str:
    return " ".join(reason.in_language("en") for reason in proposal.reasons)


def width(proposal: GradeProposal) -> tuple[float, float]:
    before, after = proposal.before.interval, proposal.after.interval
    return before.high - before.low, after.high - after.low


def test_a_pilot_in_line_moves_the_effect_and_narrows_the_interval() -> None:
    told = proposed(finished(0.35, 3), row_of(0.3, 0.28))
    before, after = width(told)
    assert after < before
    assert told.after.companies == told.before.companies + 1
    assert told.after.prior_share < told.before.prior_share
    assert not told.contradicts


def test_two_companies_with_lots_raise_c_to_b_and_one_does_not() -> None:
    first = proposed(finished(0.4, 0))
    assert first.after.grade is Grade.C
    assert "independent pilots in two companies in which lots were drawn" in said(first)
    second = proposed(finished(0.4, 1), [finished(0.4, 0)])
    assert second.after.grade is Grade.B
    assert said(second).startswith("From C to B")
    assert second.moves


def test_five_companies_with_lots_raise_b_to_a() -> None:
    earlier = row_of(0.4, 0.45, 0.4, 0.35)
    assert proposed(finished(0.4, 9), earlier[:3], Grade.B).after.grade is Grade.B
    assert proposed(finished(0.4, 9), earlier, Grade.B).after.grade is Grade.A


def test_a_grade_moves_one_step_at_a_time() -> None:
    assert proposed(finished(0.4, 9), row_of(*[0.4] * 7), Grade.D).after.grade is Grade.C


def test_a_comparison_without_lots_raises_no_further_than_c() -> None:
    earlier = [finished(0.4, place, comparison=Comparison.OTHERS) for place in range(6)]
    last = finished(0.4, 9, comparison=Comparison.OTHERS)
    assert proposed(last, earlier[:1], Grade.D).after.grade is Grade.C
    assert proposed(last, earlier, Grade.C).after.grade is Grade.C


def test_a_contradicting_pilot_costs_a_grade_and_widens_the_interval_with_the_reason() -> None:
    told = proposed(finished(-0.3, 9, error=0.1), row_of(0.3, 0.35), Grade.B)
    before, after = width(told)
    assert told.contradicts
    assert told.after.grade is Grade.C
    assert after >= 1.1 * before - 1e-12
    assert told.after.interval.low <= told.before.interval.low
    assert "From B to C: The pilot p9 found harm: −0.30" in said(told)
    assert "the interval becomes wider" in said(told)


def test_how_it_contradicts_is_said_as_it_is() -> None:
    earlier = row_of(0.3, 0.35)
    not_enough = proposed(finished(-0.02, 9, error=0.07), earlier, Grade.B)
    assert not_enough.contradiction is Contradiction.NOT_ENOUGH
    assert "where at least 0.15 was likely" in said(not_enough)
    surprise = proposed(finished(-0.25, 9, error=0.2), earlier, Grade.B)
    assert surprise.contradiction is Contradiction.SURPRISE
    assert "far less than was expected" in said(surprise)
    assert proposed(finished(0.1, 9, error=0.2), earlier, Grade.B).contradiction is None


def test_below_d_nothing_can_be_lost_but_the_interval_still_widens() -> None:
    told = proposed(finished(-0.3, 9, error=0.1), row_of(0.3, 0.35), Grade.D)
    before, after = width(told)
    assert told.after.grade is Grade.D
    assert after >= 1.1 * before - 1e-12
    assert "The grade is D already" in said(told)


def test_what_was_signed_is_where_the_next_proposal_begins() -> None:
    """Also after a contradiction: the wider interval is still there when the next pilot finishes."""
    earlier = row_of(0.3, 0.35)
    against = finished(-0.3, 4, error=0.1)
    first = proposed(against, earlier, Grade.B)
    second = proposed(finished(0.3, 9), [*earlier, against], first.after.grade)
    assert second.before == first.after


def test_pilots_that_together_do_not_find_it_cost_a_grade_though_none_contradicts() -> None:
    low = published(Grade.B, 0.2)
    earlier = row_of(0.02, 0.0, 0.01, 0.0, -0.02, 0.01, error=0.1)
    told = proposed(finished(0.0, 9, error=0.1), earlier, Grade.B, low)
    assert not told.contradicts
    assert told.after.grade is Grade.C
    assert "after pilots in 7 companies the chance that it helps enough on average is" in said(told)


def test_companies_that_differ_keep_the_grade_from_rising() -> None:
    told = proposed(finished(0.9, 9), row_of(-0.5, 0.9, -0.4, 0.8), Grade.C, UNKNOWN)
    assert told.after.mixed
    assert told.after.grade is not Grade.B
    assert "Companies differ" in said(told) or told.contradicts


@pytest.mark.parametrize(
    ("pilot", "reason"),
    [
        (finished(0.9, 9, comparison=Comparison.BEFORE), "compares people with themselves before"),
        (finished(0.9, 9, same_outcome=False), "measured something else"),
        (finished(0.9, 9, days_ago=3700), "ended more than 10 years ago"),
    ],
)
def test_what_does_not_count_changes_nothing_and_says_why(pilot: FinishedPilot, reason: str) -> None:
    told = proposed(pilot, row_of(0.3, 0.35))
    assert told.after == told.before
    assert reason in said(told)
    assert [each.pilot for each in told.not_counted] == ["p9"]


def test_old_pilots_fall_out_of_the_effect() -> None:
    old = [finished(-0.5, place, days_ago=3700 + place) for place in range(3)]
    told = proposed(finished(0.4, 9), old)
    assert told.before.companies == 0
    assert len(told.not_counted) == 3


def test_what_the_maker_judged_counts_less_and_cannot_raise_the_grade() -> None:
    own, others = finished(0.4, 1, independent=False), finished(0.4, 1)
    by_maker, by_others = proposed(own, [finished(0.4, 0)]), proposed(others, [finished(0.4, 0)])
    assert by_maker.after.grade is Grade.C
    assert by_others.after.grade is Grade.B
    assert by_maker.after.prior_share > by_others.after.prior_share
    assert "cannot raise the grade" in said(by_maker)


def test_a_pilot_that_was_hardly_done_counts_all_the_same_and_it_is_said() -> None:
    little, whole = proposed(finished(0.0, 9, done=0.3)), proposed(finished(0.0, 9))
    assert little.after == whole.after
    assert "30% was done. It counts all the same" in said(little)


def test_pilots_of_one_company_are_one_witness() -> None:
    twice = [finished(0.3, 0, company="same"), finished(0.5, 1, company="same")]
    (one,) = by_company(twice)
    # As unsure as the surer of both: had they been independent, the doubt would have been smaller by a root of two.
    assert one.value == pytest.approx(0.4)
    assert one.standard_error == pytest.approx(0.15 * (12 / 10) ** 0.5)
    told = proposed(finished(0.4, 2, company="same"), twice)
    assert told.after.companies == 1
    assert told.after.grade is Grade.C


def test_published_size_is_said_to_count_for_half_with_what_it_still_carries() -> None:
    told = proposed(finished(0.4, 0))
    assert "Published effects count for half" in said(told)
    assert f"{round(100 * told.after.prior_share)}% of the mean" in said(told)
    assert "begin from a guess of ours: small and very unsure" in said(proposed(finished(0.4, 0), prior=UNKNOWN))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.floats(-0.6, 0.9), min_size=1, max_size=3),
    st.floats(-0.9, 0.9),
    st.sampled_from(list(Grade)),
)
def test_laws_of_a_proposal(values: list[float], last: float, grade: Grade) -> None:
    earlier = row_of(*values)
    told = proposed(finished(last, 9), earlier, grade)
    again = proposed(finished(last, 9), list(reversed(earlier)), grade)
    assert again == told
    order = list(Grade)
    assert abs(order.index(told.after.grade) - order.index(grade)) <= 1
    if told.contradicts:
        before, after = width(told)
        assert after >= 1.1 * before - 1e-9
        assert told.after.grade is grade.one_down


def test_pilots_of_another_approach_or_twice_are_refused() -> None:
    other = FinishedPilot(PilotEffect("x", 0.1, 0.1, None, "c", "other"), Comparison.DRAWN, TODAY)
    with pytest.raises(EffectsAreWrong, match="another approach"):
        proposed(finished(0.4, 9), [other])
    with pytest.raises(EffectsAreWrong, match="there twice"):
        proposed(finished(0.4, 9), [finished(0.4, 9)])
