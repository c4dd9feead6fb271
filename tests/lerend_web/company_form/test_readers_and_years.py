"""Who reads the sent forms besides those who fill them in; at most four a year; a new year asks anew."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from lerend_web.company_form.domain.filling import FormIsWrong, start_form
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.company_form.queries import forms_seen_by, management_forms
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.company_form.forms import AT, draft_of, sent_by
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

NEXT_YEAR = AT.replace(year=AT.year + 1)


def of_the_programme(programme: Programme, role: ProgrammeRole) -> Person:
    one = person(f"{role.value}-{programme.pk}")
    ProgrammeMember.objects.create(programme=programme, person=one, role=role)
    return one


def begun(one: Person, organisation: Organisation, at: datetime) -> CompanyForm:
    programme = organisation.programmes.get()
    return start_form(organisation=organisation, programme=programme, role=InformantRole.HR, by=one, at=at)


@pytest.mark.parametrize("role", [ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER])
def test_coordinator_and_researcher_read_what_was_sent_as_the_form_says(
    desk: Desk, dairy: Organisation, director: Person, role: ProgrammeRole
) -> None:
    sent = sent_by(director, dairy)
    sent_by(desk.people["council"], dairy, InformantRole.WORKS_COUNCIL)
    draft_of(desk.people["contact"], dairy)
    reader = of_the_programme(dairy.programmes.get(), role)
    page = client_of(reader).get(reverse("company-forms", args=[dairy.pk]))
    assert page.status_code == 200
    assert "director" in page.content.decode()
    assert list(forms_seen_by(reader, dairy)) == [sent]


def test_programme_beside_it_reads_nothing(dairy: Organisation, director: Person) -> None:
    sent_by(director, dairy)
    other = Programme.objects.create(name="Other")
    reader = of_the_programme(other, ProgrammeRole.RESEARCHER)
    assert client_of(reader).get(reverse("company-forms", args=[dairy.pk])).status_code == 404
    dairy.programmes.add(other)
    assert not forms_seen_by(reader, dairy).exists()


def test_fifth_person_is_told_that_four_is_the_most(dairy: Organisation) -> None:
    people = [person(f"informant{number}") for number in range(5)]
    for one in people:
        OrganisationMember.objects.create(organisation=dairy, person=one, role=OrganisationRole.INFORMANT)
    for one in people[:4]:
        begun(one, dairy, AT)
    with pytest.raises(FormIsWrong, match=r"[Vv]ier|Four"):
        begun(people[4], dairy, AT)
    assert begun(people[4], dairy, NEXT_YEAR).year == NEXT_YEAR.year


def test_new_year_begins_a_new_form_and_the_old_one_stays(dairy: Organisation, director: Person) -> None:
    old = sent_by(director, dairy)
    new = begun(director, dairy, NEXT_YEAR)
    assert new.pk != old.pk
    assert list(management_forms(dairy.pk, dairy.programmes.get().pk)) == [old]


def test_draft_goes_on_after_new_year(dairy: Organisation, director: Person) -> None:
    assert begun(director, dairy, AT).pk == begun(director, dairy, NEXT_YEAR).pk
