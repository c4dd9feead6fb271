"""Company forms as far as a person reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm, NamedInformant
from lerend_web.company_form.rules import FILLERS, READERS, informant_roles
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.programmes.queries import programmes_for


def own_forms(person: Person) -> QuerySet[CompanyForm]:
    """A person's own forms, drafts too, in the organisations where they still have a role for it."""
    mine = CompanyForm.objects.filter(person=person, organisation__in=organisations_for(person, *FILLERS))
    return mine.select_related("organisation", "programme")


def roles_to_sign_in(person: Person, organisation: Organisation, year: int | None = None) -> tuple[InformantRole, ...]:
    """As whom somebody can sign: who was named for a role in the year, in that role alone; without one, by membership."""
    held = person.organisation_roles.filter(organisation=organisation).values_list("role", flat=True)
    named = set(
        person.named_informants.filter(organisation=organisation, year=year or 0).values_list("role", flat=True)
    )
    return tuple(role for role in informant_roles(held) if not named or role.value in named)


def has_to_send_first(person: Person, organisation: Organisation) -> bool:
    """Each for themselves: who fills one in sees others' forms after sending the own; a contact may only look."""
    mine = CompanyForm.objects.filter(person=person, organisation=organisation)
    mine = mine.filter(
        Q(state=FormState.DRAFT) | Q(pk__in=newest(CompanyForm.objects.filter(organisation=organisation)))
    )
    if mine.filter(state=FormState.DRAFT).exists():
        return True
    is_contact = person.organisation_roles.filter(
        organisation=organisation, role=OrganisationRole.COMPANY_CONTACT
    ).exists()
    return not is_contact and not mine.exists()


def forms_seen_by(person: Person, organisation: Organisation) -> QuerySet[CompanyForm]:
    """The sent forms of the newest year that a person may see."""
    return newest(every_form_seen_by(person, organisation))


def every_form_seen_by(person: Person, organisation: Organisation) -> QuerySet[CompanyForm]:
    """The sent forms of all years that a person may see.

    Never a draft of somebody else, and a works council's only by its choice. Coordinator and researcher see those of
    their own programmes.
    """
    sent = CompanyForm.objects.filter(organisation=organisation, state=FormState.SENT)
    if organisations_for(person, *FILLERS).filter(pk=organisation.pk).exists():
        seen = CompanyForm.objects.none() if has_to_send_first(person, organisation) else sent
    else:
        seen = sent.filter(programme__in=programmes_for(person, *READERS))
    return seen.filter(~Q(role=InformantRole.WORKS_COUNCIL) | Q(is_shown_apart=True) | Q(person=person))


def management_forms(organisation: int, programme: int) -> QuerySet[CompanyForm]:
    """The newest sent forms that stand for management. A works council speaks for employees, so it is none of them."""
    sent = CompanyForm.objects.filter(organisation=organisation, programme=programme, state=FormState.SENT)
    return newest(sent.exclude(role=InformantRole.WORKS_COUNCIL))


def newest(forms: QuerySet[CompanyForm]) -> QuerySet[CompanyForm]:
    """Those of the last year in which there are any."""
    return forms.filter(year=forms.order_by("-year").values_list("year", flat=True).first() or 0)


def progress_of(organisation: Organisation, year: int) -> QuerySet[CompanyForm]:
    """Who fills one in this year and how far they are; what they answer is no part of it."""
    forms = CompanyForm.objects.filter(organisation=organisation).filter(Q(year=year) | Q(state=FormState.DRAFT))
    return forms.select_related("person").defer("answers")


def named_in(organisation: Organisation, year: int) -> QuerySet[NamedInformant]:
    """Whom the contact asked by name."""
    return NamedInformant.objects.filter(organisation=organisation, year=year or 0).select_related(
        "person", "programme"
    )


def people_of(organisation: Organisation, programme: Programme, year: int) -> dict[int, str]:
    """Everybody who was named or has begun in a year, and in which role: never more than four."""
    where = {"organisation": organisation, "programme": programme, "year": year}
    named = dict(NamedInformant.objects.filter(**where).values_list("person", "role"))
    return named | dict(CompanyForm.objects.filter(**where).values_list("person", "role"))
