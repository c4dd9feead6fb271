"""The contact asks two to four people by name: exactly that person, in exactly that role, for this year."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from lerend_web.company_form.domain.filling import FormIsWrong, start_form
from lerend_web.company_form.domain.naming import name_informant, take_name_back
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm, NamedInformant
from lerend_web.company_form.queries import roles_to_sign_in
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.company_form.forms import AT, draft_of, sent_by
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

MANAGEMENT, HR, COUNCIL = InformantRole.MANAGEMENT, InformantRole.HR, InformantRole.WORKS_COUNCIL


def named(desk: Desk, who: str, role: InformantRole = HR, at: datetime = AT) -> NamedInformant:
    dairy = desk.dairy.organisation
    return name_informant(
        organisation=dairy,
        programme=desk.dairy.programme,
        role=role,
        email=f"{who}@test.example",
        name=who,
        language="en",
        by=desk.people["contact"],
        at=at,
    )


def test_person_who_is_named_gets_a_mail_and_signs_in_that_role_alone(
    desk: Desk,
    dairy: Organisation,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old_hand = person("iris")
    old_hand.language = "en"
    old_hand.save()
    with django_capture_on_commit_callbacks(execute=True):
        named(desk, "iris", MANAGEMENT)
        assert mailoutbox == []
    (mail,) = mailoutbox
    assert mail.to == ["iris@test.example"]
    assert mail.subject == "How do you see Example Dairy?"
    assert "for management" in mail.body
    assert "it is not anonymous" in mail.body
    assert f"{reverse('company-form', args=[dairy.pk])}\n" in mail.body
    assert roles_to_sign_in(old_hand, dairy, AT.year) == (MANAGEMENT,)
    with pytest.raises(FormIsWrong):
        draft_of(old_hand, dairy, HR)
    assert draft_of(old_hand, dairy, MANAGEMENT).role == MANAGEMENT


def test_who_has_no_account_gets_the_way_in_too(
    desk: Desk, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        named(desk, "new")
    assert [mail.subject for mail in mailoutbox] == ["You are invited to lerend", "How do you see Example Dairy?"]
    assert all(mail.to == ["new@test.example"] for mail in mailoutbox)
    assert not re.search(r"company-form\S*#", str(mailoutbox[1].body))


def test_name_of_this_year_says_nothing_about_the_next(desk: Desk, dairy: Organisation) -> None:
    one = named(desk, "iris").person
    assert roles_to_sign_in(one, dairy, AT.year) == (HR,)
    assert len(roles_to_sign_in(one, dairy, AT.year + 1)) == 3


def test_nobody_is_named_twice_and_never_a_fifth(desk: Desk, dairy: Organisation) -> None:
    named(desk, "one", MANAGEMENT)
    with pytest.raises(FormIsWrong, match=r"al gevraagd|already"):
        named(desk, "one", HR)
    sent_by(desk.people["contact"], dairy)
    named(desk, "two")
    named(desk, "three", COUNCIL)
    with pytest.raises(FormIsWrong):
        named(desk, "five")
    named(desk, "five", at=AT.replace(year=AT.year + 1))


def test_who_begins_without_a_name_finds_no_fifth_place(desk: Desk, dairy: Organisation, director: Person) -> None:
    for number, role in enumerate((MANAGEMENT, HR, HR, COUNCIL)):
        named(desk, f"informant{number}", role)
    with pytest.raises(FormIsWrong):
        draft_of(director, dairy)
    assert draft_of(Person.objects.get(name="informant2"), dairy).role == HR


def test_last_place_is_kept_for_the_works_council(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        named(desk, name)
    with pytest.raises(FormIsWrong):
        named(desk, "four", MANAGEMENT)
    named(desk, "four", COUNCIL)


def test_company_without_works_council_fills_four_places_with_others(desk: Desk) -> None:
    OrganisationMember.objects.filter(role=OrganisationRole.WORKS_COUNCIL).delete()
    assert [named(desk, name).role for name in ("one", "two", "three", "four")] == [HR] * 4


def test_name_is_taken_back_only_before_somebody_begins(desk: Desk, dairy: Organisation) -> None:
    contact = desk.people["contact"]
    first, second = named(desk, "one"), named(desk, "two")
    draft_of(second.person, dairy)
    with pytest.raises(FormIsWrong):
        take_name_back(named=second, by=contact, at=AT)
    take_name_back(named=first, by=contact, at=AT)
    assert list(NamedInformant.objects.all()) == [second]
    with pytest.raises(FormIsWrong):
        start_form(organisation=dairy, programme=desk.dairy.programme, role=HR, by=first.person, at=AT)
    assert draft_of(second.person, dairy).pk


def test_works_council_stays_works_council_when_its_name_is_taken_back(desk: Desk, dairy: Organisation) -> None:
    one = named(desk, "henk", COUNCIL)
    take_name_back(named=one, by=desk.people["contact"], at=AT)
    assert roles_to_sign_in(one.person, dairy, AT.year) == (COUNCIL,)


def test_history_tells_of_names_without_addresses(desk: Desk) -> None:
    named(desk, "iris")
    rows = AuditEntry.objects.filter(organisation=desk.dairy.organisation.pk).order_by("pk")
    assert [row.code for row in rows][-2:] == ["member.added", "company_form.named"]
    assert "iris" not in "".join(f"{row.subject}{row.detail}" for row in rows)


def test_contact_names_and_takes_back_on_screen_and_others_cannot(
    desk: Desk, dairy: Organisation, director: Person
) -> None:
    address = reverse("company-form-name", args=[dairy.pk])
    data = {"name": "Iris", "email": "iris@test.example", "role": "hr", "language": "nl"}
    data["programme"] = str(desk.dairy.programme.pk)
    for client in (desk.works_council, desk.coordinator, desk.outsider, client_of(director)):
        assert client.post(address, data).status_code == 404
    wrong = desk.contact.post(address, data | {"email": "iris", "role": ""})
    assert wrong.status_code == 400
    assert 'value="iris"' in wrong.content.decode()
    assert "Choose for whom this person speaks." in wrong.content.decode()
    assert desk.contact.post(address, data).status_code == 302
    page = desk.contact.get(reverse("company-form", args=[dairy.pk])).content.decode()
    assert "asked, not begun yet" in page
    again = desk.contact.post(address, data)
    assert "This person is asked already." in again.content.decode()
    one = NamedInformant.objects.get()
    remove = reverse("company-form-unname", args=[dairy.pk, one.pk])
    for client in (desk.works_council, desk.coordinator, desk.outsider):
        assert client.post(remove).status_code == 404
    assert desk.contact.post(remove).status_code == 302
    assert not NamedInformant.objects.exists()


def test_old_years_stay_readable_beside_each_other(desk: Desk, dairy: Organisation, director: Person) -> None:
    sent_by(director, dairy, changed={"open_what_may_change": "The old planning"})
    sent_by(named(desk, "iris").person, dairy)
    CompanyForm.objects.update(year=AT.year - 1)
    sent_by(director, dairy, changed={"open_what_may_change": "The new planning"})
    sent_by(Person.objects.get(name="iris"), dairy)
    address = reverse("company-forms", args=[dairy.pk])
    new = desk.contact.get(address).content.decode()
    old = desk.contact.get(f"{address}?year={AT.year - 1}").content.decode()
    assert ("The new planning" in new, "The old planning" in new) == (True, False)
    assert ("The new planning" in old, "The old planning" in old) == (False, True)
    assert f"?year={AT.year - 1}" in new
    assert "The new planning" in desk.contact.get(f"{address}?year=1999").content.decode()
