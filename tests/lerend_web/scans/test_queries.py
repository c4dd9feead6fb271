"""A wave is seen by whoever has the role, in its own organisation or programme, and by nobody else."""

from __future__ import annotations

import pytest

from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.scans.queries import waves_for
from tests.lerend_web.scans.dairy import Dairy, new_dairy, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(dairy: Dairy) -> tuple[Dairy, Dairy]:
    other = new_dairy()
    plan(dairy)
    plan(other)
    OrganisationMember.objects.create(
        organisation=dairy.organisation, person=dairy.contact, role=OrganisationRole.COMPANY_CONTACT
    )
    ProgrammeMember.objects.create(programme=dairy.programme, person=dairy.council, role=ProgrammeRole.COORDINATOR)
    return dairy, other


def test_contact_sees_the_waves_of_the_own_organisation_only(both: tuple[Dairy, Dairy]) -> None:
    dairy, _other = both
    found = waves_for(dairy.contact, OrganisationRole.COMPANY_CONTACT)
    assert [wave.organisation for wave in found] == [dairy.organisation]


def test_coordinator_sees_the_waves_of_the_own_programme_only(both: tuple[Dairy, Dairy]) -> None:
    dairy, _other = both
    found = waves_for(dairy.council, ProgrammeRole.COORDINATOR, OrganisationRole.COMPANY_CONTACT)
    assert [wave.programme for wave in found] == [dairy.programme]


def test_other_role_no_role_and_no_person_see_nothing(both: tuple[Dairy, Dairy]) -> None:
    dairy, other = both
    assert not waves_for(dairy.contact, OrganisationRole.WORKS_COUNCIL)
    assert not waves_for(dairy.contact)
    assert not waves_for(other.contact, *OrganisationRole, *ProgrammeRole)
    assert not waves_for(None, *OrganisationRole)


def test_key_holder_of_a_programme_is_no_key_holder_of_a_company(both: tuple[Dairy, Dairy]) -> None:
    dairy, _other = both
    ProgrammeMember.objects.create(programme=dairy.programme, person=dairy.contact, role=ProgrammeRole.KEY_HOLDER)
    assert not waves_for(dairy.contact, OrganisationRole.KEY_HOLDER)
    assert waves_for(dairy.contact, ProgrammeRole.KEY_HOLDER).count() == 1


def test_two_roles_show_a_wave_once(both: tuple[Dairy, Dairy]) -> None:
    dairy, _other = both
    ProgrammeMember.objects.create(programme=dairy.programme, person=dairy.contact, role=ProgrammeRole.COORDINATOR)
    assert waves_for(dairy.contact, *OrganisationRole, *ProgrammeRole).count() == 1
