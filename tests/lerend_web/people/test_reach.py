"""Attack T27 below the screens: what a person reaches is their own organisations and programmes, nothing beside them."""

from __future__ import annotations

import pytest

from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.organisations.queries import organisations_for, units_led_by, units_of
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.queries import roles_of
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.programmes.queries import programmes_for
from tests.lerend_web.actors import Place, person, place

pytestmark = pytest.mark.django_db

CONTACT, LEADER = OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER
COORDINATOR, RESEARCHER = ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER


@pytest.fixture
def here() -> Place:
    return place("A")


@pytest.fixture(autouse=True)
def elsewhere() -> Place:
    return place("B")


def test_contact_reaches_the_own_organisation_only(here: Place) -> None:
    contact = here.people[CONTACT]
    assert list(organisations_for(contact, CONTACT)) == [here.organisation]
    assert list(organisations_for(contact)) == [here.organisation]
    assert list(organisations_for(contact, LEADER)) == []
    assert list(programmes_for(contact, COORDINATOR)) == []


def test_coordinator_reaches_every_organisation_of_the_programme(here: Place, elsewhere: Place) -> None:
    coordinator = here.people[COORDINATOR]
    assert list(organisations_for(coordinator, CONTACT, COORDINATOR)) == [here.organisation]
    assert list(organisations_for(coordinator, CONTACT)) == []
    assert list(organisations_for(coordinator)) == []
    elsewhere.organisation.programmes.add(here.programme)
    assert list(organisations_for(coordinator, COORDINATOR)) == [here.organisation, elsewhere.organisation]
    assert list(programmes_for(coordinator, COORDINATOR)) == [here.programme]


def test_role_counts_only_where_it_is_held(here: Place, elsewhere: Place) -> None:
    """Somebody is contact here and works council there: neither role reaches the other place."""
    both = here.people[CONTACT]
    OrganisationMember.objects.create(
        organisation=elsewhere.organisation, person=both, role=OrganisationRole.WORKS_COUNCIL
    )
    ProgrammeMember.objects.create(programme=elsewhere.programme, person=both, role=RESEARCHER)
    assert list(organisations_for(both, CONTACT, COORDINATOR)) == [here.organisation]
    assert list(organisations_for(both, OrganisationRole.WORKS_COUNCIL)) == [elsewhere.organisation]
    assert list(programmes_for(both, COORDINATOR)) == []
    assert list(programmes_for(both)) == [elsewhere.programme]


def test_organisation_that_is_reached_twice_is_there_once(here: Place, elsewhere: Place) -> None:
    here.organisation.programmes.add(elsewhere.programme)
    one = here.people[CONTACT]
    for programme in (here.programme, elsewhere.programme):
        ProgrammeMember.objects.create(programme=programme, person=one, role=COORDINATOR)
    assert organisations_for(one, CONTACT, COORDINATOR).filter(pk=here.organisation.pk).count() == 1


def test_key_holder_of_a_programme_is_not_one_of_an_organisation(here: Place) -> None:
    assert roles_of(here.people[ProgrammeRole.KEY_HOLDER]) == {ProgrammeRole.KEY_HOLDER}
    assert not {ProgrammeRole.KEY_HOLDER} & {OrganisationRole.KEY_HOLDER}
    assert list(organisations_for(here.people[ProgrammeRole.KEY_HOLDER], OrganisationRole.KEY_HOLDER)) == []


def test_operator_reaches_no_company_by_that() -> None:
    operator = person("operator", is_operator=True)
    assert list(organisations_for(operator, *OrganisationRole, *ProgrammeRole)) == []
    assert list(programmes_for(operator)) == []
    assert roles_of(operator) == frozenset()


def test_query_that_does_not_start_from_the_person_would_be_found(here: Place, elsewhere: Place) -> None:
    """The negative control: the same question without the person gives the other company away."""
    contact = here.people[CONTACT]
    assert elsewhere.organisation not in organisations_for(contact, CONTACT)
    careless = Organisation.objects.filter(members__role=CONTACT)
    assert elsewhere.organisation in careless


def test_units_stay_within_their_organisation(here: Place, elsewhere: Place) -> None:
    packing = Unit.objects.create(organisation=here.organisation, name="Packing", headcount=9)
    Unit.objects.create(organisation=elsewhere.organisation, name="Packing", headcount=9)
    leader = here.people[LEADER]
    OrganisationMember.objects.create(organisation=here.organisation, person=leader, role=LEADER, unit=packing)
    assert list(units_of(here.organisation)) == [packing]
    assert list(units_led_by(leader)) == [packing]
    assert list(units_led_by(here.people[CONTACT])) == []
