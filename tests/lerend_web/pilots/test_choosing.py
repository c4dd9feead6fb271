"""Choosing a comparison: what is possible and why not, what it could show, and motivation as a distribution only."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lerend.evidence.design.kinds import Kind
from lerend.evidence.power.precision import Assumed
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.choosing import (
    Option,
    Wish,
    assumed_for,
    described,
    deviation_for,
    options_of,
)
from lerend_web.pilots.domain.motivation import motivation_of
from lerend_web.pilots.domain.teams import teams_of_releases
from lerend_web.pilots.models import Pilot
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.begun import AT, a_pilot, ready, second_company, takes_part, with_outcome
from tests.lerend_web.pilots.browsers import by, said
from tests.lerend_web.released import released

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, TEACHER = ProgrammeRole.COORDINATOR, ProgrammeRole.TEACHER


@pytest.fixture
def here() -> Place:
    return place("A")


def by_kind(pilot: Pilot, wish: Wish) -> dict[str, Option]:
    return {one.kind: one for one in options_of(pilot, wish)}


def test_kinds_come_in_the_order_of_preference_and_the_first_possible_is_advised(here: Place) -> None:
    pilot = ready(here)
    assert [one.kind for one in options_of(pilot, Wish())] == [kind.value for kind in Kind]
    assert [one.kind for one in options_of(pilot, Wish()) if one.is_preferred] == ["lottery"]
    stepped = options_of(pilot, Wish(waves=4, may_wait=False))
    assert [one.kind for one in stepped if one.is_preferred] == ["stepped"]


def test_without_teams_there_is_nothing_to_choose(here: Place) -> None:
    assert options_of(a_pilot(here), Wish()) == ()


def test_tie_breaker_waits_for_motivation_that_was_announced(here: Place) -> None:
    pilot = ready(here)
    assert not by_kind(pilot, Wish())["tie_breaker"].is_possible
    assert by_kind(pilot, Wish(announced=True))["tie_breaker"].is_possible
    pilot.teams.update(motivation=None)
    without = by_kind(pilot, Wish(announced=True))["tie_breaker"]
    assert not without.is_possible
    assert without.why


def test_impossible_ones_say_why_and_show_no_chance(here: Place) -> None:
    options = by_kind(ready(here), Wish(accept_lot=False))
    lottery = options["lottery"]
    assert not lottery.is_possible
    assert lottery.why
    assert (lottery.standing, lottery.chance, lottery.sees) == ("", 0, ())


def test_what_cannot_be_shown_says_what_would_make_it_possible(here: Place) -> None:
    lottery = by_kind(ready(here), Wish())["lottery"]
    assert lottery.standing == "cannot_be_shown"
    assert lottery.ways
    large = by_kind(ready(place("B"), smallest=2.0), Wish())["lottery"]
    assert large.standing == "can_be_shown"
    assert not large.ways


def test_before_and_after_is_never_an_effect(here: Place) -> None:
    option = by_kind(ready(here, smallest=2.0), Wish())["before_after"]
    assert not option.is_effect
    assert (option.standing, option.chance) == ("never", 0)
    assert not described("before_after").is_effect


def test_likeness_and_spread_come_from_the_companies_own_rounds(here: Place) -> None:
    pilot = a_pilot(here)
    takes_part(pilot, here.organisation)
    assert assumed_for(pilot) == Assumed()
    stored = released(here.organisation, here.programme)
    assert assumed_for(pilot).source != Assumed().source
    assert f'"{pilot.factor}"' in stored.content
    assert 0.3 < deviation_for(pilot) < 1.6


def test_motivation_is_shown_as_a_distribution_over_companies_or_not_at_all(here: Place) -> None:
    pilot = ready(here)
    assert motivation_of(pilot) == ()
    third = second_company(here)
    third.name = "Third"
    third.save()
    with_outcome(third, pilot, low=4.2)
    takes_part(pilot, third)
    teams_of_releases(pilot=pilot, by=None, at=AT)
    bars = motivation_of(pilot)
    assert sum(bar.teams for bar in bars) == 12
    assert [bar.teams for bar in bars][-1] == 4
    pilot.teams.filter(organisation=third).update(motivation=None)
    assert motivation_of(pilot) == ()


def test_page_shows_every_way_to_compare_and_no_score_of_a_team(here: Place) -> None:
    pilot = ready(here)
    pilot.teams.filter(name="Dough").update(motivation=4.4)
    address = reverse("pilot-design", args=[pilot.key])
    page = said(by(here, COORDINATOR), f"{address}?waves=4&may_step=on&accept_lot=on")
    assert page.count("Take this one") == 2  # stepped start, and before and after
    assert "No team can wait" in page
    assert "4.4" not in page
    assert "Take this one" not in said(by(here, TEACHER), address)
    assert by(here, OrganisationRole.COMPANY_CONTACT).get(address).status_code in {403, 404}


def test_number_of_measurements_that_cannot_be_is_said_at_its_field(here: Place) -> None:
    pilot = ready(here)
    page = by(here, COORDINATOR).get(reverse("pilot-design", args=[pilot.key]) + "?waves=40")
    assert page.status_code == 200
    assert "Plan from 2 to 7 measurements" in page.content.decode()
