"""The verdict: by the rule that was frozen, when the pilot is over, signed once by a researcher; bad news as plain as good."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from lerend.evidence.design.kinds import Kind
from lerend.evidence.verdict import Verdict as Outcome
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.pilots.domain.kept_looks import seen_in
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.domain.verdict_told import process_of, rule_of, told_verdict
from lerend_web.pilots.domain.verdicts import judged, sign_verdict, why_not_judge
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import IsFrozen, LogEntry, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.models import Wave
from tests.lerend_web.pilots.world import START, World, build, moment_at

pytestmark = pytest.mark.django_db

OVER = PilotState.FINISHED


def seen_pilot(wish: World, *looks: int) -> Pilot:
    pilot = build(wish).pilot
    for number in looks:
        look(pilot, number, at=moment_at(number))
    return pilot


def test_a_clear_effect_is_adopted_and_signed_with_the_reasons_in_both_languages() -> None:
    built = build(World(state=OVER, effect=0.8))
    look(built.pilot, 2, at=moment_at(2))
    researcher = built.here.people[ProgrammeRole.RESEARCHER]
    signed = sign_verdict(built.pilot, by=researcher, at=moment_at(2), note=" The summer was quiet. ")
    assert signed.verdict == Outcome.ADOPT
    assert all(set(one) == {"nl", "en"} for one in signed.why)
    assert AuditEntry.objects.filter(code="pilot.judged", actor=researcher.pk).count() == 1
    with override("en"):
        told = told_verdict(built.pilot)
    assert told is not None
    assert (told.why[0], told.note, told.by) == (
        "Adopt: it works well enough to go on with.",
        "The summer was quiet.",
        researcher.name,
    )


def test_harm_stops_it_as_plainly() -> None:
    found = judged(seen_pilot(World(state=OVER, effect=-0.8), 2))
    assert found.verdict is Outcome.STOP
    assert any("makes things worse" in one.en for one in found.why)


def test_nothing_found_is_not_adopted() -> None:
    assert judged(seen_pilot(World(state=OVER, effect=0.0, noise=0.2), 2)).verdict is not Outcome.ADOPT


def test_before_and_after_can_never_tell() -> None:
    found = judged(seen_pilot(World(state=OVER, kind=Kind.BEFORE_AFTER, effect=1.0, noise=0.02), 2))
    assert found.verdict is Outcome.CANNOT_TELL
    assert not any("effect" in one.en for one in found.why)


def test_what_was_not_carried_out_says_nothing_about_the_approach() -> None:
    pilot = seen_pilot(World(state=OVER, effect=0.0, noise=0.2), 2)
    team = pilot.teams.filter(start=1).first()
    assert team is not None
    LogEntry.objects.create(team=team, on=START, minutes=30, came=1, at=moment_at(0))
    found = judged(pilot)
    assert found.verdict is Outcome.ADAPT
    process = process_of(pilot, today=START)
    assert process.dose is not None
    assert process.dose < process.needs_dose


def test_it_comes_when_the_pilot_is_over_and_its_last_measurement_was_looked_at() -> None:
    pilot = seen_pilot(World(effect=0.0), 1)
    with pytest.raises(PilotRefused):
        judged(pilot)
    pilot.state = OVER
    pilot.save()
    assert why_not_judge(pilot) is not None
    look(pilot, 2, at=moment_at(2))
    assert why_not_judge(pilot) is None


def test_an_effect_that_was_clear_early_need_not_wait() -> None:
    pilot = seen_pilot(World(state=OVER, effect=1.5, companies=3, teams=6, noise=0.03, moments=3), 1)
    assert seen_in(pilot.effects.get()).clear
    assert judged(pilot).verdict is Outcome.ADOPT


def test_a_pilot_that_stopped_early_cannot_tell_and_says_why_it_stopped() -> None:
    pilot = seen_pilot(World(state=PilotState.STOPPED, measured=2, effect=0.1, noise=0.2), 1)
    pilot.stopped_why = "The oven broke."
    found = judged(pilot)
    assert found.verdict is Outcome.CANNOT_TELL
    assert not any("still running" in one.en for one in found.why)
    assert any("The oven broke." in one.nl for one in found.why)
    nothing = build(World(state=PilotState.STOPPED, measured=1, seed=2)).pilot
    assert judged(nothing).verdict is Outcome.CANNOT_TELL


def test_a_stopped_pilot_is_looked_at_once_more_where_something_was_measured() -> None:
    built = build(World(state=PilotState.STOPPED, measured=2))
    _gone(built.pilot, 1)
    assert why_not_judge(built.pilot) is None
    whole = build(World(state=PilotState.STOPPED, measured=2, seed=3), here=built.here).pilot
    assert why_not_judge(whole) is not None
    look(whole, 1, at=moment_at(1))
    assert why_not_judge(whole) is None


def test_a_finished_pilot_of_which_nothing_can_be_computed_is_not_stuck() -> None:
    pilot = build(World(state=OVER, measured=1)).pilot
    assert judged(pilot).verdict is Outcome.CANNOT_TELL


@pytest.mark.parametrize("role", [ProgrammeRole.COORDINATOR, ProgrammeRole.TEACHER])
def test_only_a_researcher_signs_and_only_once(role: Role) -> None:
    built = build(World(state=OVER))
    look(built.pilot, 2, at=moment_at(2))
    with pytest.raises(PilotRefused):
        sign_verdict(built.pilot, by=built.here.people[role], at=moment_at(2))
    researcher = built.here.people[ProgrammeRole.RESEARCHER]
    signed = sign_verdict(built.pilot, by=researcher, at=moment_at(2))
    with pytest.raises(PilotRefused):
        sign_verdict(built.pilot, by=researcher, at=moment_at(2))
    with pytest.raises(IsFrozen):
        signed.save()


def test_the_rule_is_said_with_its_own_numbers() -> None:
    pilot = build(World(smallest=0.25)).pilot
    with override("en"):
        said = " ".join(rule_of(pilot))
    assert "0.20 of a point is 80 %" in said
    assert "70 % of the sessions" in said


def test_what_a_comparison_cannot_decide_stands_in_its_rule() -> None:
    with override("en"):
        comparison = " ".join(rule_of(build(World(kind=Kind.COMPARISON)).pilot))
        before_after = rule_of(build(World(kind=Kind.BEFORE_AFTER, seed=2)).pilot)
    assert "run once more with a lot" in comparison
    assert len(before_after) == 1


def _gone(pilot: Pilot, number: int) -> None:
    """No round of this measurement was ever closed."""
    Wave.objects.filter(measures__pilot=pilot, measures__number=number).delete()
