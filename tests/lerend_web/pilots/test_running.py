"""A pilot starts once its measurement before is there, ends after its last one, or is stopped with a reason; and what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from lerend_web.core.models import AuditEntry
from lerend_web.ops.management.commands import work
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pilots.domain.reminding import REMIND_EVERY, remind_owners
from lerend_web.pilots.domain.running import finish, start, stop
from lerend_web.pilots.domain.todos import Task, Todo, todos_of
from lerend_web.pilots.enums import Faithful, PilotState
from lerend_web.pilots.models import LogCode, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.pilots.tasks import start_reminders
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.carrying import (
    STARTED,
    after_moment,
    day,
    editor_of,
    frozen,
    moment,
    running,
    teams_of,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


def tasks(pilot: Pilot, weeks: float) -> list[tuple[Task, int | None]]:
    return [(one.task, one.organisation) for one in todos_of(pilot, on=day(weeks))]


def test_a_pilot_starts_and_every_team_that_begins_gets_a_code(here: Place) -> None:
    pilot = frozen(here)
    start(pilot=pilot, by=editor_of(here), at=STARTED)
    pilot.refresh_from_db()
    assert (pilot.state, pilot.started_at) == (PilotState.RUNNING, STARTED)
    assert set(LogCode.objects.values_list("team", flat=True)) == {one.pk for one in teams_of(pilot)}
    assert pilot.teams.filter(start=0).exists()
    assert AuditEntry.objects.filter(code="pilot.started", subject=pilot.key).count() == 1


def test_a_pilot_does_not_start_without_the_measurement_before(here: Place) -> None:
    pilot = frozen(here)
    pilot.measurements.filter(number=0, organisation=here.organisation).update(wave=None)
    assert tasks(pilot, 0)[0] == (Task.BASELINE, None)
    with pytest.raises(PilotRefused, match=r"De meting|The measurement before"):
        start(pilot=pilot, by=editor_of(here), at=STARTED)
    assert not LogCode.objects.exists()


@pytest.mark.parametrize(
    "role", [ProgrammeRole.TEACHER, OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER]
)
def test_others_neither_start_nor_stop(here: Place, role: ProgrammeRole | OrganisationRole) -> None:
    pilot = frozen(here)
    with pytest.raises(PilotRefused):
        start(pilot=pilot, by=here.people[role], at=STARTED)
    with pytest.raises(PilotRefused):
        stop(pilot=pilot, why="no", by=here.people[role], at=STARTED)


def test_an_editor_of_another_programme_starts_nothing(here: Place) -> None:
    with pytest.raises(PilotRefused):
        start(pilot=frozen(here), by=editor_of(place("B")), at=STARTED)


def test_twice_started_is_refused(here: Place) -> None:
    pilot = running(here)
    with pytest.raises(PilotRefused):
        start(pilot=pilot, by=editor_of(here), at=STARTED)


def test_a_pilot_is_stopped_with_its_reason(here: Place) -> None:
    pilot = running(here)
    with pytest.raises(PilotRefused):
        stop(pilot=pilot, why="  ", by=editor_of(here), at=moment(day(3)))
    stop(pilot=pilot, why="The  work moved abroad.", by=editor_of(here), at=moment(day(3)))
    pilot.refresh_from_db()
    assert (pilot.state, pilot.stopped_why) == (PilotState.STOPPED, "The work moved abroad.")
    assert todos_of(pilot, on=day(4)) == ()


def test_a_pilot_is_finished_after_its_last_measurement_and_not_before(here: Place) -> None:
    pilot = running(here, measured=3)
    with pytest.raises(PilotRefused):
        finish(pilot=pilot, by=editor_of(here), at=moment(after_moment(1)))
    finish(pilot=pilot, by=editor_of(here), at=moment(after_moment(2)))
    pilot.refresh_from_db()
    assert (pilot.state, pilot.ended_at) == (PilotState.FINISHED, moment(after_moment(2)))


def test_a_pilot_whose_last_round_is_not_closed_is_not_finished(here: Place) -> None:
    pilot = running(here, measured=2)
    with pytest.raises(PilotRefused):
        finish(pilot=pilot, by=editor_of(here), at=moment(after_moment(2)))


def test_first_the_start_waits_then_each_company_plans_its_measurement(here: Place) -> None:
    pilot = frozen(here)
    assert tasks(pilot, 0) == [(Task.START, None)]
    start(pilot=pilot, by=None, at=STARTED)
    for team in teams_of(pilot):
        write(team, 1)
    assert tasks(pilot, 2) == []
    companies = list(pilot.partners.values_list("organisation", flat=True))
    assert [one for one in tasks(pilot, 8) if one[0] is Task.PLAN] == [(Task.PLAN, one) for one in companies]


def test_a_measurement_that_is_late_waits_as_late(here: Place) -> None:
    pilot = running(here)
    waiting = [one for one in todos_of(pilot, on=day(18)) if one.task is Task.PLAN]
    assert waiting
    assert all(one.is_late and one.number == 1 for one in waiting)


def test_remarks_on_the_log_wait_for_the_company_that_they_are_about(here: Place) -> None:
    pilot = running(here)
    first, *others = teams_of(pilot)
    for team in others:
        write(team, 1)
        write(team, 2)
    found = [one for one in todos_of(pilot, on=day(3)) if one.task is Task.LOG]
    assert found == [Todo(Task.LOG, first.organisation_id, remarks=1)]


def test_a_look_waits_once_every_company_is_measured(here: Place) -> None:
    pilot = running(here, measured=2)
    on = after_moment(1)
    assert Todo(Task.LOOK, number=1) in todos_of(pilot, on=on)
    one = pilot.measurements.filter(number=1).first()
    assert one is not None
    assert one.wave is not None
    Wave.objects.filter(pk=one.wave.pk).update(state="open")
    assert Todo(Task.LOOK, number=1) not in todos_of(pilot, on=on)


def test_the_owner_is_reminded_once_a_week_while_something_waits(here: Place) -> None:
    pilot = frozen(here)
    owner = editor_of(here)
    Pilot.objects.update(owner=owner)
    at = moment(day(0))
    assert remind_owners(at=at) == 1
    assert remind_owners(at=at) == 0
    assert remind_owners(at=at + REMIND_EVERY - timedelta(days=1)) == 0
    assert remind_owners(at=at + REMIND_EVERY) == 1
    assert [one.to for one in mail.outbox] == [[owner.email]] * 2
    assert AuditEntry.objects.filter(code="pilot.owner_reminded", subject=pilot.key).count() == 2


def test_a_reminder_names_no_company_team_or_number_of_people(here: Place) -> None:
    pilot = running(here)
    Pilot.objects.update(owner=editor_of(here))
    write(teams_of(pilot)[0], 1, faithful=Faithful.CHANGED, changed="Ovens were hot")
    assert remind_owners(at=moment(day(9))) == 1
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    names = {here.organisation.name, pilot.title, "Ovens", *(one.name for one in teams_of(pilot))}
    assert not [name for name in names if name in said]
    assert f"/pilots/{pilot.key}/running" in said


def test_the_background_reminds_owners_while_pilots_go_on(here: Place) -> None:
    start_reminders()
    assert not DBTaskResult.objects.exists()
    Pilot.objects.filter(pk=frozen(here).pk).update(owner=editor_of(here))
    work.one_round(work.new_worker())
    work.one_round(work.new_worker())
    assert [one.to for one in mail.outbox] == [[editor_of(here).email]]


def test_nobody_is_reminded_when_nothing_waits_or_the_owner_left(here: Place) -> None:
    pilot = running(here)
    Pilot.objects.update(owner=editor_of(here))
    assert remind_owners(at=moment(day(0))) == 0
    Person.objects.filter(pk=editor_of(here).pk).update(is_active=False)
    assert todos_of(pilot, on=day(9))
    assert remind_owners(at=moment(day(9))) == 0
