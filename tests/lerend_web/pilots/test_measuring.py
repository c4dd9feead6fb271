"""Which round measures what: planned with the arms as key groups, attached in order, late or missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from lerend_web.organisations.models import Organisation, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.arms import arms_in
from lerend_web.pilots.domain.dose import people_in
from lerend_web.pilots.domain.measuring import (
    LATE_AFTER,
    PLAN_AHEAD,
    Standing,
    arms_can_be_renewed,
    attach,
    detach,
    measurements_of,
    plan_round,
    renew_arms,
    waves_for,
)
from lerend_web.pilots.models import Measurement, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.domain.key_groups import draw_key_groups, groups_of_wave, tree_of_wave
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.carrying import PEOPLE, day, editor_of, moment, running
from tests.lerend_web.pilots.world import GAP, START
from tests.lerend_web.scans.dairy import OPENS, Dairy, add_holders, opened

pytestmark = pytest.mark.django_db
AT = moment(day(6))


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def pilot(here: Place) -> Pilot:
    return running(here)


def first(pilot: Pilot, here: Place, number: int = 1) -> Measurement:
    return pilot.measurements.get(number=number, organisation=here.organisation)


def plan(on: date, **changed: Any) -> dict[str, Any]:
    fields = {
        "name": "Spring",
        "mode": "card",
        "k": 5,
        "opens_on": on,
        "closes_on": on + timedelta(days=18),
        "heard_back_on": on + timedelta(days=40),
        "works_council_consent_on": date(2026, 2, 1),
    }
    return fields | changed


def planned(pilot: Pilot, here: Place, number: int = 1) -> Wave:
    one = first(pilot, here, number)
    return plan_round(measurement=one, plan=plan(one.on), by=editor_of(here), at=AT)


def people_of(organisation: Organisation, *teams: str) -> None:
    """Only these teams keep people enough for a group of their own."""
    Unit.objects.filter(organisation=organisation).exclude(name__in=teams).update(headcount=1)


def standing(pilot: Pilot, here: Place, on: date, number: int = 1) -> Standing:
    found = measurements_of(pilot, on=on, organisations=frozenset({here.organisation.pk}))
    return next(one.standing for one in found if one.measurement.number == number)


def test_a_round_asks_everybody_and_no_group_crosses_two_arms(pilot: Pilot, here: Place) -> None:
    Unit.objects.create(organisation=here.organisation, name="Canteen", headcount=9)
    wave = planned(pilot, here)
    assert first(pilot, here).wave == wave
    arm_of = {one.path[-1]: one.arm for one in pilot.teams.filter(organisation=here.organisation)} | {"Canteen": ""}
    assert {one["unit"][0]: one["arm"] for one in wave.asks} == arm_of
    assert len(set(arm_of.values())) == 3
    groups = draw_key_groups(wave)
    assert sum(group.invited for group in groups) == 5 * PEOPLE + 9
    for group in groups:
        assert len({arm_of[unit.path[0]] for unit in group.units.all()}) == 1


@pytest.mark.django_db(databases=["default", "urn"])
def test_such_a_round_opens_through_the_real_doors_and_urn(pilot: Pilot, here: Place, tmp_path: Path) -> None:
    contact, council = here.people[OrganisationRole.COMPANY_CONTACT], here.people[OrganisationRole.WORKS_COUNCIL]
    keepers = Dairy(here.organisation, here.programme, contact, council)
    wave = plan_round(measurement=first(pilot, here), plan=plan(OPENS.date()), by=contact, at=AT)
    with override_settings(VAR=tmp_path):
        add_holders(wave, keepers)
        opened(wave, keepers)
    assert standing(pilot, here, first(pilot, here).on) is Standing.GOING_ON
    arm_of = {one.path[-1]: one.arm for one in pilot.teams.filter(organisation=here.organisation)}
    for group in wave.key_groups.all():
        assert len({arm_of[unit.path[0]] for unit in group.units.all()}) == 1
    with pytest.raises(PilotRefused):
        renew_arms(measurement=first(pilot, here), by=contact, at=OPENS)


def test_people_outside_the_pilot_who_are_too_few_go_with_the_largest_arm(pilot: Pilot, here: Place) -> None:
    Unit.objects.create(organisation=here.organisation, name="Canteen", headcount=3)
    teams = list(pilot.teams.filter(organisation=here.organisation))
    sizes = {arm: sum(one.arm == arm for one in teams) for arm in {one.arm for one in teams}}
    found = {one["unit"][0]: one["arm"] for one in arms_in(pilot, here.organisation, minimum=7)}
    assert found["Canteen"] == max(sorted(sizes), key=lambda arm: sizes[arm])
    assert "" not in found.values()


def test_where_an_arm_has_too_few_people_the_round_has_its_usual_groups(pilot: Pilot, here: Place) -> None:
    teams = pilot.teams.filter(organisation=here.organisation)
    arm = teams.order_by("arm").values_list("arm", flat=True).first()
    people_of(here.organisation, *(one.path[-1] for one in teams.exclude(arm=arm)))
    wave = planned(pilot, here)
    assert wave.asks == []
    assert groups_of_wave(wave, tree_of_wave(wave).people)


def test_an_arm_holds_the_units_below_a_team(pilot: Pilot, here: Place) -> None:
    team = pilot.teams.filter(organisation=here.organisation).first()
    assert team is not None
    parent = Unit.objects.get(organisation=here.organisation, name=team.path[-1])
    Unit.objects.create(organisation=here.organisation, name="Night", parent=parent, headcount=8)
    found = {tuple(one["unit"]): one["arm"] for one in arms_in(pilot, here.organisation, minimum=7)}
    assert found[team.path[-1], "Night"] == team.arm


def test_an_arm_holds_all_units_of_a_team_wherever_they_stand(pilot: Pilot, here: Place) -> None:
    team = pilot.teams.filter(organisation=here.organisation).first()
    assert team is not None
    Unit.objects.get(organisation=here.organisation, name=team.path[-1]).delete()
    plant = Unit.objects.create(organisation=here.organisation, name="Plant")
    for name in ("Early", "Late"):
        Unit.objects.create(organisation=here.organisation, name=name, parent=plant, headcount=6)
    pilot.teams.filter(pk=team.pk).update(units=[["Plant", "Early"], ["Plant", "Late"]])
    found = {tuple(one["unit"]): one["arm"] for one in arms_in(pilot, here.organisation, minimum=7)}
    assert found["Plant", "Early"] == found["Plant", "Late"] == team.arm
    assert people_in([pilot.teams.select_related("organisation").get(pk=team.pk)])[team.pk] == 12


def test_teams_that_came_later_are_taken_in_until_the_promise_is_out(pilot: Pilot, here: Place) -> None:
    wave = planned(pilot, here)
    assert not arms_can_be_renewed(first(pilot, here))
    Unit.objects.create(organisation=here.organisation, name="Canteen", headcount=9)
    assert arms_can_be_renewed(first(pilot, here))
    renew_arms(measurement=first(pilot, here), by=editor_of(here), at=AT)
    wave.refresh_from_db()
    assert ["Canteen"] in [one["unit"] for one in wave.asks]
    Unit.objects.create(organisation=here.organisation, name="Garden", headcount=9)
    Wave.objects.filter(pk=wave.pk).update(cards_printed_at=AT)
    with pytest.raises(PilotRefused):
        renew_arms(measurement=first(pilot, here), by=editor_of(here), at=AT)


def test_the_contact_of_the_company_plans_and_nobody_elses(pilot: Pilot, here: Place) -> None:
    one = first(pilot, here)
    contact = here.people[OrganisationRole.COMPANY_CONTACT]
    for by in (here.people[ProgrammeRole.TEACHER], here.people[OrganisationRole.TEAM_LEADER], editor_of(place("B"))):
        with pytest.raises(PilotRefused):
            plan_round(measurement=one, plan=plan(one.on), by=by, at=AT)
    other = pilot.measurements.exclude(organisation=here.organisation).get(number=1)
    with pytest.raises(PilotRefused):
        plan_round(measurement=other, plan=plan(one.on), by=contact, at=AT)
    assert plan_round(measurement=one, plan=plan(one.on), by=contact, at=AT).organisation == here.organisation


def test_rounds_are_attached_in_order_and_once(pilot: Pilot, here: Place) -> None:
    before = first(pilot, here, 0).wave
    assert before is not None
    early = a_wave(pilot, here, before.opens_on - timedelta(days=60))
    late = a_wave(pilot, here, START + GAP)
    assert waves_for(first(pilot, here)) == [late]
    for wave in (early, before):
        with pytest.raises(PilotRefused):
            attach(measurement=first(pilot, here), wave=wave, by=editor_of(here), at=AT)
    attach(measurement=first(pilot, here), wave=late, by=editor_of(here), at=AT)
    with pytest.raises(PilotRefused):
        attach(measurement=first(pilot, here, 2), wave=late, by=editor_of(here), at=AT)


def test_a_round_of_another_company_or_from_elsewhere_is_no_measurement(pilot: Pilot, here: Place) -> None:
    other = place("B")
    foreign = a_wave(pilot, other, START + GAP)
    elsewhere = a_wave(pilot, here, START + GAP, collected=Collected.ELSEWHERE)
    for wave in (foreign, elsewhere):
        with pytest.raises(PilotRefused):
            attach(measurement=first(pilot, here), wave=wave, by=editor_of(here), at=AT)


def test_a_round_that_is_attached_before_its_promise_follows_the_arms(pilot: Pilot, here: Place) -> None:
    wave = a_wave(pilot, here, START + GAP)
    attach(measurement=first(pilot, here), wave=wave, by=editor_of(here), at=AT)
    wave.refresh_from_db()
    assert {one["arm"] for one in wave.asks} == {"A", "B"}
    detach(measurement=first(pilot, here), by=editor_of(here), at=AT)
    wave.refresh_from_db()
    assert (wave.asks, first(pilot, here).wave) == ([], None)


def test_a_round_that_people_answer_stays(pilot: Pilot, here: Place) -> None:
    wave = planned(pilot, here)
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN)
    with pytest.raises(PilotRefused):
        detach(measurement=first(pilot, here), by=editor_of(here), at=AT)
    other = a_wave(pilot, here, START + GAP)
    with pytest.raises(PilotRefused):
        attach(measurement=first(pilot, here), wave=other, by=editor_of(here), at=AT)


def test_how_far_a_measurement_is(pilot: Pilot, here: Place) -> None:
    on = first(pilot, here).on
    assert standing(pilot, here, on, 0) is Standing.THERE
    assert standing(pilot, here, on - PLAN_AHEAD - timedelta(days=1)) is Standing.LATER
    assert standing(pilot, here, on - PLAN_AHEAD) is Standing.TO_PLAN
    assert standing(pilot, here, on + LATE_AFTER) is Standing.TO_PLAN
    assert standing(pilot, here, on + LATE_AFTER + timedelta(days=1)) is Standing.LATE
    assert standing(pilot, here, first(pilot, here, 2).on) is Standing.MISSING
    wave = planned(pilot, here)
    assert standing(pilot, here, on) is Standing.PLANNED
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN)
    assert standing(pilot, here, on) is Standing.GOING_ON
    assert standing(pilot, here, on + LATE_AFTER + timedelta(days=1)) is Standing.LATE
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.CLOSED)
    assert standing(pilot, here, on) is Standing.TOO_FEW


def a_wave(pilot: Pilot, where: Place, opens: date, **other: Any) -> Wave:
    fields: dict[str, Any] = plan(opens) | other
    code = f"{where.organisation.pk}-{opens:%y%m%d}-{other.get('collected', '')}"[:26]
    return Wave.objects.create(organisation=where.organisation, programme=pilot.programme, code=code, **fields)
