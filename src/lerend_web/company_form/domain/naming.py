"""Whom the contact asks by name to fill in the form: in which role, for which year, and the mail that asks."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lerend_web.company_form.domain.filling import FormIsWrong
from lerend_web.company_form.domain.questions import minutes_of
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm, NamedInformant
from lerend_web.company_form.queries import people_of
from lerend_web.company_form.rules import CAN_BE_NAMED, MOST_PEOPLE, informant_roles, membership_for
from lerend_web.core.addresses import absolute
from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.domain.accounts import invite_person
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme


@transaction.atomic
def name_informant(
    *,
    organisation: Organisation,
    programme: Programme,
    role: InformantRole,
    email: str,
    name: str,
    language: str = "nl",
    by: Person,
    at: datetime,
) -> NamedInformant:
    """Ask one person for one role this year, by mail; who is new gets an account and a role here too.

    Raises:
        FormIsWrong: four people are named already, this person is one of them, a place would be left to nobody for
            the works council, or the organisation takes no part in the programme.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if role not in CAN_BE_NAMED or not organisation.programmes.filter(pk=programme.pk).exists():
        raise FormIsWrong(_("This organisation takes no part in that programme."))
    people = people_of(organisation, programme, at.year)
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None and person.pk in people:
        raise FormIsWrong(_("This person is asked already."))
    _must_fit(organisation, role, set(people.values()), len(people))
    person = _with_a_role(organisation, role, email=email, name=name, language=language, by=by, at=at)
    named = NamedInformant.objects.create(
        organisation=organisation, programme=programme, person=person, role=role.value, year=at.year, named_at=at
    )
    _record(named, "company_form.named", by=by, at=at)
    transaction.on_commit(lambda: send_request(named, by=by))
    return named


@transaction.atomic
def take_name_back(*, named: NamedInformant, by: Person, at: datetime) -> None:
    """Ask somebody no longer, as long as they have not begun; who has no other form loses the role of informant too.

    Raises:
        FormIsWrong: they have begun.
    """
    forms = CompanyForm.objects.filter(organisation=named.organisation, person=named.person)
    if forms.filter(programme=named.programme, year=named.year).exists():
        raise FormIsWrong(_("This person has begun with the form. Then the name stays."))
    _record(named, "company_form.unnamed", by=by, at=at)
    if not forms.exists():
        OrganisationMember.objects.filter(
            organisation=named.organisation, person=named.person, role=OrganisationRole.INFORMANT
        ).delete()
    named.delete()


def send_request(named: NamedInformant, *, by: Person) -> None:
    """Mail exactly this person, in their language: what is asked, by whom, in which role. The link holds no secret."""
    person = named.person
    with override(person.language):
        content = {
            "person": person,
            "by": by.name,
            "organisation": named.organisation.name,
            "role": named.role,
            "minutes": minutes_of("company-form@1"),
            "link": absolute(reverse("company-form", args=[named.organisation_id])),
        }
        text = render_to_string("company_form/mail/named.txt", content)
        subject = _("How do you see %(organisation)s?") % {"organisation": named.organisation.name}
        headers = {"Auto-Submitted": "auto-generated"}
        EmailMessage(" ".join(subject.split()), text, to=[person.email], headers=headers).send()


def _must_fit(organisation: Organisation, role: InformantRole, roles: set[str], people: int) -> None:
    """Four at most; where there is a works council, the last place is its own."""
    if people >= MOST_PEOPLE:
        raise FormIsWrong(_("Four people are asked already. That is the most that can be compared."))
    council = InformantRole.WORKS_COUNCIL
    has_council = organisation.members.filter(role=OrganisationRole.WORKS_COUNCIL).exists()
    if people == MOST_PEOPLE - 1 and has_council and council not in {role.value, *roles}:
        raise FormIsWrong(_("The last place is for the works council. Ask somebody of the works council."))


def _with_a_role(
    organisation: Organisation,
    role: InformantRole,
    *,
    email: str,
    name: str,
    language: str,
    by: Person,
    at: datetime,
) -> Person:
    """The person, who can sign in this role: with a membership where they have none that fits."""
    person = invite_person(email=email, name=name, language=language, by=by, at=at)
    held = person.organisation_roles.filter(organisation=organisation).values_list("role", flat=True)
    if role not in informant_roles(held):
        membership = membership_for(role)
        OrganisationMember.objects.create(organisation=organisation, person=person, role=membership.value)
        record(
            by=by,
            at=at,
            code="member.added",
            organisation=organisation,
            subject=str(person.pk),
            role=membership.value,
        )
    return person


def _record(named: NamedInformant, code: str, *, by: Person, at: datetime) -> None:
    record(
        by=by,
        at=at,
        code=code,
        programme=named.programme_id,
        organisation=named.organisation_id,
        subject=str(named.pk),
        informant=named.role,
    )
