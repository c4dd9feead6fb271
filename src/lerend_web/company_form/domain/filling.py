"""Filling in a company form: begin, keep what is there, send under your name; afterwards it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lerend_web.company_form.domain.questions import complaints, instrument_of, kept, pages_of, questions_of
from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm, FormWasSent
from lerend_web.company_form.queries import people_of, roles_to_sign_in
from lerend_web.company_form.rules import MOST_PEOPLE
from lerend_web.core.audit import record
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

_A_DAY: Final = timedelta(days=1)


class FormIsWrong(Exception):
    """Something that cannot be, in words for who tried it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def start_form(
    *, organisation: Organisation, programme: Programme, role: InformantRole, by: Person, at: datetime
) -> CompanyForm:
    """A draft of one's own for this year; who has one already goes on with that, also after New Year.

    Raises:
        FormIsWrong: they cannot sign in this role, the organisation takes no part in the programme, or four people
            fill one in already.
    """
    if role not in roles_to_sign_in(by, organisation, at.year):
        raise FormIsWrong(_("You cannot fill in the form in this role."))
    if not organisation.programmes.filter(pk=programme.pk).exists():
        raise FormIsWrong(_("This organisation takes no part in that programme."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    forms = CompanyForm.objects.filter(organisation=organisation, programme=programme)
    begun = forms.filter(person=by).filter(Q(year=at.year) | Q(state=FormState.DRAFT)).first()
    if begun is not None:
        return begun
    others = set(people_of(organisation, programme, at.year)) - {by.pk}
    if len(others) >= MOST_PEOPLE:
        raise FormIsWrong(_("Four people fill in the form here this year. That is the most that can be compared."))
    form = CompanyForm.objects.create(
        organisation=organisation, programme=programme, person=by, role=role.value, year=at.year, started_at=at
    )
    _record(form, "company_form.started", by=by, at=at)
    return form


@transaction.atomic
def keep_page(*, form: CompanyForm, page: int, typed: Mapping[str, str], by: Person) -> dict[str, str]:
    """Keep one page of a draft, and say what is not right in it yet; the rest of the draft stays as it is.

    A draft is nobody's business but its author's, so the history tells only of beginning and sending.

    Raises:
        FormWasSent: it is no draft any more.
    """
    questions = pages_of(form.instrument, "en")[page - 1].questions
    _lock_draft(form, by)
    asked = {question.id for question in questions}
    form.answers = {name: value for name, value in form.answers.items() if name not in asked} | kept(typed, questions)
    form.save(update_fields=["answers"])
    return complaints(form.answers, questions)


@transaction.atomic
def send_form(*, form: CompanyForm, is_shown_apart: bool, by: Person, at: datetime) -> None:
    """Sign and send. Only a works council has a choice about being shown apart.

    Raises:
        FormWasSent: it was sent before.
        FormIsWrong: nothing was answered, or something that was typed cannot be right.
    """
    _lock_draft(form, by)
    if missing := why_not_send(form):
        raise FormIsWrong(missing)
    form.state, form.sent_at, form.signed_as = FormState.SENT, at, by.name
    form.is_shown_apart = is_shown_apart and form.role == InformantRole.WORKS_COUNCIL
    form.save()
    _record(form, "company_form.sent", by=by, at=at)


@transaction.atomic
def show_apart(*, form: CompanyForm, by: Person, at: datetime) -> None:
    """A works council lets others see its answers after all. There is no way back: others may have read them."""
    mine = CompanyForm.objects.filter(pk=form.pk, person=by, role=InformantRole.WORKS_COUNCIL, state=FormState.SENT)
    if mine.filter(is_shown_apart=False).update(is_shown_apart=True):
        _record(form, "company_form.shown_apart", by=by, at=at)


@transaction.atomic
def note_reading(organisation: Organisation, *, by: Person, at: datetime) -> None:
    """Write down who looked at the forms of others, once a day."""
    rows = AuditEntry.objects.filter(code="company_forms.seen", actor=by.pk, organisation=organisation.pk)
    if not rows.filter(at__gt=at - _A_DAY).exists():
        record(by=by, at=at, code="company_forms.seen", organisation=organisation)


def why_not_send(form: CompanyForm) -> str:
    """What a draft still needs, as a sentence; empty when it can go."""
    if complaints(form.answers, questions_of(form.instrument, "en")):
        return _("Something is not right yet. Go back to the pages that are marked below.")
    if not any(item.id in form.answers for item in instrument_of(form.instrument).items):
        return _("Nothing is filled in yet. Answer at least one question.")
    return ""


def _lock_draft(form: CompanyForm, by: Person) -> None:
    form.refresh_from_db(from_queryset=CompanyForm.objects.select_for_update().filter(person=by))
    if form.state != FormState.DRAFT:
        raise FormWasSent


def _record(form: CompanyForm, code: str, *, by: Person, at: datetime) -> None:
    record(
        by=by,
        at=at,
        code=code,
        programme=form.programme_id,
        organisation=form.organisation_id,
        subject=str(form.pk),
        informant=form.role,
    )
