"""What fits a bottleneck, what does not, and why; in an order that people can check."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.diagnosis.result import UnitDiagnosis, UnitLevel
from lerend.disclosure.cells import Extreme
from lerend.interventions.catalogue import (
    Agreement,
    CircumstanceCondition,
    FactorCondition,
    Grade,
    Intervention,
    Kind,
    Level,
    SameView,
)
from lerend.interventions.judging import Context, Verdict
from lerend.interventions.matching import Advice, Match, Matching, Miss, Use, matches_for, use_of
from lerend.interventions.packaged import packaged_catalogue
from lerend.wording import LANGUAGES
from tests.lerend.interventions.units import MODEL, WORD, catalogue_of, entry_of, gap, unit_of

SAFETY, SUPPORT, VARIETY = "psychological_safety", "supervisor_support", "task_completeness_variety"
NEEDS_SUPPORT = FactorCondition(SUPPORT, 3.0, None, WORD)
PACKAGED = packaged_catalogue()
RANKED = tuple(factor.id for factor in MODEL.factors if factor.ranked and factor.measured)


def fitting(matching: Matching) -> list[str]:
    return [match.intervention.id for match in matching.fits]


def matched(*entries: Intervention, unit: UnitDiagnosis | None = None, context: Context | None = None) -> Matching:
    unit = unit or unit_of({}, (SAFETY,))
    return matches_for(unit, catalogue_of(*entries), MODEL, context=context)


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        ((3.2, 3.6), Verdict.MET),
        ((3.0, 3.6), Verdict.MET),
        ((2.8, 3.4), Verdict.CANNOT_TELL),
        ((2.2, 2.9), Verdict.NOT_MET),
        (Extreme.VERY_HIGH, Verdict.MET),
        (Extreme.VERY_LOW, Verdict.NOT_MET),
        (None, Verdict.CANNOT_TELL),
    ],
)
def test_what_it_needs_of_a_factor_is_judged_by_the_whole_interval(
    score: tuple[float, float] | Extreme | None, verdict: Verdict
) -> None:
    found = matched(entry_of(needs=[NEEDS_SUPPORT]), unit=unit_of({SUPPORT: score}, (SAFETY,)))
    (check,) = (found.fits or found.does_not_fit)[0].checks
    assert check.verdict is verdict
    assert bool(found.fits) == (verdict is not Verdict.NOT_MET)


def test_at_most_is_the_other_way_round() -> None:
    need = FactorCondition("workload", None, 3.5, WORD)
    for score, verdict in (((3.0, 3.4), Verdict.MET), ((3.6, 4.0), Verdict.NOT_MET), (Extreme.VERY_LOW, Verdict.MET)):
        found = matched(entry_of(needs=[need]), unit=unit_of({"workload": score}, (SAFETY,)))
        assert (found.fits or found.does_not_fit)[0].checks[0].verdict is verdict


def test_what_is_not_shown_is_asked_about_first_and_never_guessed() -> None:
    found = matched(entry_of(needs=[NEEDS_SUPPORT]), unit=unit_of({SUPPORT: None}, (SAFETY,)))
    assert not found.fits[0].is_certain
    assert "cannot show that here" in found.fits[0].look_first[0].sentence.in_language("en")


def test_a_circumstance_is_so_not_so_or_unknown() -> None:
    entry = entry_of(needs=[CircumstanceCondition("paid_time", WORD)])
    assert matched(entry, context=Context({"paid_time": True})).fits[0].is_certain
    assert not matched(entry).fits[0].is_certain
    (miss,) = matched(entry, context=Context({"paid_time": False})).does_not_fit
    assert "There is time." in miss.reason.in_language("en")


def test_a_warning_never_keeps_an_intervention_away() -> None:
    warning = replace(NEEDS_SUPPORT, must=False)
    (match,) = matched(entry_of(needs=[warning]), unit=unit_of({SUPPORT: (1.5, 2.0)}, (SAFETY,))).fits
    assert match.is_certain
    assert [check.verdict for check in match.look_first] == [Verdict.NOT_MET]


def test_where_management_sees_it_better_a_talk_comes_first() -> None:
    entry = entry_of(needs=[SameView(SAFETY, WORD)])
    apart = unit_of({}, (SAFETY,), gaps=[gap(SAFETY, 0.8)])
    assert matched(entry, unit=apart).does_not_fit
    assert "Begin with a talk" in matched(entry, unit=apart).about(SAFETY).notes[0].in_language("en")
    for other in (gap(SAFETY, 0.8, can_be_chance=True), gap(SAFETY, -0.8)):
        assert matched(entry, unit=unit_of({}, (SAFETY,), gaps=[other])).fits[0].is_certain
    assert not matched(entry).fits[0].is_certain


def test_an_agreement_is_listed_and_decides_nothing() -> None:
    (match,) = matched(entry_of(needs=[Agreement(WORD)])).fits
    assert match.is_certain
    assert len(match.look_first) == 1


def test_a_team_is_not_offered_what_only_the_company_can_choose() -> None:
    entry = entry_of(level=Level.ORGANISATION)
    team = unit_of({}, (SAFETY,), level=UnitLevel.TEAM)
    (miss,) = matched(entry, unit=team).does_not_fit
    assert "whole company" in miss.reason.in_language("en")
    assert matched(entry).fits


def test_proven_and_cheap_comes_first_and_last_what_only_practice_speaks_for() -> None:
    entries = [
        entry_of("practice", grade=Grade.D, rank=1),
        entry_of("weak", grade=Grade.C, rank=1),
        entry_of("costly", grade=Grade.A, rank=5),
        entry_of("mixed", grade=Grade.A, mixed=True, rank=2),
        entry_of("unsure", needs=[CircumstanceCondition("paid_time", WORD)]),
        entry_of("dearer", rank=3),
        entry_of("proven"),
        entry_of("best", grade=Grade.A),
    ]
    assert fitting(matched(*entries)) == ["best", "proven", "dearer", "unsure", "costly", "mixed", "weak", "practice"]


def test_cost_does_not_decide_where_the_work_itself_is_at_fault() -> None:
    entries = [
        entry_of("course", targets=[VARIETY], grade=Grade.B, rank=1),
        entry_of("redesign", targets=[VARIETY], grade=Grade.A, rank=5, level=Level.JOB),
    ]
    found = matched(*entries, unit=unit_of({}, (VARIETY,)))
    assert fitting(found) == ["redesign", "course"]
    assert "A course alone does not mend that" in found.about(VARIETY).notes[0].in_language("en")


@pytest.mark.parametrize(
    ("grades", "advice"),
    [
        ([Grade.B], Advice.SOLUTION),
        ([Grade.C, Grade.D], Advice.TRY),
        ([Grade.D], Advice.PILOT),
        ([], Advice.PILOT),
    ],
)
def test_nothing_fits_is_an_answer(grades: list[Grade], advice: Advice) -> None:
    entries = [entry_of(f"e{place}", grade=grade) for place, grade in enumerate(grades)]
    about = matched(*entries).about(SAFETY)
    assert about.advice is advice
    assert any("Set up a pilot" in note.in_language("en") for note in about.notes) == (advice is Advice.PILOT)


def test_mixed_evidence_is_tried_and_not_taken_as_a_solution() -> None:
    found = matched(entry_of(grade=Grade.A, mixed=True))
    assert found.fits[0].use is Use.TRY
    assert found.about(SAFETY).advice is Advice.TRY


def test_first_steps_stand_beside_every_answer_and_are_no_solution() -> None:
    first = entry_of("first", targets=(), kind=Kind.FIRST_STEP)
    found = matched(first)
    assert found.first_steps == (first,)
    assert fitting(found) == []


def test_a_proven_solution_of_known_and_sufficient_size_is_applied_else_watched() -> None:
    assert use_of(PACKAGED.intervention("team_debrief")) is Use.APPLY
    assert use_of(PACKAGED.intervention("one_to_one_needs_talks")) is Use.WATCH
    assert use_of(PACKAGED.intervention("safety_workshop")) is Use.TRY


def test_a_theme_that_people_chose_is_matched_too() -> None:
    found = matches_for(unit_of({}), PACKAGED, MODEL, factors=("peer_feedback_reflection",))
    assert "team_debrief" in fitting(found)
    assert matches_for(unit_of({}), PACKAGED, MODEL).fits == ()


def test_feedback_training_is_not_offered_to_an_unsafe_team() -> None:
    scores = {SAFETY: (1.8, 2.6), SUPPORT: (3.2, 3.9)}
    found = matches_for(unit_of(scores, ("peer_feedback_reflection",)), PACKAGED, MODEL)
    assert "task_feedback_training" in [miss.intervention.id for miss in found.does_not_fit]
    assert fitting(found)[0] == "team_debrief"


def test_every_sentence_can_be_said_in_both_languages() -> None:
    unit = unit_of({SUPPORT: (2.0, 2.4), SAFETY: (2.8, 3.3)}, RANKED, gaps=[gap("learning_role_models", 0.7)])
    found = matches_for(unit, PACKAGED, MODEL, context=Context({"tasks_may_combine": False}))
    for language in LANGUAGES:
        every: list[Match | Miss] = [*found.fits, *found.does_not_fit]
        for one in every:
            said = [one.reason, *(check.sentence for check in one.checks)]
            assert all("{" not in each.in_language(language) for each in said)


scores = st.tuples(st.integers(10, 50), st.integers(0, 12)).map(
    lambda pair: (max(1.0, (pair[0] - pair[1]) / 10), min(5.0, (pair[0] + pair[1]) / 10))
)
some_scores = st.dictionaries(
    st.sampled_from(MODEL.scales), st.one_of(scores, st.none(), st.sampled_from(Extreme)), max_size=24
)
some_circumstances = st.dictionaries(st.sampled_from([one.id for one in PACKAGED.circumstances]), st.booleans())
some_bottlenecks = st.lists(st.sampled_from(RANKED), min_size=1, max_size=5, unique=True)
levels = st.sampled_from(UnitLevel)


@given(some_scores, some_circumstances, some_bottlenecks, levels)
def test_nothing_among_the_fits_misses_what_it_cannot_do_without(
    said: dict[str, tuple[float, float] | Extreme | None],
    so: dict[str, bool],
    bottlenecks: list[str],
    level: UnitLevel,
) -> None:
    found = matches_for(unit_of(said, bottlenecks, level=level), PACKAGED, MODEL, context=Context(so))
    assert not any(check.blocks for match in found.fits for check in match.checks)
    assert all(not miss.checks or any(check.blocks for check in miss.checks) for miss in found.does_not_fit)
    for factor in bottlenecks:
        both = [match.intervention.id for match in found.fits_for(factor)]
        both += [miss.intervention.id for miss in found.misses_for(factor)]
        assert sorted(both) == sorted(entry.id for entry in PACKAGED.targeting(factor))


@given(scores, st.floats(0, 2), st.sampled_from(RANKED))
def test_a_higher_score_on_what_it_needs_never_takes_a_fit_away(
    said: tuple[float, float], more: float, bottleneck: str
) -> None:
    needed = [factor for factor in RANKED if factor != bottleneck]
    higher = (min(5.0, said[0] + more), min(5.0, said[1] + more))
    before, after = (
        matches_for(unit_of(dict.fromkeys(needed, score), (bottleneck,)), PACKAGED, MODEL) for score in (said, higher)
    )
    assert set(fitting(before)) <= set(fitting(after))


@given(some_scores, some_circumstances, st.sampled_from(RANKED), scores)
def test_more_room_on_the_bottleneck_itself_never_turns_a_fit_into_a_miss(
    said: dict[str, tuple[float, float] | Extreme | None],
    so: dict[str, bool],
    bottleneck: str,
    score: tuple[float, float],
) -> None:
    lower = (max(1.0, score[0] - 1), max(1.0, score[1] - 1))
    before, after = (
        matches_for(unit_of({**said, bottleneck: each}, (bottleneck,)), PACKAGED, MODEL, context=Context(so))
        for each in (score, lower)
    )
    assert fitting(before) == fitting(after)


@given(some_scores, some_circumstances, some_bottlenecks)
def test_asking_what_is_unknown_never_adds_an_offer(
    said: dict[str, tuple[float, float] | Extreme | None], so: dict[str, bool], bottlenecks: list[str]
) -> None:
    unit = unit_of(said, bottlenecks)
    unknown = matches_for(unit, PACKAGED, MODEL)
    known = matches_for(unit, PACKAGED, MODEL, context=Context(so))
    assert set(fitting(known)) <= set(fitting(unknown))
