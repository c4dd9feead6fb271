"""People with a role, organisations that join, and the log that tells of both."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from tests.lerend_web.scans.dairy import PLANNED, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def members(desk: Desk) -> str:
    return reverse("members", args=[desk.dairy.organisation.pk])


def programme(desk: Desk) -> str:
    return reverse("programme", args=[desk.dairy.programme.pk])


NEW = {"name": "Ria", "email": "ria@test.example", "role": "works_council", "unit": "", "language": "nl"}


def test_invited_member_gets_a_role_and_a_mail(desk: Desk) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = desk.contact.post(members(desk), NEW)
    assert answer.status_code == 302
    member = OrganisationMember.objects.get(person__email="ria@test.example")
    assert (member.organisation, member.role) == (desk.dairy.organisation, "works_council")
    assert [sent.to for sent in mail.outbox] == [["ria@test.example"]]
    assert AuditEntry.objects.filter(code="member.added", organisation=desk.dairy.organisation.pk).count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"email": "ria"}, "This is no e-mail address."),
        ({"name": ""}, "What is this person called?"),
        ({"role": "king"}, "Select a valid choice"),
        ({"role": "team_leader"}, "Which team does this person lead?"),
        ({"email": "council@test.example"}, "has that role already"),
    ],
)
def test_wrong_invitation_keeps_what_was_typed(desk: Desk, changed: dict[str, str], says: str) -> None:
    answer = desk.contact.post(members(desk), NEW | changed)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert f'value="{(NEW | changed)["email"]}"' in answer.content.decode()


def test_last_contact_stays(desk: Desk) -> None:
    member = OrganisationMember.objects.get(role=OrganisationRole.COMPANY_CONTACT)
    address = reverse("member-remove", args=[desk.dairy.organisation.pk, member.pk])
    answer = desk.contact.post(address)
    assert answer.status_code == 400
    assert "First invite another one" in answer.content.decode()
    council = OrganisationMember.objects.get(role=OrganisationRole.WORKS_COUNCIL)
    desk.contact.post(reverse("member-remove", args=[desk.dairy.organisation.pk, council.pk]))
    assert OrganisationMember.objects.get() == member


def test_coordinator_adds_an_organisation_and_its_contact(desk: Desk) -> None:
    new = {"name": "Bakery", "contact_name": "Bas", "contact_email": "bas@test.example", "language": "nl"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = desk.coordinator.post(programme(desk), new)
    assert answer.status_code == 302
    bakery = Organisation.objects.get(name="Bakery")
    assert list(bakery.programmes.all()) == [desk.dairy.programme]
    assert bakery.members.get().person.email == "bas@test.example"
    assert len(mail.outbox) == 1


def test_organisation_of_the_same_name_is_refused_and_nobody_is_invited(desk: Desk) -> None:
    new = {"name": "example dairy", "contact_name": "Bas", "contact_email": "bas@test.example", "language": "nl"}
    answer = desk.coordinator.post(programme(desk), new)
    assert answer.status_code == 400
    assert "takes part already" in answer.content.decode()
    assert 'value="bas@test.example"' in answer.content.decode()
    assert not Person.objects.filter(email="bas@test.example").exists()


def test_programme_shows_states_and_no_way_to_an_outcome(desk: Desk) -> None:
    wave = plan(desk.dairy)
    page = desk.coordinator.get(programme(desk)).content.decode()
    assert reverse("wave", args=[wave.pk]) in page
    assert "planned" in page
    assert '/outcome"' not in page, "only what the companies share"
    assert desk.outsider.get(programme(desk)).status_code == 404
    assert desk.contact.get(programme(desk)).status_code == 404


def test_programme_costs_the_same_for_three_organisations_as_for_one(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan(desk.dairy)
    desk.coordinator.get(programme(desk))  # a first request also writes the session
    with django_assert_max_num_queries(20) as one:
        desk.coordinator.get(programme(desk))
    for name in ("Second", "Third"):
        Organisation.objects.create(name=name).programmes.add(desk.dairy.programme)
    with django_assert_max_num_queries(20) as three:
        desk.coordinator.get(programme(desk))
    assert len(three.captured_queries) == len(one.captured_queries)


def test_log_tells_contact_and_works_council_in_words(desk: Desk) -> None:
    plan(desk.dairy)
    address = reverse("organisation-log", args=[desk.dairy.organisation.pk])
    for client in (desk.contact, desk.works_council):
        page = client.get(address).content.decode()
        assert "A round was planned, from 7 September 2026 to 25 September 2026." in page
        assert "<form" not in page.split("<main", 1)[1]
    assert desk.coordinator.get(address).status_code == 404
    assert desk.outsider.get(address).status_code == 404


def test_log_has_pages(desk: Desk) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(at=PLANNED, code="unit.moved", organisation=desk.dairy.organisation.pk) for _ in range(60)
    )
    address = reverse("organisation-log", args=[desk.dairy.organisation.pk])
    assert "Page 1 of 2" in desk.contact.get(address).content.decode()
    assert "Page 2 of 2" in desk.contact.get(f"{address}?page=99").content.decode()
