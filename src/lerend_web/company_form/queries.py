"""Company forms as far as a person reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.company_form.rules import FILLERS, informant_roles
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person


def own_forms(person: Person) -> QuerySet[CompanyForm]:
    """A person's own forms, drafts too, in the organisations where they still have a role for it."""
    mine = CompanyForm.objects.filter(person=person, organisation__in=organisations_for(person, *FILLERS))
    return mine.select_related("organisation", "programme")


def roles_to_sign_in(person: Person, organisation: Organisation) -> tuple[InformantRole, ...]:
    return informant_roles(person.organisation_roles.filter(organisation=organisation).values_list("role", flat=True))


def has_to_send_first(person: Person, organisation: Organisation) -> bool:
    """Each for themselves: who fills one in sees others' forms after sending the own; a contact may only look."""
    mine = CompanyForm.objects.filter(person=person, organisation=organisation)
    if mine.filter(state=FormState.DRAFT).exists():
        return True
    is_contact = person.organisation_roles.filter(
        organisation=organisation, role=OrganisationRole.COMPANY_CONTACT
    ).exists()
    return not is_contact and not mine.exists()


def forms_seen_by(person: Person, organisation: Organisation) -> QuerySet[CompanyForm]:
    """The sent forms that a person may see: never a draft of somebody else, a works council's only by its choice."""
    if not organisations_for(person, *FILLERS).filter(pk=organisation.pk).exists():
        return CompanyForm.objects.none()
    if has_to_send_first(person, organisation):
        return CompanyForm.objects.none()
    sent = CompanyForm.objects.filter(organisation=organisation, state=FormState.SENT)
    return sent.filter(~Q(role=InformantRole.WORKS_COUNCIL) | Q(is_shown_apart=True) | Q(person=person))


def management_forms(organisation: int, programme: int) -> QuerySet[CompanyForm]:
    """The sent forms that stand for management. A works council speaks for employees, so it is none of them."""
    sent = CompanyForm.objects.filter(organisation=organisation, programme=programme, state=FormState.SENT)
    return sent.exclude(role=InformantRole.WORKS_COUNCIL)


def progress_of(organisation: Organisation) -> QuerySet[CompanyForm]:
    """Who fills one in and how far they are; what they answer is no part of it."""
    return CompanyForm.objects.filter(organisation=organisation).select_related("person").defer("answers")
