"""Teams come from the newest release of each company, and from nothing else."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from lerend_web.people.enums import ProgrammeRole
from lerend_web.pilots.domain.pool import close_pool, code_of, offer, open_pool
from lerend_web.pilots.domain.teams import (
    design_teams,
    holds,
    id_of,
    team_id,
    teams_of_releases,
    uncounted_teams,
    units_of,
)
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.models import FrozenWave, KeyGroup, WaveUnit
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.begun import AT, DATES, a_pilot, ready, second_company, takes_part, with_outcome
from tests.lerend_web.released import released

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, TEACHER = ProgrammeRole.COORDINATOR, ProgrammeRole.TEACHER


@pytest.fixture
def here() -> Place:
    return place("A")


def test_team_has_what_its_release_says(here: Place) -> None:
    pilot = ready(here)
    team = pilot.teams.get(organisation=here.organisation, name="Packing")
    assert (team.path, team.people, team.motivation) == ([here.organisation.name, "Packing"], 10, 3.2)
    assert team_id(team) == f"{here.organisation.pk}/Packing"
    assert units_of(team) == (("Packing",),)
    assert not FrozenWave.objects.exists()  # there was no answer to read


def test_id_of_a_deeper_team_has_its_whole_path() -> None:
    assert id_of(7, ("Bakery", "Plant", "Night shift")) == "7/Plant / Night shift"


def test_team_of_several_units_far_down_the_tree_knows_which(here: Place) -> None:
    pilot = ready(here)
    wave = here.organisation.waves.get()
    group, _new = KeyGroup.objects.get_or_create(
        wave=wave, label="Packing", defaults={"code": "PACKING", "invited": 14}
    )
    group.units.all().delete()
    for shift in ("Night", "Day"):
        WaveUnit.objects.create(wave=wave, path=["Plant", "Packing", shift], headcount=7, key_group=group)
    teams_of_releases(pilot=pilot, by=here.people[COORDINATOR], at=AT)
    team = pilot.teams.get(organisation=here.organisation, name="Packing")
    assert units_of(team) == (("Plant", "Packing", "Day"), ("Plant", "Packing", "Night"))
    assert holds(team, ("Plant", "Packing", "Day"))
    assert not holds(team, ("Plant", "Packing"))
    assert team_id(team) == f"{here.organisation.pk}/Packing"


def test_team_that_is_too_small_in_a_real_release_is_named_and_left_out(here: Place) -> None:
    pilot = a_pilot(here)
    people = (("Ovens", 14), ("Packing", 12), ("Tiny", 3), ("Small", 4))
    released(here.organisation, here.programme, people=people)
    takes_part(pilot, here.organisation)
    found = teams_of_releases(pilot=pilot, by=here.people[COORDINATOR], at=AT)
    kept = {team.name for team in pilot.teams.all()}
    assert {"Ovens", "Packing"} <= kept
    assert not {"Tiny", "Small"} & kept
    assert found.uncounted
    teams = design_teams(pilot)
    assert {team.id for team in teams if not team.steady} == {
        id_of(one.organisation, one.path) for one in uncounted_teams(pilot)
    }


def test_reading_again_keeps_a_team_and_drops_what_is_gone(here: Place) -> None:
    pilot = ready(here)
    before = pilot.teams.get(organisation=here.organisation, name="Dough")
    with_outcome(here.organisation, pilot, teams=("Dough", "Shop"), low=3.5)
    teams_of_releases(pilot=pilot, by=here.people[COORDINATOR], at=AT)
    own = pilot.teams.filter(organisation=here.organisation)
    assert {team.name for team in own} == {"Dough", "Shop"}
    assert own.get(name="Dough").pk == before.pk
    assert own.get(name="Dough").motivation == 3.5


def test_company_that_did_not_say_yes_brings_no_team(here: Place) -> None:
    pilot = ready(here)
    pilot.partners.filter(organisation=here.organisation).update(agreed_at=None)
    teams_of_releases(pilot=pilot, by=here.people[COORDINATOR], at=AT)
    assert not pilot.teams.filter(organisation=here.organisation).exists()


def test_teams_are_read_by_editors_and_before_the_plan_is_frozen(here: Place) -> None:
    pilot = ready(here)
    with pytest.raises(PilotRefused):
        teams_of_releases(pilot=pilot, by=here.people[TEACHER], at=AT)
    Pilot.objects.filter(pk=pilot.pk).update(state=PilotState.RUNNING)
    with pytest.raises(PilotRefused):
        teams_of_releases(pilot=pilot, by=here.people[COORDINATOR], at=AT)


def test_company_that_compares_brings_teams_that_do_not_join(here: Place) -> None:
    pilot = a_pilot(here)
    beside = second_company(here)
    for organisation in (here.organisation, beside):
        with_outcome(organisation, pilot)
        takes_part(pilot, organisation, compares=organisation == beside)
    teams_of_releases(pilot=pilot, by=None, at=AT)
    assert {(team.organisation, team.joins) for team in design_teams(pilot)} == {
        (str(here.organisation.pk), True),
        (str(beside.pk), False),
    }


def test_only_teams_that_offered_themselves_take_part_once_the_pool_is_closed(here: Place) -> None:
    pilot = ready(here)
    pool = open_pool(pilot=pilot, closes_on=DATES[0], by=here.people[COORDINATOR], at=AT)
    wants = pilot.teams.filter(name="Ovens").first()
    assert wants is not None
    offer(code=code_of(pilot), name="Els", reach="", team=wants.pk, at=AT)
    assert len(design_teams(pilot)) == 8
    close_pool(pool=pool, by=here.people[TEACHER], at=AT)
    pilot = Pilot.objects.get(pk=pilot.pk)
    assert [team.id for team in design_teams(pilot)] == [team_id(wants)]


def test_reading_teams_takes_no_query_for_each_team(
    here: Place, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pilot = ready(here)
    with django_assert_max_num_queries(12):
        design_teams(pilot)
