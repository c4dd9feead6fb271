"""The log of a pilot is written by whoever has the code of a team, who reads nothing; and what it says of the dose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lerend.evidence.design.kinds import Kind
from lerend.evidence.verdict import Fidelity
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.pilots.domain.dose import doses_of
from lerend_web.pilots.domain.log import MOST_A_DAY, LogIsFull, Session, fidelity_of, strike_session, write_session
from lerend_web.pilots.domain.log_checks import Quality, remarks_on
from lerend_web.pilots.domain.log_codes import NoLog, code_of, renew_code, team_behind
from lerend_web.pilots.domain.process import process_of
from lerend_web.pilots.domain.running import stop
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogCode, LogEntry, Pilot, PilotTeam
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.carrying import PEOPLE, STARTED, code, day, moment, running, teams_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def pilot(here: Place) -> Pilot:
    return running(here)


@pytest.fixture
def team(pilot: Pilot) -> PilotTeam:
    return teams_of(pilot)[0]


def session(**what: Any) -> Session:
    return replace(Session(on=day(1), minutes=45, came=10), **what)


def qualities(pilot: Pilot, weeks: float) -> dict[str, list[Quality]]:
    found = dict[str, list[Quality]]()
    for one in remarks_on(pilot, on=day(weeks)):
        found.setdefault(f"{one.organisation}/{one.team}", []).append(one.quality)
    return found


def test_whoever_has_the_code_writes_a_line(pilot: Pilot, team: PilotTeam) -> None:
    typed = code(team).lower().replace("-", " ")
    write_session(code=typed, session=session(leader_came=True, changed="Shorter"), at=moment(day(1)))
    line = LogEntry.objects.get()
    assert (line.team, line.on, line.minutes, line.came, line.leader_came) == (team, day(1), 45, 10, True)
    assert (line.faithful, line.changed) == (Faithful.AS_PLANNED, "Shorter")
    entry = AuditEntry.objects.get(code="pilot.session_logged")
    assert (entry.actor, entry.subject, entry.organisation) == (None, pilot.key, team.organisation_id)


def test_codes_differ_and_stand_in_no_row(pilot: Pilot) -> None:
    codes = {code(one) for one in teams_of(pilot)}
    assert len(codes) == len(teams_of(pilot)) > 1
    kept = b"".join(bytes(one) for one in LogCode.objects.values_list("code_hash", flat=True))
    assert not [one for one in codes if one.replace("-", "").encode() in kept]


@pytest.mark.parametrize("wrong", ["", "0000-0000-00000", "x" * 500, "\0"])
def test_a_wrong_code_is_like_an_unknown_one(pilot: Pilot, wrong: str) -> None:
    with pytest.raises(NoLog):
        write_session(code=wrong, session=session(), at=moment(day(1)))
    assert not LogEntry.objects.exists()


def test_after_the_end_a_code_is_unknown(pilot: Pilot, team: PilotTeam) -> None:
    stop(pilot=pilot, why="Enough", by=None, at=moment(day(1)))
    with pytest.raises(NoLog):
        write(team, 1)


def test_a_new_code_makes_the_old_one_unknown(here: Place, team: PilotTeam) -> None:
    old = code(team)
    new = renew_code(team=team, by=here.people[ProgrammeRole.COORDINATOR], at=moment(day(1)))
    assert team_behind(code_of(new)) == team
    with pytest.raises(NoLog):
        team_behind(old)


@pytest.mark.parametrize("role", [ProgrammeRole.TEACHER, OrganisationRole.TEAM_LEADER, OrganisationRole.WORKS_COUNCIL])
def test_others_renew_no_code_and_strike_no_line(here: Place, team: PilotTeam, role: Role) -> None:
    write(team, 1)
    with pytest.raises(PilotRefused):
        renew_code(team=team, by=here.people[role], at=moment(day(1)))
    with pytest.raises(PilotRefused):
        strike_session(entry=LogEntry.objects.get(), by=here.people[role], at=moment(day(1)))
    assert LogEntry.objects.count() == 1


def test_the_contact_of_a_company_mends_its_own_log_only(here: Place, pilot: Pilot) -> None:
    contact = here.people[OrganisationRole.COMPANY_CONTACT]
    own = next(one for one in teams_of(pilot) if one.organisation == here.organisation)
    other = next(one for one in teams_of(pilot) if one.organisation != here.organisation)
    write(own, 1)
    write(other, 1)
    strike_session(entry=own.log.get(), by=contact, at=moment(day(2)))
    with pytest.raises(PilotRefused):
        strike_session(entry=other.log.get(), by=contact, at=moment(day(2)))
    assert list(LogEntry.objects.values_list("team", flat=True)) == [other.pk]


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"came": 0}, "came"),
        ({"came": 501}, "came"),
        ({"on": day(1.2)}, "on"),
        ({"on": day(-9)}, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(team: PilotTeam, what: dict[str, Any], field: str) -> None:
    with pytest.raises(PilotRefused) as refused:
        write_session(code=code(team), session=session(**what), at=moment(day(1)))
    assert refused.value.field == field
    assert not LogEntry.objects.exists()


def test_a_session_that_was_not_held_has_no_numbers(team: PilotTeam) -> None:
    write(team, 1, faithful=Faithful.NOT_DONE, minutes=45, came=0)
    line = LogEntry.objects.get()
    assert (line.minutes, line.came, line.leader_came) == (0, 0, False)


def test_the_same_line_sent_twice_is_one(team: PilotTeam) -> None:
    write(team, 1)
    write(team, 1)
    write(team, 1, minutes=50)
    assert LogEntry.objects.count() == 2


def test_a_log_takes_so_many_lines_a_day(team: PilotTeam) -> None:
    for minutes in range(1, MOST_A_DAY + 1):
        write(team, 1, minutes=minutes)
    with pytest.raises(LogIsFull):
        write(team, 1, minutes=99)
    write(team, 2, minutes=99)
    assert LogEntry.objects.count() == MOST_A_DAY + 1


def test_without_a_log_nothing_is_known_of_fidelity(pilot: Pilot) -> None:
    assert fidelity_of(pilot) == Fidelity()


def test_dose_reach_and_core_over_all_teams_that_begin(pilot: Pilot) -> None:
    teams = teams_of(pilot)
    for team in teams:
        for week in range(1, 5):
            write(team, week, came=9)
    assert fidelity_of(pilot) == Fidelity(dose=1.0, reach=9 / PEOPLE, core_kept=True)


def test_more_in_one_team_does_not_make_good_what_another_left_out(pilot: Pilot) -> None:
    first, *others = teams_of(pilot)
    for week in range(1, 9):
        write(first, week, came=PEOPLE + 5)
    found = fidelity_of(pilot)
    assert found.dose == pytest.approx(1 / (1 + len(others)))
    assert found.reach == 1.0


def test_changed_sessions_cost_the_core_and_those_not_held_the_dose(pilot: Pilot) -> None:
    for team in teams_of(pilot):
        write(team, 1)
        write(team, 2, faithful=Faithful.CHANGED)
        write(team, 3, faithful=Faithful.NOT_DONE)
    found = fidelity_of(pilot)
    assert (found.dose, found.core_kept) == (0.5, False)


def test_the_dose_of_a_day_is_judged_by_the_plan_up_to_then(pilot: Pilot) -> None:
    for team in teams_of(pilot):
        write(team, 1)
    assert fidelity_of(pilot, on=day(2)).dose == pytest.approx(1.0)
    assert fidelity_of(pilot, on=day(4)).dose == pytest.approx(0.5)
    assert doses_of(pilot, on=day(0))[0].planned == 0


def test_a_team_begins_after_the_measurement_before_its_own(here: Place) -> None:
    stepped = running(here, kind=Kind.STEPPED, moments=4)
    begins = {one.team.start: one.begins for one in doses_of(stepped)}
    later = stepped.measurements.filter(number=1).first()
    assert later is not None
    assert (begins[1], begins[2]) == (STARTED.date(), later.on)


def test_people_meant_are_those_who_work_in_the_team_with_what_lies_below(pilot: Pilot, team: PilotTeam) -> None:
    unit = Unit.objects.get(organisation=team.organisation, name=team.path[-1])
    Unit.objects.create(organisation=team.organisation, name="Night shift", parent=unit, headcount=5)
    assert {one.team.pk: one.people for one in doses_of(pilot)}[team.pk] == PEOPLE + 5


def test_a_log_in_order_has_no_remarks(pilot: Pilot) -> None:
    for one in teams_of(pilot):
        write(one, 1)
        write(one, 3)
    assert remarks_on(pilot, on=day(4)) == ()


def test_each_kind_of_remark(pilot: Pilot) -> None:
    quiet, behind, late, crowded, long = teams_of(pilot)[:5]
    write(behind, 1)
    for one in (late, crowded, long):
        for week in (1, 3, 5):
            write(one, week)
    write(late, 2, written=5)
    write(crowded, 4, came=PEOPLE + 1)
    write(long, 2, minutes=300)
    found = qualities(pilot, 6)
    names = {one: f"{one.organisation_id}/{one.name}" for one in (quiet, behind, late, crowded, long)}
    assert found[names[quiet]] == [Quality.COMPLETE]
    assert found[names[behind]] == [Quality.COMPLETE]
    assert found[names[late]] == [Quality.ON_TIME]
    assert found[names[crowded]] == [Quality.CONSISTENT]
    assert found[names[long]] == [Quality.OUTLYING]


def test_a_session_before_the_turn_of_a_team_and_two_on_a_day_are_remarked(pilot: Pilot, team: PilotTeam) -> None:
    write(team, -1, written=0)
    write(team, 1)
    write(team, 1, minutes=40)
    own = [one for one in remarks_on(pilot, on=day(1.5)) if one.team == team.name]
    assert [one.quality for one in own] == [Quality.CONSISTENT] * 3
    assert [one.entry.on for one in own if one.entry] == [day(-1), day(1), day(1)]


def test_remarks_of_one_company_leave_out_the_others(here: Place, pilot: Pilot) -> None:
    own = remarks_on(pilot, on=day(4), organisations=frozenset({here.organisation.pk}))
    assert {one.organisation for one in own} == {here.organisation.pk}
    assert len(own) < len(remarks_on(pilot, on=day(4)))


def test_the_process_counts_sessions_over_the_weeks_beside_the_plan(pilot: Pilot) -> None:
    teams = teams_of(pilot)
    for one in teams:
        write(one, 0.5, came=6)
    write(teams[0], 1.5, came=PEOPLE, leader_came=False, faithful=Faithful.CHANGED)
    (arm,) = process_of(pilot, on=day(2))
    first, second, third = arm.weeks
    assert (first.held, first.reach, first.led, first.as_planned) == (1.0, 0.5, 1.0, 1.0)
    assert first.planned == pytest.approx(pilot.sessions / pilot.weeks)
    assert second.held == pytest.approx(1 + 1 / len(teams))
    assert (second.sessions, second.reach, second.led, second.as_planned) == (1, 1.0, 0.0, 0.0)
    assert (third.sessions, third.reach) == (0, None)
    assert third.until == day(2)
    assert third.planned == pytest.approx((2 + 1 / 7) * pilot.sessions / pilot.weeks)
