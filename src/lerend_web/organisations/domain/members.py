"""Organisations that join a programme, and who has which role in them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.domain.accounts import invite_person
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.programmes.domain.joining import take_join_code
from lerend_web.programmes.models import Programme


class MembersAreWrong(Exception):
    """A change that cannot be: which field of the form, and what to do about it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field
        self.sentence = sentence


@transaction.atomic
def add_organisation(*, programme: Programme, name: str, by: Person | None, at: datetime) -> Organisation:
    """A company or school that takes part in a programme.

    Raises:
        MembersAreWrong: the programme has one of that name.
    """
    name = " ".join(name.split())
    if programme.organisations.filter(name__iexact=name).exists():
        raise MembersAreWrong("name", _("An organisation with this name takes part already."))
    organisation = Organisation.objects.create(name=name)
    organisation.programmes.add(programme)
    record(by=by, at=at, code="organisation.added", programme=programme, organisation=organisation, name=name)
    return organisation


@transaction.atomic
def join_programme(*, organisation: Organisation, code: str, by: Person, at: datetime) -> Programme:
    """Take part in another programme too, by the code that its coordinator gave.

    Raises:
        MembersAreWrong: there is no such code (any more), or the organisation takes part already.
    """
    programme = take_join_code(code, at=at)
    if programme is None:
        raise MembersAreWrong("code", _("This code is not known, or it is too old. Ask the coordinator for a new one."))
    if organisation.programmes.filter(pk=programme.pk).exists():
        raise MembersAreWrong("code", _("This organisation takes part in that programme already."))
    organisation.programmes.add(programme)
    record(
        by=by, at=at, code="organisation.added", programme=programme, organisation=organisation, name=organisation.name
    )
    return programme


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    role: OrganisationRole,
    unit: Unit | None = None,
    language: str = "nl",
    by: Person | None,
    at: datetime,
) -> OrganisationMember:
    """Give somebody a role in an organisation; who has no account yet gets a mail with the way in.

    Raises:
        MembersAreWrong: they have this role already.
    """
    person = invite_person(email=email, name=name, language=language, by=by, at=at)
    member, is_new = OrganisationMember.objects.get_or_create(
        organisation=organisation, person=person, role=role.value, unit=unit
    )
    if not is_new and person.has_usable_password():
        raise MembersAreWrong("email", _("This person has that role already."))
    if is_new:
        record(by=by, at=at, code="member.added", organisation=organisation, subject=str(person.pk), role=role.value)
    return member


@transaction.atomic
def remove_member(*, member: OrganisationMember, by: Person | None, at: datetime) -> None:
    """Take a role away; the account stays.

    Raises:
        MembersAreWrong: it is the last company contact: then nobody could do anything here.
    """
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    others = OrganisationMember.objects.filter(organisation=member.organisation, role=member.role).exclude(pk=member.pk)
    if member.role == OrganisationRole.COMPANY_CONTACT and not others.exists():
        raise MembersAreWrong("member", _("This is the only contact. First invite another one."))
    record(
        by=by,
        at=at,
        code="member.removed",
        organisation=member.organisation,
        subject=str(member.person_id),
        role=member.role,
    )
    member.delete()
